"""What of the mask lies beyond a body, and how wide the body is below the hips."""

from __future__ import annotations

import numpy as np
import pytest

from posture.pose.record import Pose
from posture.view.body_reach import BodyReach, beyond_body, thighs_width
from tests.support.stick_person import HEIGHT, TRUNK_PX, WIDTH, standing_pose

# In trunk lengths of 150 px: everybody of the stick person lies within these of its bones.
REACH = BodyReach(head=0.35, trunk=0.35, arm=0.1, thigh=0.35, shank=0.35)


def pose_with(*boxes: tuple[int, int, int, int]) -> Pose:
    """The stick person, 80 px wide, and boxes (left, top, right, bottom) in the mask beside it."""
    pose = standing_pose()
    for left, top, right, bottom in boxes:
        pose.mask[top:bottom, left:right] = 1
    return pose


def test_all_of_a_body_is_body() -> None:
    assert beyond_body(standing_pose(), REACH) is None


def test_a_bag_is_found_with_its_size_and_place() -> None:
    stray = beyond_body(pose_with((20, 100, 80, 160)), REACH)
    assert stray is not None
    # 60 x 60 px in squares of the trunk's 150 px.
    assert stray.area == pytest.approx(0.16)
    assert stray.corners_px == pytest.approx(np.array([[20, 100], [80, 160]]))


def test_the_largest_of_several_pieces_counts() -> None:
    stray = beyond_body(pose_with((20, 100, 80, 160), (320, 200, 360, 240)), REACH)
    assert stray is not None
    assert stray.area == pytest.approx(0.16)


def test_what_is_within_reach_of_a_limb_is_the_limbs() -> None:
    """A bulge at the belly, 62 px from the axis, is within 70 px of it but not within 50."""
    pose = pose_with((240, 220, 262, 280))
    assert beyond_body(pose, REACH._replace(trunk=70 / TRUNK_PX)) is None
    stray = beyond_body(pose, REACH._replace(trunk=50 / TRUNK_PX))
    assert stray is not None
    assert stray.corners_px[0, 0] > 200


def test_reach_grows_with_the_person() -> None:
    """The same picture with twice as many pixels has the same stray share."""
    pose = pose_with((20, 100, 80, 160))
    large = Pose(
        2 * pose.points_px, pose.visibility, pose.world_m, np.kron(pose.mask, np.ones((2, 2)))
    )
    small, twice = beyond_body(pose, REACH), beyond_body(large, REACH)
    assert small is not None and twice is not None
    assert twice.area == pytest.approx(small.area)
    assert twice.corners_px == pytest.approx(2 * small.corners_px)


def test_landmarks_far_outside_the_picture_do_no_harm() -> None:
    pose = standing_pose()
    pose.points_px[:, 0] += 1e9
    stray = beyond_body(pose, REACH)
    assert stray is not None
    # All of the mask, 80 x 520 px, is beyond a body that is not there.
    assert stray.area == pytest.approx(80 * 520 / TRUNK_PX**2)


def test_the_width_of_the_thighs_is_that_of_the_mask() -> None:
    assert thighs_width(standing_pose()) == pytest.approx(80 / TRUNK_PX)
    wide = pose_with((140, 300, 160, 400))
    assert thighs_width(wide) == pytest.approx(100 / TRUNK_PX)


def test_thighs_that_the_photo_ends_above_have_no_width() -> None:
    pose = standing_pose()
    # The rows that are looked at end half a trunk below the hips, at 375.
    cut = Pose(pose.points_px, pose.visibility, pose.world_m, pose.mask[:374])
    assert thighs_width(cut) == 0.0
    seen = Pose(pose.points_px, pose.visibility, pose.world_m, pose.mask[:375])
    assert thighs_width(seen) == pytest.approx(80 / TRUNK_PX)


def test_an_empty_mask_has_neither() -> None:
    pose = standing_pose(np.zeros((HEIGHT, WIDTH), np.float32))
    assert beyond_body(pose, REACH) is None
    assert thighs_width(pose) == 0.0
