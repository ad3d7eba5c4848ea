"""The trunk frame, the mask outline, facing and yaw on made-up poses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapes import raised_cosine

from posture.curve.correction import USUAL_BUTTOCKS_MM, Stance, corrected, load_calibration
from posture.curve.geometry import lumbar_curve
from posture.curve.reading import hollow
from posture.outline.colours import foreign_in_scene
from posture.outline.edge import RefinedEdge, refine_edge
from posture.outline.mask_outline import PosteriorContour, mask_contour
from posture.outline.trace import WAIST_MM, smoothed
from posture.pose.landmarks import MIRROR_IMAGE, SHOULDERS, Landmark
from posture.pose.people import distinct_people
from posture.pose.record import Pose
from posture.view.facing import decide_facing, elevation_deg, facing_votes, yaw_deg
from posture.view.scale import body_extent, body_scale
from posture.view.see import mean_pose
from posture.view.trunk_frame import NOMINAL_STATURE_MM, TRUNK_PER_STATURE, TrunkFrame, trunk_frame

HEIGHT, WIDTH = 600, 400
TRUNK_PX = 150.0


def standing_pose(mask=None, lean=0.0):
    """A stick person 520 px tall who faces right, feet at the bottom, seen exactly side-on."""
    points = np.zeros((33, 2))
    heights = {
        "NOSE": 80, "EAR": 80, "SHOULDER": 150, "HIP": 300, "KNEE": 430, "ANKLE": 540,
        "HEEL": 555, "FOOT_INDEX": 558,
    }  # fmt: skip
    for mark in Landmark:
        y = next((y for name, y in heights.items() if mark.name.endswith(name)), 200)
        points[mark] = (200 + lean * (300 - y), y)
    points[Landmark.NOSE, 0] += 30
    for side in ("LEFT", "RIGHT"):
        points[Landmark[f"{side}_FOOT_INDEX"], 0] += 40
        points[Landmark[f"{side}_HEEL"], 0] -= 10
    world = np.zeros((33, 3))
    for mark in Landmark:
        world[mark, 2] = {"LEFT": 0.15, "RIGHT": -0.15}.get(mark.name.split("_")[0], 0.0)
    if mask is None:
        mask = np.zeros((HEIGHT, WIDTH), np.float32)
        mask[40:560, 160:240] = 1
    return Pose(points, np.ones(33), world, mask)


def turned(pose, degrees):
    """The pose turned about the vertical, the front towards the camera for positive angles."""
    angle = np.radians(degrees)
    x, y, z = pose.world_m.T
    spun = np.stack(
        [x * np.cos(angle) + z * np.sin(angle), y, z * np.cos(angle) - x * np.sin(angle)], 1
    )
    return replace(pose, world_m=spun)


def seen_from(pose, degrees):
    """An upright trunk of half a metre as a camera sees it that looks down by so much."""
    angle = np.radians(degrees)
    world = pose.world_m.copy()
    world[list(SHOULDERS), 1] -= 0.5
    x, y, z = world.T
    tipped = np.stack(
        [x, y * np.cos(angle) - z * np.sin(angle), z * np.cos(angle) + y * np.sin(angle)], 1
    )
    return replace(pose, world_m=tipped)


def test_mirror_image_swaps_left_and_right_once():
    swapped = np.array(MIRROR_IMAGE)
    assert (swapped[swapped] == np.arange(33)).all()
    assert swapped[Landmark.LEFT_HEEL] == Landmark.RIGHT_HEEL
    assert swapped[Landmark.NOSE] == Landmark.NOSE


def test_a_mirrored_pose_faces_the_other_way_and_back_again():
    pose = standing_pose()
    assert decide_facing(facing_votes([pose]), 0.25) == "right"
    assert decide_facing(facing_votes([pose.mirrored()]), 0.25) == "left"
    again = pose.mirrored().mirrored()
    assert again.points_px == pytest.approx(pose.points_px)
    assert again.world_m == pytest.approx(pose.world_m)


def test_facing_is_decided_without_a_head():
    headless = standing_pose()
    headless.visibility[[Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR]] = 0
    assert decide_facing(facing_votes([headless]), 0.25) == "right"


@pytest.mark.parametrize("degrees", [-40, -15, 0, 15, 40])
def test_yaw_is_the_turn_and_the_same_in_a_mirror(degrees):
    pose = turned(standing_pose(), degrees)
    assert yaw_deg([pose]) == pytest.approx(degrees, abs=1e-6)
    assert yaw_deg([pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("degrees", [-20, 0, 10, 25])
def test_elevation_is_how_far_the_camera_looks_down_and_the_same_in_a_mirror(degrees):
    pose = seen_from(standing_pose(), degrees)
    assert elevation_deg([pose, pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)


def test_the_trunk_frame_runs_up_the_spine_and_out_of_the_back():
    frame = trunk_frame(standing_pose(), "right")
    assert frame.px_per_nominal_mm == pytest.approx(
        TRUNK_PX / (TRUNK_PER_STATURE * NOMINAL_STATURE_MM)
    )
    shoulder = frame.from_px(np.array([200.0, 150.0]))
    assert shoulder == pytest.approx([TRUNK_PER_STATURE * NOMINAL_STATURE_MM, 0])
    behind = frame.from_px(np.array([100.0, 300.0]))
    assert behind[0] == pytest.approx(0, abs=1e-9)
    assert behind[1] > 0
    round_trip = frame.to_px(np.array(12.0), np.array(-7.0))
    assert frame.from_px(round_trip) == pytest.approx([12, -7])


def test_the_mask_outline_is_found_to_a_fraction_of_a_pixel():
    # A soft vertical edge whose half level lies at x = 160.3 px, the person facing right.
    x = np.arange(WIDTH) + 0.5
    ramp = np.clip(0.5 + (x - 160.3) / 8, 0, 1) * (x < 240)
    pose = standing_pose(np.tile(ramp.astype(np.float32), (HEIGHT, 1)))
    frame = trunk_frame(pose, "right")
    contour = mask_contour(pose.mask, frame)
    rows = (contour.up_mm > -100) & (contour.up_mm < 400)
    expected_mm = (200 - 160.3) / frame.px_per_nominal_mm
    assert contour.back_mm[rows] == pytest.approx(expected_mm, abs=0.3 / frame.px_per_nominal_mm)


def test_a_second_object_behind_the_person_is_not_the_back():
    pose = standing_pose()
    pose.mask[200:300, 100:130] = 1
    contour = mask_contour(pose.mask, trunk_frame(pose, "right"))
    assert np.ptp(contour.back_mm[(contour.up_mm > -50) & (contour.up_mm < 350)]) < 1


def refined_outline(rgb, pose: Pose, frame: TrunkFrame) -> RefinedEdge:
    """The outline of this pose's mask, refined on the photo."""
    foreign = foreign_in_scene(rgb, frame, pose.mask, frame)
    return refine_edge(rgb, frame, pose.mask, frame, mask_contour(pose.mask, frame), foreign)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_refinement_finds_the_photos_edge_beside_a_wrong_mask(facing):
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


