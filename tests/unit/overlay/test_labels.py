"""Where the labels on the photo go."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from posture.overlay import ALL_LAYERS
from posture.overlay.geometry import hollow_outline, photo_scale
from posture.overlay.labels import place_labels
from posture.overlay.shapes import Box
from posture.result import CurvePoints, Facing
from tests.support.drawn_people import SIZES, panel_texts, person, words_of
from tests.support.present import known


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_mirrored_labels_and_panel(width: int, height: int) -> None:
    boxes = {}
    for facing in ("left", "right"):
        result = person(width, height, facing)
        scale = photo_scale(result, width, height)
        boxes[facing] = [label.box for label in place_labels(result, scale, ALL_LAYERS)]
        assert len(boxes[facing]) == (2 if width >= 480 else 0)
    for left, right in zip(boxes["left"], boxes["right"], strict=True):
        mirrored = (width - right.right, right.top, width - right.left, right.bottom)
        assert (left.left, left.top, left.right, left.bottom) == pytest.approx(mirrored, abs=1)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("facing", ["left", "right"])
def test_labels_stay_on_the_photo_off_the_hollow_and_apart(
    width: int, height: int, facing: Facing
) -> None:
    result = person(width, height, facing)
    scale = photo_scale(result, width, height)
    labels = place_labels(result, scale, ALL_LAYERS)
    outline = hollow_outline(result, known(result.points_px))
    xs, ys = zip(*outline, strict=True)
    hollow = Box(min(xs), min(ys), max(xs), max(ys))
    for label in labels:
        assert scale.box.contains(label.box)
        assert not label.box.overlaps(hollow)
    for first, second in itertools.combinations(labels, 2):
        assert not first.box.overlaps(second.box)


def test_labels_lie_behind_the_back() -> None:
    sides: tuple[tuple[Facing, int], ...] = (("left", 1), ("right", -1))
    for facing, sign in sides:
        result = person(facing=facing)
        scale = photo_scale(result, 600, 800)
        for label in place_labels(result, scale, ALL_LAYERS):
            for x in (label.box.left, label.box.right):
                assert sign * (x - known(result.points_px).bridge_foot[0]) > 0


def test_labels_tell_lengths_in_inches() -> None:
    result = person()
    depth = place_labels(result, photo_scale(result, 600, 800), ALL_LAYERS, "in")[0].label
    assert depth.lines[0][0].endswith(" in") and " mm" not in depth.lines[0][0]


def test_a_label_without_room_is_left_to_the_panel() -> None:
    result = person(600, 800, "right")
    edge = min(x for x, _ in result.contour_px)
    shifted = replace(
        result,
        contour_px=tuple((x - edge + 5, y) for x, y in result.contour_px),
        points_px=CurvePoints(
            **{
                name: value if "tangent" in name else (value[0] - edge + 5, value[1])
                for name, value in vars(result.points_px).items()
            }
        ),
    )
    assert place_labels(shifted, photo_scale(shifted, 600, 800), ALL_LAYERS) == ()
    assert "51 ± 6 mm" in words_of(panel_texts(shifted))
