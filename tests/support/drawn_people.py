"""Finished results of a made-up person, for tests of what is drawn of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from posture.findings import Region, finding
from posture.overlay import DEFAULT_LAYERS, Layer
from posture.overlay.shapes import Text
from posture.overlay.sheet import plan_sheet
from posture.overlay.typeface import NO_BREAK_SPACE
from posture.photo.decode import Photo
from posture.pose.record import RgbImage
from posture.result import Bands, CurvePoints, Facing, Landmark2D, Measured, PointPx, Result
from posture.subject import Subject
from posture.verdict.norms import Norms, load_norms
from tests.support.example_results import measured_result, refused_result

NORMS = load_norms()
GREY = 150
VERDICTS = ["flat", "flat/typical", "typical", "typical/borderline", "borderline/deep", "deep"]
SIZES = [(600, 800), (480, 853), (800, 600), (700, 700), (1600, 700), (200, 900)]


def photo(width: int = 600, height: int = 800, rgb: RgbImage | None = None) -> Photo:
    pixels = np.full((height, width, 3), GREY, np.uint8) if rgb is None else rgb
    pixels.flags.writeable = False
    return Photo(pixels, None, None, False, None)


def noise(width: int = 600, height: int = 800) -> RgbImage:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)


def person(
    width: int = 600,
    height: int = 800,
    facing: Facing = "left",
    verdict: str = "typical",
    stature: bool = True,
) -> Result:
    """A measured result whose back is a cosine, with a person of 80 % of the photo's height."""

    def place(forward: float, up: float) -> PointPx:
        """Pixels of a point given in shares of the body height, from its middle and soles."""
        x = width / 2 + (-forward if facing == "left" else forward) * 0.8 * height
        return (x, height * (0.9 - 0.8 * up))

    def direction(forward: float, up: float) -> PointPx:
        x = -forward if facing == "left" else forward
        return (x / np.hypot(x, up), -up / np.hypot(x, up))

    def back(up: float) -> float:
        return float(-0.05 + 0.015 * (1 - np.cos(2 * np.pi * (up - 0.508) / 0.237)))

    slope = 0.015 * 2 * np.pi / 0.237
    ups = np.linspace(0.82, 0.45, 120)
    joints = {
        "nose": (0.07, 0.92),
        "left_eye": (0.055, 0.94),
        "left_ear": (0.0, 0.93),
        "left_shoulder": (0.0, 0.82),
        "left_elbow": (0.03, 0.64),
        "left_wrist": (0.1, 0.58),
        "left_hip": (0.01, 0.52),
        "left_knee": (0.0, 0.28),
        "left_ankle": (-0.01, 0.04),
        "left_heel": (-0.03, 0.01),
        "left_foot_index": (0.09, 0.0),
    }
    both = joints | {name.replace("left", "right"): at for name, at in joints.items()}
    points = CurvePoints(
        thoracic=place(-0.05, 0.745),
        lumbar=place(-0.02, 0.6265),
        gluteal=place(-0.05, 0.508),
        bridge_foot=place(-0.05, 0.6265),
        upper_inflection=place(-0.035, 0.68575),
        lower_inflection=place(-0.035, 0.56725),
        upper_tangent=direction(-slope, 1),
        lower_tangent=direction(slope, 1),
    )
    return replace(
        measured_result(),
        facing=facing,
        bands=Bands(slca=verdict, depth=verdict, verdict=verdict),
        points_px=points,
        contour_px=tuple(place(back(up), up) for up in ups),
        landmarks_px={
            name: Landmark2D(*place(forward, up), 0.95) for name, (forward, up) in both.items()
        },
        hollow_depth_mm=Measured(51.2, 5.6) if stature else None,
        subject=Subject(stature_mm=1760.0 if stature else None, sex="f"),
        findings=(),
    )


def refused(region: Region = (200.0, 300.0, 380.0, 460.0)) -> Result:
    spot = finding("arm-over-back", region_px=region)
    return replace(refused_result(), facing="left", findings=(spot, finding("no-person")))


def panel_texts(
    result: Result,
    width: int = 600,
    height: int = 800,
    layers: frozenset[Layer] = DEFAULT_LAYERS,
    norms: Norms | None = NORMS,
) -> list[Text]:
    sheet = plan_sheet(result, width, height, layers, norms)
    return [shape for shape in sheet.panel if isinstance(shape, Text)]


def words_of(shapes: Iterable[Text]) -> str:
    return " ".join(shape.text for shape in shapes).replace(NO_BREAK_SPACE, " ")
