"""Clips of a rendered person (benchmarks.bodies), put together from a few pictures of her.

A picture that is shown for a while moves as a standing body and a camera do: it sways by a few
millimetres, and every frame has noise of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

PICTURES = Path(__file__).parent / "pictures"
# Curve angle and depth of the rendered back line.
TRUE_ANGLE_DEG = {"side-clasped": 51.97, "side-flat": 29.35}
TRUE_DEPTH_MM = 55.0
STATURE_MM = 1650.0
NOISE = 5.0
SWAY_PX, SWAY_HZ = 2.0, 0.3
# Close to the camera only this part of the picture is seen.
NEAR = (0.6, 0.2, 0.8)

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Shot:
    """One picture, shown for a while.

    Attributes:
        picture: its name; "empty" is the room without her.
        near: she is so close that her legs are cut off.
        shift_px: she stands so far to the right.
    """

    picture: str
    seconds: float
    near: bool = False
    shift_px: float = 0.0


# What a person does: too near, step back, turn to the side, arms away from the back, stand still.
ARRIVAL = (
    Shot("turn-85", 1.4, near=True),
    Shot("turn-85", 1.2),
    Shot("turn-60", 0.4),
    Shot("turn-35", 0.4),
    Shot("turn-15", 0.4),
    Shot("side-hang", 1.6),
)
STILL = Shot("side-clasped", 4.0)
# The four stances of a session, with a step away between each.
AWAY = Shot("side-clasped", 1.0, shift_px=160)
SESSION = (STILL, AWAY, STILL, AWAY, STILL, AWAY, STILL)


@cache
def picture(name: str) -> Image:
    """A rendered picture, blue first."""
    if name == "empty":
        # The wall beside her.
        wall = picture("turn-60")[:, 820:1000]
        return np.ascontiguousarray(cv2.resize(wall, (1280, 720)))
    return np.asarray(cv2.imread(str(PICTURES / f"{name}.jpg")), np.uint8)


def frames(shots: Sequence[Shot], fps: float) -> Iterator[tuple[Image, float]]:
    """Every frame (blue first) with its time; the same shots give the same frames."""
    rng = np.random.default_rng(6)
    count = 0
    for shot in shots:
        image = _near(picture(shot.picture)) if shot.near else picture(shot.picture)
        for _ in range(round(shot.seconds * fps)):
            yield _alive(image, count / fps, shot.shift_px, rng), count / fps
            count += 1


def write_clip(path: Path, shots: Sequence[Shot], fps: float) -> Path:
    """The frames as a clip for OpenCV."""
    height, width = picture(shots[0].picture).shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
    for frame, _ in frames(shots, fps):
        writer.write(frame)
    writer.release()
    return path


def write_camera(path: Path, shots: Sequence[Shot], fps: float = 10) -> Path:
    """The frames as what Chromium plays, at 30 a second, in place of a camera (.mjpeg)."""
    with path.open("wb") as file:
        for frame, _ in frames(shots, fps):
            jpeg = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
            file.write(jpeg * round(30 / fps))
    return path


def _near(image: Image) -> Image:
    height, width = image.shape[:2]
    bottom, left, right = NEAR
    part = image[: int(height * bottom), int(width * left) : int(width * right)]
    return np.asarray(cv2.resize(part, (width, height)), np.uint8)


def _alive(image: Image, time_s: float, shift_px: float, rng: np.random.Generator) -> Image:
    height, width = image.shape[:2]
    across = SWAY_PX * np.sin(2 * np.pi * SWAY_HZ * time_s) + rng.normal(0, 0.1)
    moved = cv2.warpAffine(
        image,
        np.array([[1, 0, across + shift_px], [0, 1, 0.3 * across]], np.float32),
        (width, height),
        borderMode=cv2.BORDER_REPLICATE,
    )
    # Luminance noise; drawn at half the size, as the sensor's own interpolation does.
    noise = rng.normal(0, NOISE, (height // 2, width // 2)).astype(np.float32)
    grain = cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(moved + grain[..., None], 0, 255), np.uint8)
