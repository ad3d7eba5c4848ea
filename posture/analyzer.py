"""A photo in, a result out: the one place where the rooms of the pipeline are joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from posture.alignment import describe_alignment
from posture.beside import people_beside
from posture.bundles import ModelName
from posture.checks import OUTLINE_CHECKS, PERSON_CHECKS, RESULT_CHECKS, Scene, run_checks
from posture.closing import Closing
from posture.correction import load_calibration
from posture.findings import Finding, finding
from posture.frame import NOMINAL_STATURE_MM
from posture.images import area_resized
from posture.landmarks import Landmark
from posture.level import camera_level
from posture.measurement import Outline, View, nominal_stature_per_mm, see, trace
from posture.norms import Norms
from posture.photo import Photo, PhotoSource, load_photo, name_of
from posture.pose import Pose, PoseModel, RgbImage, distinct_people, same_person
from posture.refusal import refused
from posture.result import (
    CurvePoints,
    Landmark2D,
    Measured,
    PointPx,
    Repeatability,
    Result,
)
from posture.settings import Settings
from posture.sharpness import edge_width_px
from posture.subject import Subject
from posture.uncertainty import CurveError, curve_error
from posture.walltest import bands_for, hollow_in_hands, wall_test_sentence

# The pose model looks at 256 x 256 cells round the person; more pixels than this only cost time.
ANALYSED_PX = 1024
# The outline is reported at this spacing, in nominal mm.
CONTOUR_SPACING_MM = 4.0
# Scatter (95 %) of the yaw estimate on known bodies.
YAW_CI_DEG = 6.5


class Analyzer(Closing):
    """Measures photos with one loaded pose model; use it as a context manager.

    Args:
        model: pose model by name; "heavy" for photos, "full" or "lite" for streams.
        fast: one pass and no refinement on the photo: quicker, wider error bars.
        norms: bands and hand thickness; the built-in ones when None.

    Raises:
        ModelUnavailable: when the model's bundle is missing or damaged.
        SystemLibraryMissing: when MediaPipe cannot be loaded.
    """

    def __init__(
        self, model: ModelName = "heavy", *, fast: bool = False, norms: Norms | None = None
    ) -> None:
        self.settings = Settings(model, fast, norms)
        self._model = PoseModel(model)

    def close(self) -> None:
        """Release the model."""
        self._model.close()

    def analyze(self, source: PhotoSource, subject: Subject | None = None) -> Result:
        """Measure one photo.

        Args:
            source: path, encoded bytes, an RGB array or a loaded Photo.
            subject: what is known of the person.

        Returns:
            The result; a photo that cannot be read or measured gives one with status "refused".

        Raises:
            InvalidInput: when `source` is of a type or shape that is no photo at all.
        """
        subject = subject or Subject()
        photo = load_photo(source)
        if isinstance(photo, Finding):
            return refused(self.settings, name_of(source), None, subject, (photo,))
        return self.conclude(photo, subject, *self.examine(photo))

    def conclude(
        self,
        photo: Photo,
        subject: Subject,
        scene: Scene | None,
        findings: tuple[Finding, ...],
    ) -> Result:
        """The result of what :meth:`examine` saw in this photo."""
        if photo.animated:
            findings += (finding("photo-animated"),)
        if scene is None or scene.outline is None or _refuses(findings):
            return self._refused(photo, subject, findings, scene)
        if subject.stature_mm is None:
            findings += (finding("stature-unknown"),)
        return self._measured(photo, subject, scene, scene.outline, findings)

    def examine(self, photo: Photo) -> tuple[Scene | None, tuple[Finding, ...]]:
        """Look for a person and their back, before anything is turned into millimetres.

        Returns:
            What was seen, None without a person; its outline is None when the person cannot be
            traced. And the findings of all checks that could be made.
        """
        image, px_ratio = shrunk(photo.rgb)
        people, passes = self._detect(image)
        if not people:
            return None, (finding("no-person"),)
        height_px, width_px = image.shape[:2]
        view = see(passes)
        level = camera_level(image, view.pose.mask, photo.camera_roll_deg)
        scene = Scene(people, view, width_px, height_px, px_ratio, level)
        findings = run_checks(PERSON_CHECKS, scene)
        facing = scene.view.facing
        if facing is None or _refuses(findings):
            return scene, findings
        outline = trace(scene.view, facing, photo.rgb, px_ratio, refine=not self.settings.fast)
        scene = replace(
            scene, outline=outline, edge_width_px=edge_width_px(_trunk_part(image, scene))
        )
        findings += run_checks(OUTLINE_CHECKS, scene)
        if _refuses(findings):
            return scene, findings
        if outline.curve is None:
            return scene, (*findings, finding("no-hollow", region_px=scene.trunk_region))
        scene = replace(scene, error=_error(scene, outline, findings))
        return scene, findings + run_checks(RESULT_CHECKS, scene)

    def _detect(self, image: RgbImage) -> tuple[tuple[Pose, ...], tuple[Pose, ...]]:
        """Everybody in the photo (the measured one first), and the passes over that person."""
        mirror = np.asarray(cv2.flip(image, 1), np.uint8)
        for detect in (self._model.detect, self._model.detect_eagerly):
            seen = [distinct_people(detect(image))]
            if not self.settings.fast:
                seen.append(distinct_people([pose.mirrored() for pose in detect(mirror)]))
            readings = [pose for poses in seen for pose in poses]
            # Somebody whom one pass misses may be seen by the other.
            people = distinct_people(readings)
            if people:
                passes = [pose for pose in readings if same_person(pose, people[0])]
                if len(people) == 1:
                    people += people_beside(image, people[0], self._model.detect)
                return tuple(people), tuple(passes)
        return (), ()

    def _refused(
        self, photo: Photo, subject: Subject, findings: tuple[Finding, ...], scene: Scene | None
    ) -> Result:
        """Everything that is known of the photo except numbers."""
        result = refused(self.settings, photo.name, photo, subject, findings)
        if scene is None:
            return result
        return replace(result, facing=scene.view.facing, landmarks_px=_landmarks(scene))

    def _measured(
        self,
        photo: Photo,
        subject: Subject,
        scene: Scene,
        outline: Outline,
        findings: tuple[Finding, ...],
    ) -> Result:
        view, curve, norms, error = scene.view, outline.curve, self.settings.norms, scene.error
        assert curve is not None and error is not None and view.facing is not None
        lengths = _Lengths(
            stature_per_mm=nominal_stature_per_mm(view, outline.frame),
            scale_ci95=view.scale.relative_ci95,
            stature_mm=subject.stature_mm,
        )
        slca_deg = Measured(curve.slca_deg, error.slca_deg)
        depth_mm = lengths.in_mm(curve.depth, error.depth_mm)
        ratio = Measured(curve.depth / curve.bridge_length, error.depth_mm / curve.bridge_length)
        hands = hollow_in_hands(depth_mm, ratio, subject, norms)
        share = norms.repeatability_fraction
        mm_per_px = lengths.mm_per_px(view, scene.px_ratio)
        return replace(
            self._refused(photo, subject, findings, scene),
            status="measured",
            slca_deg=slca_deg,
            chord_angle_deg=Measured(curve.chord_angle_deg, error.slca_deg),
            hollow_depth_mm=depth_mm,
            hollow_depth_ratio=ratio,
            hollow_depth_stature=lengths.in_statures(curve.depth, error.depth_mm),
            hollow_hands=hands,
            bridge_length_mm=lengths.in_mm(curve.bridge_length, 0.0),
            mm_per_px=mm_per_px,
            yaw_deg=Measured(view.yaw_deg, YAW_CI_DEG),
            repeatability=Repeatability(
                slca_deg=share * slca_deg.value,
                hollow_depth_mm=None if depth_mm is None else share * depth_mm.value,
            ),
            bands=bands_for(slca_deg, depth_mm, ratio, subject, norms),
            wall_test=wall_test_sentence(hands, norms),
            points_px=_curve_points(outline, scene.px_ratio),
            contour_px=_contour(outline, scene),
            alignment=describe_alignment(
                view.pose,
                view.facing,
                None if mm_per_px is None else mm_per_px.value * scene.px_ratio,
                NOMINAL_STATURE_MM * view.scale.stature_per_px,
                0.0 if scene.level is None else scene.level.roll_deg,
            ),
        )


def analyze(source: PhotoSource, subject: Subject | None = None, **options: Any) -> Result:
    """Measure one photo with a model loaded just for it; `options` go to :class:`Analyzer`."""
    with Analyzer(**options) as analyzer:
        return analyzer.analyze(source, subject)


@dataclass(frozen=True)
class _Lengths:
    """Turns nominal mm into statures and, with a stature, into true mm."""

    stature_per_mm: float
    scale_ci95: float
    stature_mm: float | None

    def in_statures(self, length: float, ci95: float) -> Measured:
        value = length * self.stature_per_mm
        return Measured(value, float(np.hypot(ci95 * self.stature_per_mm, value * self.scale_ci95)))

    def in_mm(self, length: float, ci95: float) -> Measured | None:
        if self.stature_mm is None:
            return None
        share = self.in_statures(length, ci95)
        return Measured(share.value * self.stature_mm, share.ci95 * self.stature_mm)

    def mm_per_px(self, view: View, px_ratio: float) -> Measured | None:
        if self.stature_mm is None:
            return None
        value = self.stature_mm * view.scale.stature_per_px / px_ratio
        return Measured(value, value * self.scale_ci95)


def shrunk(rgb: RgbImage) -> tuple[RgbImage, float]:
    """The photo at the size that is analysed, and photo pixels per pixel of it."""
    height, width = rgb.shape[:2]
    ratio = max(height, width) / ANALYSED_PX
    if ratio <= 1:
        return rgb, 1.0
    size = (max(round(width / ratio), 1), max(round(height / ratio), 1))
    return area_resized(rgb, size), ratio


def _trunk_part(image: RgbImage, scene: Scene) -> RgbImage:
    """The analysed image around the trunk."""
    left, top, right, bottom = (round(edge / scene.px_ratio) for edge in scene.trunk_region)
    return image[top:bottom, left:right]


def _error(scene: Scene, outline: Outline, findings: tuple[Finding, ...]) -> CurveError:
    found = frozenset(item.code for item in findings)
    return curve_error(scene.view, outline, load_calibration(), found)


def _refuses(findings: tuple[Finding, ...]) -> bool:
    return any(item.severity == "refusal" for item in findings)


def _landmarks(scene: Scene) -> dict[str, Landmark2D]:
    pose = scene.view.pose
    points = pose.points_px * scene.px_ratio
    return {
        mark.name.lower(): Landmark2D(
            float(points[mark, 0]), float(points[mark, 1]), float(pose.visibility[mark])
        )
        for mark in Landmark
    }


def _contour(outline: Outline, scene: Scene) -> tuple[PointPx, ...]:
    """The back line from the shoulders to below the buttocks, photo pixels."""
    up_mm = outline.mask.up_mm
    frame = outline.frame.scaled(scene.px_ratio)
    rows = np.isfinite(outline.mask.back_mm)
    every = max(round(CONTOUR_SPACING_MM / (up_mm[1] - up_mm[0])), 1)
    points = frame.to_px(up_mm[rows], outline.line[rows])[::-every]
    return tuple((float(x), float(y)) for x, y in points)


def _curve_points(outline: Outline, px_ratio: float) -> CurvePoints:
    curve = outline.curve
    assert curve is not None
    frame = outline.frame.scaled(px_ratio)

    def place(point: tuple[float, float]) -> PointPx:
        x, y = frame.to_px(np.array(point[0]), np.array(point[1]))
        return (float(x), float(y))

    def direct(vector: tuple[float, float]) -> PointPx:
        x, y = vector[0] * frame.up + vector[1] * frame.back
        return (float(x), float(y))

    return CurvePoints(
        thoracic=place(curve.thoracic),
        lumbar=place(curve.lumbar),
        gluteal=place(curve.gluteal),
        bridge_foot=place(curve.bridge_foot),
        upper_inflection=place(curve.upper_inflection),
        lower_inflection=place(curve.lower_inflection),
        upper_tangent=direct(curve.upper_tangent),
        lower_tangent=direct(curve.lower_tangent),
    )