def test_refinement_stays_with_the_mask_where_the_photo_shows_nothing():
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    pose = standing_pose()
    x = np.arange(WIDTH) + 0.5
    pose.mask[:] = np.clip(0.5 + (40 - np.abs(x - 200)) / 8, 0, 1)
    frame = trunk_frame(pose, "right")
    contour = mask_contour(pose.mask, frame)
    refined = refined_outline(grey, pose, frame)
    assert np.nanmax(np.abs(refined.contour.back_mm - contour.back_mm)) < 2
    assert refined.contrast.max() < 0.1


def test_the_outline_is_in_doubt_where_it_could_run_in_two_places():
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


def test_a_board_beside_the_back_is_known_by_its_colour_further_up():
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


def beside_a_board(bulge_px: float):
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


def test_a_boards_straight_edge_is_not_taken_for_the_back():
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


def test_a_bent_line_stays_and_its_rival_tells_of_the_doubt():
    rgb, pose, frame, _ = beside_a_board(bulge_px=4)
    refined = refined_outline(rgb, pose, frame)
    y = frame.to_px(refined.contour.up_mm, np.zeros_like(refined.contour.up_mm))[:, 1]
    deepest = np.abs(y - 230) < 20
    assert (refined.contour.back_mm - refined.rival_mm)[deepest].min() > 20


def test_rows_in_doubt_count_less_in_the_back_line():
    up_mm = np.arange(0.0, 600.0, 2.0)
    dented = PosteriorContour(up_mm, np.where(np.abs(up_mm - 300) < 30, 90.0, 100.0), up_mm * 0 + 1)
    doubt_mm = np.where(np.abs(up_mm - 300) < 30, 6.0, 1.0)
    assert np.ptp(smoothed(dented, doubt_mm)) < 0.5 * np.ptp(smoothed(dented))
    sure = np.full(len(up_mm), 1.0)
    assert smoothed(dented, sure) == pytest.approx(smoothed(dented))


