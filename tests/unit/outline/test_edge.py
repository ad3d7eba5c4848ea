"""The photo's own edge beside a mask: found, kept, or in doubt."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.colours import foreign_in_scene
from posture.outline.edge import RefinedEdge, refine_edge
from posture.outline.mask_outline import mask_contour
from posture.pose.record import Pose, RgbImage
from posture.result import Facing
from posture.view.trunk_frame import TrunkFrame, trunk_frame
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose


def refined_outline(rgb: RgbImage, pose: Pose, frame: TrunkFrame) -> RefinedEdge:
    """The outline of this pose's mask, refined on the photo."""
    foreign = foreign_in_scene(rgb, frame, pose.mask, frame)
    return refine_edge(rgb, frame, pose.mask, frame, mask_contour(pose.mask, frame), foreign)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_refinement_finds_the_photos_edge_beside_a_wrong_mask(facing: Facing) -> None:
    # The photo's edge runs 3 px further out than the mask's.
    rgb = np.full((HEIGHT, WIDTH, 3), (200, 205, 210), np.uint8)
    rgb[40:560, 157:243] = (90, 60, 50)
    pose = standing_pose()
    x = np.arange(WIDTH) + 0.5
    pose.mask[:] = np.clip(0.5 + (40 - np.abs(x - 200)) / 8, 0, 1)
    if facing == "left":
        pose, rgb = pose.mirrored(), np.ascontiguousarray(rgb[:, ::-1])
    frame = trunk_frame(pose, facing)
    refined = refined_outline(rgb, pose, frame)
    rows = (refined.contour.up_mm > -50) & (refined.contour.up_mm < 350)
    edge_px = refined.contour.back_mm[rows] * frame.px_per_nominal_mm
    assert edge_px == pytest.approx(43, abs=0.7)


def test_refinement_stays_with_the_mask_where_the_photo_shows_nothing() -> None:
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    pose = standing_pose()
    x = np.arange(WIDTH) + 0.5
    pose.mask[:] = np.clip(0.5 + (40 - np.abs(x - 200)) / 8, 0, 1)
    frame = trunk_frame(pose, "right")
    contour = mask_contour(pose.mask, frame)
    refined = refined_outline(grey, pose, frame)
    assert np.nanmax(np.abs(refined.contour.back_mm - contour.back_mm)) < 2
    assert refined.contrast.max() < 0.1


def test_the_outline_is_in_doubt_where_it_could_run_in_two_places() -> None:
    # Between body and wall is 13 mm of something of a colour half-way, which the mask takes in.
    rgb = np.full((HEIGHT, WIDTH, 3), (200, 205, 210), np.uint8)
    rgb[40:560, 160:240] = (90, 60, 50)
    pose = standing_pose()
    frame = trunk_frame(pose, "right")
    top, bottom = frame.to_px(np.array([200.0, 40.0]), np.zeros(2))[:, 1].astype(int)
    rear = np.full((HEIGHT, 1), 160.0)
    rgb[top:bottom, 156:160] = (145, 132, 130)
    rear[top:bottom] = 156
    x = np.arange(WIDTH) + 0.5
    pose.mask[:] = np.clip(0.5 + (x - rear) / 12, 0, 1) * (x < 240)
    refined = refined_outline(rgb, pose, frame)
    up_mm = refined.contour.up_mm
    beside, above = (up_mm > 60) & (up_mm < 180), (up_mm > 260) & (up_mm < 400)
    assert refined.doubt_mm[beside].min() > 2
    assert refined.doubt_mm[above].max() < 1.2
    assert refined.contour.back_mm[above] * frame.px_per_nominal_mm == pytest.approx(40, abs=1)


def test_a_board_beside_the_back_is_known_by_its_colour_further_up() -> None:
    # A board of the wall, in a colour nearer to the body's, touches the low back; the mask takes
    # 8 px (26 mm) of it in.  Further up the board is seen clear of the body.
    rgb = np.full((HEIGHT, WIDTH, 3), (200, 205, 210), np.uint8)
    rgb[130:200, 138:154] = rgb[200:280, 148:160] = (120, 100, 80)
    rgb[40:560, 160:240] = (90, 60, 50)
    pose = standing_pose()
    x = np.arange(WIDTH) + 0.5
    rear = np.where((np.arange(HEIGHT) >= 205) & (np.arange(HEIGHT) < 275), 152.0, 160.0)
    pose.mask[:] = np.clip(0.5 + (x - rear[:, None]) / 12, 0, 1) * (x < 240)
    frame = trunk_frame(pose, "right")
    refined = refined_outline(rgb, pose, frame)
    rows = (refined.contour.up_mm > 100) & (refined.contour.up_mm < 290)
    assert refined.contour.back_mm[rows] * frame.px_per_nominal_mm == pytest.approx(40, abs=1)


def beside_a_board(bulge_px: float) -> tuple[RgbImage, Pose, TrunkFrame, NDArray[np.float64]]:
    """A back with a hollow 8 px (26 mm) deep, and a board whose straight edge touches it twice.

    Between both is wall of a colour that is seen again before the person.  The mask takes the
    board's edge for the back, `bulge_px` further out in the middle.
    """
    y, x = np.arange(HEIGHT) + 0.5, np.arange(WIDTH) + 0.5
    dip = np.where(np.abs(y - 230) < 55, 4 * (1 + np.cos(np.pi * (y - 230) / 55)), 0.0)
    bulge = np.where(np.abs(y - 230) < 55, bulge_px * np.cos(np.pi * (y - 230) / 110), 0.0)
    rgb = np.full((HEIGHT, WIDTH, 3), (70, 60, 110), np.uint8)
    rgb[:, :160] = (230, 240, 150)
    rgb[(x >= (160 - bulge)[:, None]) & (x < 175)] = (70, 60, 110)
    rgb[(x >= (160 + dip)[:, None]) & (x < 240) & (y > 40)[:, None] & (y < 560)[:, None]] = (
        190, 140, 110,
    )  # fmt: skip
    pose = standing_pose()
    pose.mask[:] = np.clip(0.5 + (x - (160 - bulge)[:, None]) / 4, 0, 1) * (x < 240)
    return rgb, pose, trunk_frame(pose, "right"), dip


def test_a_boards_straight_edge_is_not_taken_for_the_back() -> None:
    rgb, pose, frame, dip = beside_a_board(bulge_px=0)
    refined = refined_outline(rgb, pose, frame)
    up_mm = refined.contour.up_mm
    rows = (up_mm > 80) & (up_mm < 380)
    y = frame.to_px(up_mm, np.zeros_like(up_mm))[:, 1]
    depth_px = 40 - refined.contour.back_mm * frame.px_per_nominal_mm
    assert depth_px[rows] == pytest.approx(np.interp(y, np.arange(HEIGHT) + 0.5, dip)[rows], abs=2)
    # It remains a choice between two lines.
    deepest = np.abs(y - 230) < 20
    assert refined.doubt_mm[deepest].min() > 2


def test_a_bent_line_stays_and_its_rival_tells_of_the_doubt() -> None:
    rgb, pose, frame, _ = beside_a_board(bulge_px=4)
    refined = refined_outline(rgb, pose, frame)
    y = frame.to_px(refined.contour.up_mm, np.zeros_like(refined.contour.up_mm))[:, 1]
    deepest = np.abs(y - 230) < 20
    assert (refined.contour.back_mm - refined.rival_mm)[deepest].min() > 20
