"""Somebody beside the person who was found: where they are looked for, and where they are put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from posture.pose.landmarks import SHOULDERS
from posture.pose.people import distinct_people, people_beside
from posture.pose.record import Pose, RgbImage
from tests.support.stick_person import standing_pose

HEIGHT, WIDTH = 600, 900


def person(columns: slice) -> Pose:
    """Somebody 400 px tall who fills these columns."""
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[100:500, columns] = 1
    return Pose(np.zeros((33, 2)), np.ones(33), np.zeros((33, 3)), mask)


class BrightSpot:
    """Stands in for the pose model: a person is whatever is white, their joints in its middle."""

    def __init__(self, feet_up: bool = False) -> None:
        self.feet_up = feet_up
        self.looked_at: list[tuple[int, ...]] = []

    def __call__(self, images: Sequence[RgbImage]) -> list[list[Pose]]:
        return [self._found(rgb) for rgb in images]

    def _found(self, rgb: RgbImage) -> list[Pose]:
        self.looked_at.append(rgb.shape[:2])
        white = rgb[..., 0] > 200
        if not white.any():
            return []
        y, x = np.nonzero(white)
        middle = np.array([x.mean() + 0.5, y.mean() + 0.5])
        points = np.tile(middle, (33, 1))
        points[[*SHOULDERS], 1] += 1 if self.feet_up else -1
        return [Pose(points, np.ones(33), np.zeros((33, 3)), white.astype(np.float32))]


@pytest.mark.parametrize(("own", "other"), [((60, 180), (520, 620)), ((700, 820), (300, 400))])
def test_another_person_is_placed_where_they_stand(
    own: tuple[int, int], other: tuple[int, int]
) -> None:
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[150:450, slice(*other)] = 255
    (found,) = people_beside(rgb, person(slice(*own)), BrightSpot())
    assert found.points_px[0] == pytest.approx((sum(other) / 2, 300), abs=3)
    assert found.mask.shape == (HEIGHT, WIDTH)
    assert found.mask[160:440, slice(other[0] + 10, other[1] - 10)].min() == pytest.approx(1)
    assert found.mask.sum() == pytest.approx(300 * 100, rel=0.1)


def test_a_piece_of_the_other_person_in_the_mask_leaves_them_to_be_found() -> None:
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[150:450, 520:620] = 255
    own = person(slice(60, 180))
    own.mask[480:495, 560:600] = 1
    (found,) = people_beside(rgb, own, BrightSpot())
    assert found.points_px[0] == pytest.approx((570, 300), abs=3)


def test_somebody_upside_down_is_not_a_person() -> None:
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[150:450, 520:620] = 255
    assert people_beside(rgb, person(slice(60, 180)), BrightSpot(feet_up=True)) == []


def test_nobody_is_looked_for_where_nobody_has_room() -> None:
    detect = BrightSpot()
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    # 175 px are left on one side, 900 - 795 on the other; less than .45 of 400 px.
    assert people_beside(rgb, person(slice(179, 791)), detect) == []
    assert detect.looked_at == []


def test_a_large_photo_is_looked_at_small() -> None:
    detect = BrightSpot()
    people_beside(np.zeros((HEIGHT, WIDTH, 3), np.uint8), person(slice(60, 180)), detect)
    assert [max(shape) for shape in detect.looked_at] == [256]


def test_an_empty_mask_has_nobody_beside_it() -> None:
    empty = person(slice(0, 0))
    assert people_beside(np.zeros((HEIGHT, WIDTH, 3), np.uint8), empty, BrightSpot()) == []


def test_one_person_read_twice_is_one_unless_the_masks_differ() -> None:
    pose = standing_pose()
    trunk_px = 150
    elsewhere = np.roll(pose.mask, 150, axis=1)
    for trunks, mask, people in (
        (0.1, elsewhere, 1),
        (0.5, pose.mask, 1),
        (0.5, elsewhere, 2),
        (0.8, pose.mask, 2),
    ):
        moved = pose.points_px + np.array([trunks * trunk_px, 0.0])
        other = replace(pose, points_px=moved, mask=mask)
        assert len(distinct_people([pose, other])) == people


def test_somebody_upside_down_beside_a_person_is_a_reading_of_their_feet() -> None:
    pose = standing_pose()
    upside_down = replace(pose, points_px=np.array([200.0, 600.0]) - pose.points_px)
    apart = replace(upside_down, points_px=upside_down.points_px + np.array([150.0, 0.0]))
    assert distinct_people([apart, pose]) == [pose]
    # A whole photo upside down still shows somebody.
    assert distinct_people([apart]) == [apart]