def test_scale_uses_the_whole_body_when_it_is_there():
    pose = standing_pose()
    extent = body_extent(pose)
    assert extent.crown_to_sole_px == pytest.approx(520, abs=3)
    assert not extent.crown_cut
    assert not extent.soles_cut
    assert body_scale(pose, extent).source == "crown to sole"


def test_a_cut_head_or_feet_change_the_yardstick_and_widen_the_error():
    pose = standing_pose()
    pose.mask[:60, 180:220] = 1
    no_head = body_scale(pose, body_extent(pose))
    pose.mask[500:, 180:220] = 1
    trunk_only = body_scale(pose, body_extent(pose))
    whole = body_scale(standing_pose(), body_extent(standing_pose()))
    assert (no_head.source, trunk_only.source) == ("shoulder to sole", "trunk")
    assert whole.relative_ci95 < no_head.relative_ci95 < trunk_only.relative_ci95


def test_feet_that_the_mask_has_lost_are_no_yardstick():
    pose = standing_pose()
    whole = body_scale(pose, body_extent(pose))
    pose.mask[530:] = 0
    footless = body_scale(pose, body_extent(pose))
    assert footless.source == "trunk"
    assert footless.stature_per_px < 1.1 * whole.stature_per_px


def test_passes_are_averaged():
    pose = standing_pose()
    moved = replace(pose, points_px=pose.points_px + 2)
    assert mean_pose((pose, moved)).points_px == pytest.approx(pose.points_px + 1)


def test_the_bridge_does_not_reach_above_the_shoulders():
    up, back = raised_cosine(40, 410)
    with_shadow = np.where(up > 510, 5.0, back)
    assert lumbar_curve(up, with_shadow, WAIST_MM).thoracic[0] > 500
    assert hollow(up, with_shadow) == hollow(up, back)


def test_the_bridge_rests_on_the_buttocks_of_a_person_who_sways_back():
    up, back = raised_cosine(40, 410, slant=0.2)
    upright = lumbar_curve(up, back, WAIST_MM)
    # Below the buttocks the thighs go straight down, while the bridge's line goes on forwards.
    above = up >= 0
    thighs = np.arange(-260.0, 0.0)
    back = np.r_[-45 * (1 - np.exp(-((thighs / 60) ** 2))), back[above]]
    up = np.r_[thighs, up[above]]
    assert lumbar_curve(up, back, WAIST_MM).gluteal[0] < -200
    curve = hollow(up, back)
    assert curve.gluteal[0] == pytest.approx(upright.gluteal[0], abs=10)
    assert curve.slca_deg == pytest.approx(upright.slca_deg, abs=0.5)


def test_a_turned_body_is_corrected_towards_a_shallower_curve():
    curve = lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0))
    calibration = load_calibration()
    straight = corrected(curve, Stance(0.0), calibration)
    for yaw in (-20.0, 20.0):
        assert corrected(curve, Stance(yaw), calibration).depth < straight.depth
        assert corrected(curve, Stance(yaw), calibration).slca_deg < straight.slca_deg
    assert corrected(curve, Stance(89.0), calibration).depth >= 0


def test_a_camera_above_or_below_the_trunk_is_corrected_towards_a_flatter_curve():
    curve = lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0))
    level, above, below = (
        corrected(curve, Stance(0.0, elevation), load_calibration()).slca_deg
        for elevation in (0.0, 15.0, -15.0)
    )
    assert above == below < level


@pytest.mark.parametrize("depth", [0, 3, 10, 20, 40, 60, 80])
def test_the_correction_is_small_and_never_turns_two_backs_round(depth):
    calibration = load_calibration()

    def hollow_of(depth_mm):
        up, back = raised_cosine(depth_mm, 400)
        return lumbar_curve(up, back + USUAL_BUTTOCKS_MM, (0.0, 400.0))

    curve = hollow_of(depth + 2)
    true, more = (
        corrected(seen, Stance(0.0), calibration) for seen in (curve, hollow_of(depth + 5))
    )
    assert true.depth < more.depth and true.slca_deg < more.slca_deg
    assert true.depth == pytest.approx(curve.depth, abs=6)
    assert true.slca_deg == pytest.approx(curve.slca_deg, abs=6)


def test_one_person_read_twice_is_one_unless_the_masks_differ():
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


def test_somebody_upside_down_beside_a_person_is_a_reading_of_their_feet():
    pose = standing_pose()
    upside_down = replace(pose, points_px=np.array([200.0, 600.0]) - pose.points_px)
    apart = replace(upside_down, points_px=upside_down.points_px + np.array([150.0, 0.0]))
    assert distinct_people([apart, pose]) == [pose]
    # A whole photo upside down still shows somebody.
    assert distinct_people([apart]) == [apart]
