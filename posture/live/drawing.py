"""Draws what the tracker knows on a copy of the camera's picture: lines first, then big words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.checks.frame import back_line_px, bridge_px
from posture.live.frame_record import in_words
from posture.live.tracker import LiveFrame
from posture.overlay.canvas import paint
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import CONTOUR, INK, NOTICE, WHITE
from posture.overlay.shapes import Box, Plate, Shape, Stroke, Text, circle
from posture.overlay.typeface import text_width
from posture.pose.landmarks import SKELETON_EDGES
from posture.pose.record import RgbImage
from posture.subject import Subject

MIN_VISIBILITY = 0.5


def drawn(
    picture: RgbImage, live: LiveFrame, subject: Subject, unit: LengthUnit = "mm", *, mirror: bool
) -> RgbImage:
    """The picture with skeleton, back line, bridge, instruction and numbers, as a new array.

    Args:
        picture: the camera's own, red first.
        live: what is known of it.
        subject: whose stature turns the depth into a length.
        unit: of that length.
        mirror: show it as a mirror would; the words stay readable.
    """
    canvas = picture.copy()
    em = min(canvas.shape[:2]) / 100
    paint(canvas, _lines(live, em))
    if mirror:
        canvas = np.ascontiguousarray(canvas[:, ::-1])
    paint(canvas, _words(live, in_words(live, subject, unit), canvas.shape[1], canvas.shape[0], em))
    return canvas


def _lines(live: LiveFrame, em: float) -> list[Shape]:
    view = live.reading.view
    if view is None:
        return []
    pose, ratio = view.pose, live.px_ratio
    shapes: list[Shape] = []
    seen = pose.visibility >= MIN_VISIBILITY
    for first, second in SKELETON_EDGES:
        if seen[first] and seen[second]:
            bone = pose.points_px[[first, second]] * ratio
            shapes += _cased(bone, 0.35 * em, WHITE, INK)
    back, bridge = back_line_px(live.reading) * ratio, bridge_px(live.reading) * ratio
    if len(back):
        shapes += _cased(back[::4], 0.6 * em, CONTOUR, WHITE)
    if len(bridge):
        shapes += _cased(bridge[:2], 0.4 * em, INK, WHITE)
        shapes += _cased(bridge[2:], 0.4 * em, INK, WHITE)
        for x, y in bridge[:2]:
            shapes += circle((float(x), float(y)), 0.7 * em, INK, WHITE, 0.3 * em)
    return shapes


def _cased(
    points: NDArray[np.float64],
    width: float,
    colour: tuple[int, int, int],
    case: tuple[int, int, int],
) -> list[Shape]:
    line = tuple((float(x), float(y)) for x, y in points)
    return [Stroke(line, 2 * width, case, 0.45), Stroke(line, width, colour)]


def _words(live: LiveFrame, numbers: str, width: int, height: int, em: float) -> list[Shape]:
    """The instruction in big letters, how far the still time has run, and the numbers."""
    big, size = live.guidance.instruction.big, 9 * em
    size *= min(1.0, 0.9 * width / text_width(big, size, "semibold"))
    shapes: list[Shape] = [
        Plate(Box(0, 0, width, 1.6 * size), 0, INK, 0.62),
        Text(
            big,
            (width - text_width(big, size, "semibold")) / 2,
            1.15 * size,
            size,
            "semibold",
            WHITE,
        ),
    ]
    if live.guidance.still > 0:
        shapes.append(
            Plate(Box(0, 1.6 * size - em, width * live.guidance.still, 1.6 * size), 0, NOTICE, 0.99)
        )
    small = 6 * em
    if numbers:
        numbers_width = text_width(numbers, small, "semibold")
        shapes += [
            Plate(Box(0, height - 1.7 * small, numbers_width + 2 * small, height), 0, INK, 0.62),
            Text(numbers, small, height - 0.6 * small, small, "semibold", WHITE),
        ]
    return shapes
