"""Checks of the person and the camera, before any outline is traced."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from posture._support.texts import texts
from posture.checks.limits import FrameLimits, Limits, SideOnLimits, load_limits
from posture.checks.scene import Check, PersonScene, run_checks
from posture.findings import Finding, finding
from posture.photo.decode import PANORAMA_ASPECT, is_panorama
from posture.pose.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS
from posture.pose.record import Pose
from posture.view.body_reach import beyond_body, thighs_width
from posture.view.camera_level import turned
from posture.view.see import View


def check_several_people(scene: PersonScene, limits: Limits) -> Finding | None:
    """Somebody else of similar size or close by, or clearly smaller and apart."""
    limit = limits.several_people
    main, others = scene.people[0], scene.people[1:]
    sizes = [other.trunk_px / main.trunk_px for other in others]
    if not sizes or max(sizes) < limit.background_size_ratio:
        return None
    gap = min(_gap_px(main, other) for other in others) / main.trunk_px
    mixed_up = gap <= limit.clear_gap or max(sizes) >= limit.similar_size_ratio
    return finding(
        "several-people" if mixed_up else "others-in-background",
        value=max(sizes),
        limit=limit.similar_size_ratio,
        region_px=scene.region(others[int(np.argmax(sizes))].points_px),
    )


def check_one_body(scene: PersonScene, limits: Limits) -> Finding | None:
    """Nothing in the person's mask further from the skeleton than a body reaches; slim thighs.

    Where the head is cut off the skeleton itself is too unsure; in a stride, or from in front, both
    thighs show.
    """
    pose, limit = scene.view.pose, limits.several_people
    if scene.view.extent.crown_cut:
        return None
    stray = beyond_body(pose, limits.body_reach)
    width = thighs_width(pose)
    turn = abs(math.sin(math.radians(scene.view.yaw_deg)))
    widest = limit.max_thighs_width + limit.thighs_apart * turn
    if stray is not None and stray.area > limit.max_stray_area:
        value, most, points_px = stray.area, limit.max_stray_area, stray.corners_px
    elif (
        width > widest
        and _stride(pose) <= limits.stance.warn_stride
        and abs(scene.view.yaw_deg) <= limits.side_on.refuse_yaw_deg
    ):
        value, most = width, widest
        points_px = pose.points_px[[*HIPS, *KNEES]]
    else:
        return None
    region = scene.region(points_px)
    return finding("more-than-one-body", value=value, limit=most, region_px=region)


def check_trunk_in_frame(scene: PersonScene, limits: Limits) -> Finding | None:
    """Shoulders, hips and the top of the thighs must lie inside the picture."""
    limit = limits.frame
    pose = scene.view.pose
    trunk = pose.points_px[[*SHOULDERS, *HIPS]]
    # Knees outside the picture are guessed too near; the trunk's length is a second opinion.
    hip = pose.point(*HIPS)
    thigh = hip + limit.thigh_share * (pose.point(*KNEES) - hip)
    below = hip + np.array([0.0, limit.below_hips * pose.trunk_px])
    points = np.vstack([trunk, thigh, below])
    size_px = np.array([scene.width_px, scene.height_px])
    inside = (points > limit.margin_px) & (points < size_px - limit.margin_px)
    minimum = limits.person.min_visibility
    seen = float(pose.visibility[[*SHOULDERS, *HIPS]].max()) >= minimum
    imagined = _is_squeezed(pose, limit) or _ends_are_unseen(scene, minimum)
    if inside.all() and seen and not imagined:
        return None
    return finding("trunk-out-of-frame", region_px=scene.region(points))


def check_stretch(scene: PersonScene, limits: Limits) -> Finding | None:
    """Foot and head have the width that bodies seen from the side have."""
    limit, stretch = limits.stretch, scene.view.stretch
    if stretch is None or abs(scene.view.yaw_deg) > limit.max_yaw_deg:
        return None
    how = texts()["stretch"]["squeezed" if stretch < 1 else "stretched"]
    # Hair, or somebody behind the head, widens it; nothing makes head and feet narrower.
    for code, low, high in (
        ("picture-stretched", limit.refuse_below, math.inf),
        ("picture-stretched-slightly", limit.warn_below, limit.warn_above),
    ):
        if not low <= stretch <= high:
            held, region = low if stretch < 1 else high, scene.strip(0.0, 1.0)
            return finding(code, value=stretch, limit=held, region_px=region, how=how)
    return None


def unusual_stretch(scene: PersonScene) -> float:
    """How far (logarithm, 0 upwards) the picture is stretched beyond what bodies differ by."""
    limit, stretch = load_limits().stretch, scene.view.stretch
    if stretch is None or abs(scene.view.yaw_deg) > limit.max_yaw_deg:
        return 0.0
    if limit.warn_below <= stretch <= limit.warn_above:
        return 0.0
    return abs(float(np.log(stretch)))


def check_trunk_size(scene: PersonScene, limits: Limits) -> Finding | None:
    """Enough pixels along the trunk."""
    limit = limits.resolution
    trunk_px = scene.view.pose.trunk_px * scene.px_ratio
    if trunk_px < limit.refuse_trunk_px and is_panorama(scene.width_px, scene.height_px):
        return panorama(scene.width_px, scene.height_px)
    for code, least_px in (
        ("trunk-too-small", limit.refuse_trunk_px),
        ("trunk-small", limit.warn_trunk_px),
    ):
        if trunk_px < least_px:
            return finding(code, value=trunk_px, limit=least_px, region_px=scene.trunk_region)
    return None


def check_side_on(scene: PersonScene, limits: Limits) -> Finding | None:
    """The body must be seen from the side."""
    limit = limits.side_on
    pose = scene.view.pose
    yaw = abs(scene.view.yaw_deg)
    width = float(np.ptp(pose.points_px[list(SHOULDERS), 0])) / pose.trunk_px
    if yaw > limit.refuse_yaw_deg or width > limit.refuse_shoulder_width:
        code, most_deg = "not-side-on", limit.refuse_yaw_deg
    elif yaw > limit.warn_yaw_deg:
        code, most_deg = "turned-away-from-side", limit.warn_yaw_deg
    else:
        return None
    where = texts()["turn"][_way_to_side_on(scene.view, limit)]
    return finding(code, value=yaw, limit=most_deg, region_px=scene.trunk_region, where=where)


def _way_to_side_on(view: View, limit: SideOnLimits) -> str:
    """Where the person must turn: to their "left" or "right", or "either" way from front or back.

    Somebody who faces right in the picture has their left side away from the camera; showing some
    of their front, they must turn to it.
    """
    if view.facing is None or abs(view.yaw_deg) > limit.either_way_deg:
        return "either"
    return "left" if (view.facing == "right") == (view.yaw_deg > 0) else "right"


def check_facing(scene: PersonScene, limits: Limits) -> Finding | None:
    """Head, feet, shoulders and hips must agree on a direction."""
    minimum = limits.side_on.min_facing
    strength = scene.view.facing_strength
    if scene.view.facing is not None and strength >= minimum:
        return None
    region = scene.region(scene.view.pose.points_px)
    return finding("facing-unclear", value=strength, limit=minimum, region_px=region)


def check_turned(scene: PersonScene, limits: Limits) -> Finding | None:
    """The picture set upright: trunk and thighs in one line, and that far from the vertical.

    Somebody who bends or sits has one of them upright.  Its value is by how many degrees clockwise
    the picture must be turned: 90, 180 or 270.
    """
    limit = limits.trunk
    pose = scene.view.pose
    trunk_deg = _lean_deg(pose.point(*SHOULDERS) - pose.point(*HIPS))
    thigh_deg = _lean_deg(pose.point(*HIPS) - pose.point(*KNEES))
    bend_deg = abs((trunk_deg - thigh_deg + 180) % 360 - 180)
    if (
        min(abs(trunk_deg), abs(thigh_deg)) <= limit.turned_deg
        or bend_deg > limit.max_turned_bend_deg
    ):
        return None
    quarters = round(-trunk_deg / 90) % 4
    return finding(
        "picture-turned",
        value=90.0 * quarters,
        limit=limit.turned_deg,
        region_px=scene.region(pose.points_px),
        **texts()["turned_picture"][f"quarter_{quarters}"],
    )


def check_lean(scene: PersonScene, limits: Limits) -> Finding | None:
    """Standing upright; against the photo's vertical when the camera's turn is unknown."""
    limit = limits.trunk
    pose = scene.view.pose
    roll_deg = 0.0 if scene.level is None else scene.level.roll_deg
    lean_deg = abs(_lean_deg(turned(pose.point(*SHOULDERS) - pose.point(*HIPS), roll_deg)))
    for code, most_deg in (
        ("leaning", limit.refuse_lean_deg),
        ("leaning-slightly", limit.warn_lean_deg),
    ):
        if lean_deg > most_deg:
            return finding(code, value=lean_deg, limit=most_deg, region_px=scene.trunk_region)
    return None


def check_level(scene: PersonScene, limits: Limits) -> Finding | None:
    """The camera held level, or nobody knows."""
    limit = limits.level.warn_roll_deg
    if scene.level is None:
        return finding("camera-level-unknown")
    roll_deg = scene.level.roll_deg
    if abs(roll_deg) <= limit:
        return None
    back = texts()["camera_turn"]["counterclockwise" if roll_deg > 0 else "clockwise"]
    return finding("camera-tilted", value=abs(roll_deg), limit=limit, where=back)


def check_seated(scene: PersonScene, limits: Limits) -> Finding | None:
    """Thighs down, not forward; in world coordinates, which do not depend on the view."""
    limit = limits.stance.refuse_thigh_deg
    world = scene.view.pose.world_m
    x, y, z = (world[list(KNEES)] - world[list(HIPS)]).mean(axis=0)
    thigh_deg = float(np.degrees(np.arctan2(np.hypot(x, z), y)))
    if thigh_deg <= limit:
        return None
    region = scene.region(scene.view.pose.points_px[[*HIPS, *KNEES]])
    return finding("seated", value=thigh_deg, limit=limit, region_px=region)


def check_stride(scene: PersonScene, limits: Limits) -> Finding | None:
    """Feet side by side."""
    limit = limits.stance.warn_stride
    pose = scene.view.pose
    stride = _stride(pose)
    if scene.view.extent.soles_cut or stride <= limit:
        return None
    region = scene.region_of(*ANKLES)
    return finding("walking", value=stride, limit=limit, region_px=region)


def check_perspective(scene: PersonScene, limits: Limits) -> Finding | None:
    """The nearer foot stands lower in the picture, the more so the nearer and higher the camera."""
    limit = limits.stance.warn_heel_step
    pose = scene.view.pose
    step = float(np.ptp(pose.points_px[list(HEELS), 1])) / pose.trunk_px
    if scene.view.extent.soles_cut or step <= limit:
        return None
    region = scene.region_of(*HEELS)
    return finding("camera-close-or-high", value=step, limit=limit, region_px=region)


def check_head(scene: PersonScene, limits: Limits) -> Finding | None:
    """A cropped head is allowed, and said."""
    if not scene.view.extent.crown_cut:
        return None
    return finding("head-cropped", region_px=scene.strip(0.0, limits.region.cut_share))


def check_feet(scene: PersonScene, limits: Limits) -> Finding | None:
    """Cropped feet are allowed, and said."""
    if not scene.view.extent.soles_cut:
        return None
    return finding("feet-not-seen", region_px=scene.strip(1.0 - limits.region.cut_share, 1.0))


def panorama(width_px: int, height_px: int) -> Finding:
    """What is said of a panorama in which nobody can be measured."""
    return finding("panorama", value=width_px / height_px, limit=PANORAMA_ASPECT)


PERSON_CHECKS: tuple[Check[PersonScene], ...] = (
    check_several_people,
    check_one_body,
    check_trunk_in_frame,
    check_stretch,
    check_trunk_size,
    check_side_on,
    check_facing,
    check_lean,
    check_level,
    check_seated,
    check_stride,
    check_perspective,
    check_head,
    check_feet,
)


def check_person(scene: PersonScene) -> tuple[Finding, ...]:
    """The findings of all checks of the person; in a turned picture the others mean nothing."""
    turned_picture = check_turned(scene, load_limits())
    if turned_picture is not None:
        return (turned_picture,)
    return run_checks(PERSON_CHECKS, scene)


def _is_squeezed(pose: Pose, limit: FrameLimits) -> bool:
    """Whether head and trunk have no body's proportions: they are imagined in a pair of legs."""
    shoulder_m, hip_m, knee_m, ankle_m = (
        pose.world_m[list(pair)].mean(axis=0) for pair in (SHOULDERS, HIPS, KNEES, ANKLES)
    )
    leg_m = float(np.linalg.norm(hip_m - knee_m) + np.linalg.norm(knee_m - ankle_m))
    trunk_m = float(np.linalg.norm(shoulder_m - hip_m))
    neck_px = float(np.linalg.norm(pose.point(*EARS) - pose.point(*SHOULDERS)))
    short_legs = leg_m < limit.min_leg_share * trunk_m
    return short_legs and neck_px < limit.min_neck_share * pose.trunk_px


def _ends_are_unseen(scene: PersonScene, minimum: float) -> bool:
    """Whether neither head nor knees are seen where the picture has room for knees.

    Of a trunk that is there, one of them shows; in a lone pair of legs all of it is imagined.
    """
    pose = scene.view.pose
    knees_in = bool((pose.points_px[list(KNEES), 1] < scene.height_px).all())
    return knees_in and float(pose.visibility[[*EARS, *KNEES]].max()) < minimum


def _lean_deg(up_px: NDArray[np.float64] | tuple[float, float]) -> float:
    """How far a line (2,) of the body leans to the right of the picture, -180 to 180."""
    return float(np.degrees(np.arctan2(up_px[0], -up_px[1])))


def _stride(pose: Pose) -> float:
    """How far the ankles are apart in the picture, in trunk lengths."""
    return float(np.ptp(pose.points_px[list(ANKLES), 0])) / pose.trunk_px


def _gap_px(a: Pose, b: Pose) -> float:
    """Horizontal gap between two people's landmarks; negative when they overlap."""
    a_x, b_x = a.points_px[:, 0], b.points_px[:, 0]
    return float(max(a_x.min() - b_x.max(), b_x.min() - a_x.max()))
