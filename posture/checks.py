"""Photo checks: may this photo be measured, and what should be better?

Each check is a small function of what was seen, with one shape: it returns a finding with its
value and limit, or None.  To add one, write the function, list it in PERSON_CHECKS,
OUTLINE_CHECKS or RESULT_CHECKS, give it a sentence in ``data/findings.toml`` and a limit in
``data/checks.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import grey_opening

from posture.alignment import turned
from posture.findings import Finding, Region, finding
from posture.hair import STEADIED
from posture.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS, Landmark
from posture.level import CameraLevel
from posture.measurement import Outline, View, worst_stretch_mm
from posture.pose import Pose
from posture.reach import beyond_body, thighs_width
from posture.silhouette import MASK_LEVEL, STEP_MM, PosteriorContour, sample_strip
from posture.texts import texts
from posture.uncertainty import CurveError

Limits = Mapping[str, Mapping[str, float]]

# How far above the shoulders the neck is looked at.
NECK_MM = 140.0
# What is marked reaches this far round the landmarks, in trunk lengths.
REGION_MARGIN = 0.1
# Share of the picture's height that is marked where somebody is cut off.
CUT_SHARE = 0.04
# Turned this far, both ways to side-on are about as long.
FRONT_OR_BACK_DEG = 70.0
# A hem is a step within this height.
HEM_MM = 12.0
# Nominal mm above mid-hip: where a back flares out above its hollow, where waistbands end, and
# where tops end that are worn outside.
ABOVE_WAIST_MM = (130.0, 380.0)
WAISTBAND_MM = (80.0, 260.0)
TOP_HEM_MM = (-130.0, 40.0)
# Colours are compared this far above and below a hem, for the edge's colours are averaged along it.
HEM_BLUR_MM = 20.0
# Nothing of a back that is narrower than this stands out of the waist, between these levels above
# mid-hip.
POKING_WIDTH_MM = 70.0
POKED_MM = (40.0, 330.0)
# Nor does a back step within this height, from a row between these levels on: above hems, below the
# shoulders.
STEP_WITHIN_MM = 8.0
STEPPED_MM = (128.0, 434.0)
# Nor is a back straight for so long, between these levels.
STRAIGHT_MM = 400.0
BOWED_MM = (-60.0, 460.0)

ARM_CHAINS = tuple(
    (
        Landmark[f"{side}_SHOULDER"],
        Landmark[f"{side}_ELBOW"],
        Landmark[f"{side}_WRIST"],
        Landmark[f"{side}_INDEX"],
    )
    for side in ("LEFT", "RIGHT")
)


@dataclass(frozen=True)
class Scene:
    """What a check may look at.

    Attributes:
        people: everybody found in the photo, analysed pixels, the measured one first.
        view: the measured person.
        width_px, height_px: of the analysed image.
        px_ratio: photo pixels per analysed pixel.
        level: how the camera was turned; None when nothing tells.
        edge_width_px: of the steepest edges on the trunk, analysed pixels.
        outline: None before the outline is traced.
        error: of the measured curve; None without one.
    """

    people: tuple[Pose, ...]
    view: View
    width_px: int
    height_px: int
    px_ratio: float
    level: CameraLevel | None = None
    edge_width_px: float = 0.0
    outline: Outline | None = None
    error: CurveError | None = None

    @property
    def trunk_region(self) -> Region:
        """Box round shoulders and hips, in pixels of the photo."""
        pose = self.view.pose
        return self.region(pose.points_px[[*SHOULDERS, *HIPS]], REGION_MARGIN * pose.trunk_px)

    def strip(self, top: float, bottom: float) -> Region:
        """The full width of the photo between two shares of its height, in its pixels."""
        size = np.array([self.width_px, self.height_px])
        return self.region(np.array([(0.0, top), (1.0, bottom)]) * size)

    def region(self, points_px: NDArray[np.float64], margin_px: float = 0.0) -> Region:
        """Box round analysed-pixel points, in pixels of the photo, inside the photo."""
        size = np.array([self.width_px, self.height_px])
        low = np.clip(points_px.min(axis=0) - margin_px, 0, size) * self.px_ratio
        high = np.clip(points_px.max(axis=0) + margin_px, 0, size) * self.px_ratio
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


Check = Callable[[Scene, Limits], Finding | None]
# Whether something is wrong, by what value, and the limit that it was held against.
Told = tuple[bool, float, float]


@cache
def load_limits() -> Limits:
    """The thresholds of ``data/checks.toml``, by section and name."""
    text = resources.files("posture").joinpath("data/checks.toml").read_text(encoding="utf-8")
    limits: Limits = tomllib.loads(text)
    return limits


def run_checks(checks: tuple[Check, ...], scene: Scene) -> tuple[Finding, ...]:
    """The findings of all `checks`, in their order."""
    limits = load_limits()
    return tuple(item for check in checks if (item := check(scene, limits)) is not None)


def check_several_people(scene: Scene, limits: Limits) -> Finding | None:
    """Somebody else of similar size or close by, or clearly smaller and apart."""
    limit = limits["several_people"]
    main, others = scene.people[0], scene.people[1:]
    sizes = [other.trunk_px / main.trunk_px for other in others]
    if not sizes or max(sizes) < limit["background_size_ratio"]:
        return None
    gap = min(_gap_px(main, other) for other in others) / main.trunk_px
    mixed_up = gap <= limit["clear_gap"] or max(sizes) >= limit["similar_size_ratio"]
    return finding(
        "several-people" if mixed_up else "others-in-background",
        value=max(sizes),
        limit=limit["similar_size_ratio"],
        region_px=scene.region(others[int(np.argmax(sizes))].points_px),
    )


def check_one_body(scene: Scene, limits: Limits) -> Finding | None:
    """Nothing in the person's mask further from the skeleton than a body reaches; slim thighs.

    Where the head is cut off the skeleton itself is too unsure; in a stride, or from in front, both
    thighs show.
    """
    pose, limit = scene.view.pose, limits["several_people"]
    if scene.view.extent.crown_cut:
        return None
    stray = beyond_body(pose, limits["body_reach"])
    width = thighs_width(pose)
    if stray is not None and stray.area > limit["max_stray_area"]:
        value, most, points_px = stray.area, limit["max_stray_area"], stray.corners_px
    elif (
        width > limit["max_thighs_width"]
        and _stride(pose) <= limits["stance"]["warn_stride"]
        and abs(scene.view.yaw_deg) <= limits["side_on"]["refuse_yaw_deg"]
    ):
        value, most = width, limit["max_thighs_width"]
        points_px = pose.points_px[[*HIPS, *KNEES]]
    else:
        return None
    region = scene.region(points_px)
    return finding("more-than-one-body", value=value, limit=most, region_px=region)


def check_trunk_in_frame(scene: Scene, limits: Limits) -> Finding | None:
    """Shoulders, hips and the top of the thighs must lie inside the picture."""
    margin = limits["frame"]["margin_px"]
    pose = scene.view.pose
    trunk = pose.points_px[[*SHOULDERS, *HIPS]]
    # Knees outside the picture are guessed too near; the trunk's length is a second opinion.
    hip = pose.point(*HIPS)
    thigh = hip + 0.35 * (pose.point(*KNEES) - hip)
    below = hip + np.array([0.0, limits["frame"]["below_hips"] * pose.trunk_px])
    points = np.vstack([trunk, thigh, below])
    inside = (points > margin) & (points < (scene.width_px - margin, scene.height_px - margin))
    minimum = limits["person"]["min_visibility"]
    seen = float(pose.visibility[[*SHOULDERS, *HIPS]].max()) >= minimum
    imagined = _is_squeezed(pose, limits["frame"]) or _ends_are_unseen(scene, minimum)
    if inside.all() and seen and not imagined:
        return None
    return finding("trunk-out-of-frame", region_px=scene.region(points))


def check_trunk_size(scene: Scene, limits: Limits) -> Finding | None:
    """Enough pixels along the trunk."""
    limit = limits["resolution"]
    trunk_px = scene.view.pose.trunk_px * scene.px_ratio
    for code, name in (("trunk-too-small", "refuse_trunk_px"), ("trunk-small", "warn_trunk_px")):
        if trunk_px < limit[name]:
            return finding(code, value=trunk_px, limit=limit[name], region_px=scene.trunk_region)
    return None


def check_side_on(scene: Scene, limits: Limits) -> Finding | None:
    """The body must be seen from the side."""
    limit = limits["side_on"]
    pose = scene.view.pose
    yaw = abs(scene.view.yaw_deg)
    width = float(np.ptp(pose.points_px[list(SHOULDERS), 0])) / pose.trunk_px
    if yaw > limit["refuse_yaw_deg"] or width > limit["refuse_shoulder_width"]:
        code, name = "not-side-on", "refuse_yaw_deg"
    elif yaw > limit["warn_yaw_deg"]:
        code, name = "turned-away-from-side", "warn_yaw_deg"
    else:
        return None
    where = texts()["turn"][_way_to_side_on(scene.view)]
    return finding(code, value=yaw, limit=limit[name], region_px=scene.trunk_region, where=where)


def _way_to_side_on(view: View) -> str:
    """Where the person must turn: to their "left" or "right", or "either" way from front or back.

    Somebody who faces right in the picture has their left side away from the camera; showing some
    of their front, they must turn to it.
    """
    if view.facing is None or abs(view.yaw_deg) > FRONT_OR_BACK_DEG:
        return "either"
    return "left" if (view.facing == "right") == (view.yaw_deg > 0) else "right"


def check_facing(scene: Scene, limits: Limits) -> Finding | None:
    """Head, feet, shoulders and hips must agree on a direction."""
    minimum = limits["side_on"]["min_facing"]
    strength = scene.view.facing_strength
    if scene.view.facing is not None and strength >= minimum:
        return None
    region = scene.region(scene.view.pose.points_px)
    return finding("facing-unclear", value=strength, limit=minimum, region_px=region)


def check_lean(scene: Scene, limits: Limits) -> Finding | None:
    """Standing upright; against the photo's vertical when the camera's turn is unknown."""
    limit = limits["trunk"]
    pose = scene.view.pose
    roll_deg = 0.0 if scene.level is None else scene.level.roll_deg
    x, y = turned(pose.point(*SHOULDERS) - pose.point(*HIPS), roll_deg)
    lean_deg = abs(float(np.degrees(np.arctan2(x, -y))))
    for code, name in (("leaning", "refuse_lean_deg"), ("leaning-slightly", "warn_lean_deg")):
        if lean_deg > limit[name]:
            return finding(code, value=lean_deg, limit=limit[name], region_px=scene.trunk_region)
    return None


def check_level(scene: Scene, limits: Limits) -> Finding | None:
    """The camera held level, or nobody knows."""
    limit = limits["level"]["warn_roll_deg"]
    if scene.level is None:
        return finding("camera-level-unknown")
    roll_deg = scene.level.roll_deg
    if abs(roll_deg) <= limit:
        return None
    back = texts()["camera_turn"]["counterclockwise" if roll_deg > 0 else "clockwise"]
    return finding("camera-tilted", value=abs(roll_deg), limit=limit, where=back)


def check_seated(scene: Scene, limits: Limits) -> Finding | None:
    """Thighs down, not forward; in world coordinates, which do not depend on the view."""
    limit = limits["stance"]["refuse_thigh_deg"]
    world = scene.view.pose.world_m
    x, y, z = (world[list(KNEES)] - world[list(HIPS)]).mean(axis=0)
    thigh_deg = float(np.degrees(np.arctan2(np.hypot(x, z), y)))
    if thigh_deg <= limit:
        return None
    region = scene.region(scene.view.pose.points_px[[*HIPS, *KNEES]])
    return finding("seated", value=thigh_deg, limit=limit, region_px=region)


def check_stride(scene: Scene, limits: Limits) -> Finding | None:
    """Feet side by side."""
    limit = limits["stance"]["warn_stride"]
    pose = scene.view.pose
    stride = _stride(pose)
    if scene.view.extent.soles_cut or stride <= limit:
        return None
    region = scene.region(pose.points_px[list(ANKLES)], REGION_MARGIN * pose.trunk_px)
    return finding("walking", value=stride, limit=limit, region_px=region)


def check_perspective(scene: Scene, limits: Limits) -> Finding | None:
    """The nearer foot stands lower in the picture, the more so the nearer and higher the camera."""
    limit = limits["stance"]["warn_heel_step"]
    pose = scene.view.pose
    step = float(np.ptp(pose.points_px[list(HEELS), 1])) / pose.trunk_px
    if scene.view.extent.soles_cut or step <= limit:
        return None
    region = scene.region(pose.points_px[list(HEELS)], REGION_MARGIN * pose.trunk_px)
    return finding("camera-close-or-high", value=step, limit=limit, region_px=region)


def check_head(scene: Scene, limits: Limits) -> Finding | None:
    """A cropped head is allowed, and said."""
    if not scene.view.extent.crown_cut:
        return None
    return finding("head-cropped", region_px=scene.strip(0.0, CUT_SHARE))


def check_feet(scene: Scene, limits: Limits) -> Finding | None:
    """Cropped feet are allowed, and said."""
    if not scene.view.extent.soles_cut:
        return None
    return finding("feet-not-seen", region_px=scene.strip(1.0 - CUT_SHARE, 1.0))


def check_outline_found(scene: Scene, limits: Limits) -> Finding | None:
    """The mask has a rear edge on nearly every row between hips and shoulders."""
    outline = _traced(scene)
    rows = (outline.mask.up_mm > 0) & (outline.mask.up_mm < 0.9 * _shoulder_up_mm(scene))
    share = float(np.isfinite(outline.mask.back_mm[rows]).mean())
    minimum = limits["outline"]["min_found"]
    if share >= minimum:
        return None
    return finding("outline-unclear", value=share, limit=minimum, region_px=scene.trunk_region)


def check_behind(scene: Scene, limits: Limits) -> Finding | None:
    """The outline lies no further behind the landmarks than a back can; nothing stands out of it.

    No back is straight from the buttocks to the shoulder blades, as the edge of a board is.  Where
    the rival outline goes as far in as it can, the back may lie anywhere.  Where the photo is sharp
    and the mask hesitates all along, it cannot tell what is the person's.
    """
    outline, limit = _traced(scene), limits["outline"]
    curve, mask = outline.silhouette_curve, outline.mask
    if curve is None:
        return None
    step_mm = float(np.abs(_steps_mm(mask, STEP_WITHIN_MM, STEPPED_MM)).max())
    bow_mm = _least_bow_mm(outline.edge.contour if outline.edge else mask)
    hesitation_mm = _hesitation_mm(scene) if _is_sharp(scene, limits) else 0.0
    told = (
        _at_most(curve.thoracic[1], limit["max_thoracic_mm"]),
        _at_most(curve.lumbar[1], limit["max_lumbar_mm"]),
        _at_most(_poking_out_mm(mask), limit["max_poking_out_mm"]),
        _at_most(step_mm, limit["max_step_mm"]),
        _at_least(bow_mm, limit["min_bow_mm"]),
        _at_most(_rival_mm(scene), limit["max_rival_mm"]),
        _at_most(hesitation_mm, limits["sharpness"]["refuse_hesitation_mm"]),
    )
    return _first_wrong(scene, "something-behind-back", _hollow_rows(scene), told)


def check_hair(scene: Scene, limits: Limits) -> Finding | None:
    """Hair on the back: its colour runs on from the head, or a layer of it lies on the back.

    Behind the neck the outline steps inwards, and hair that falls on the back fills that step; the
    more so where its colour cannot be told from skin.
    """
    if scene.view.extent.crown_cut:
        return None
    hair, limit, shoulder_mm = _traced(scene).hair, limits["hair"], _shoulder_up_mm(scene)
    neck = "min_neck_step_mm" if hair.end_mm is None else "min_neck_step_with_colour_mm"
    told = [
        _at_least(_neck_step_mm(scene), limit[neck]),
        _at_most(hair.layer_mm, limit["max_layer_mm"]),
    ]
    if hair.end_mm is not None:
        told.append(_at_least(hair.end_mm - shoulder_mm, limit["min_above_shoulders_mm"]))
    up_mm = _traced(scene).mask.up_mm
    rows = (up_mm > 0.6 * shoulder_mm) & (up_mm < 0.95 * shoulder_mm)
    return _first_wrong(scene, "hair-over-back", rows, told)


def check_clothing(scene: Scene, limits: Limits) -> Finding | None:
    """A top that hangs: it ends below the hips, falls plumb from the blades, or has a loose hem."""
    outline, limit = _traced(scene), limits["clothing"]
    waist, hem = _colour_change(outline, WAISTBAND_MM), _colour_change(outline, TOP_HEM_MM)
    flare_deg, step_mm = _flare_deg(outline), _hem_step_mm(outline, limit)
    outside = hem > max(limit["min_hem_edge"], waist)
    plumb = flare_deg < limit["min_flare_deg"] and waist < limit["max_waist_edge"]
    told = (
        (outside, hem, limit["min_hem_edge"]),
        (plumb, flare_deg, limit["min_flare_deg"]),
        _at_most(step_mm, limit["max_hem_step_mm"]),
    )
    return _first_wrong(scene, "clothing-loose", _hollow_rows(scene), told)


def check_fold(scene: Scene, limits: Limits) -> Finding | None:
    """No fold of a shirt that bulges over the belt, for it bends more tightly than a back.

    The mean bend between the inflection points is the angle over their distance.
    """
    curve, limit = _traced(scene).silhouette_curve, limits["clothing"]
    if curve is None:
        return None
    bend = 10 * curve.slca_deg / max(curve.inflections_apart, STEP_MM)
    graded = (
        ("clothing-bunched", _at_most(bend, limit["refuse_bend_deg_per_cm"])),
        ("clothing-bunched-slightly", _at_most(bend, limit["warn_bend_deg_per_cm"])),
    )
    return _first_grade(scene, _hollow_rows(scene), graded)


def check_light(scene: Scene, limits: Limits) -> Finding | None:
    """Neither black nor white on both sides of the outline."""
    edge, limit = _traced(scene).edge, limits["light"]
    if edge is None:
        return None
    rows = _hollow_rows(scene)
    region = _outline_region(scene, rows)
    body = float(np.median(edge.body_lab[rows, 0]))
    background = float(np.median(edge.background_lab[rows, 0]))
    lightest, darkest = max(body, background), min(body, background)
    if lightest < limit["dark_lightness"]:
        return finding("too-dark", value=lightest, limit=limit["dark_lightness"], region_px=region)
    if darkest > limit["burnt_lightness"]:
        return finding("burnt-out", value=darkest, limit=limit["burnt_lightness"], region_px=region)
    return None


def check_contrast(scene: Scene, limits: Limits) -> Finding | None:
    """Body and background differ along the hollow, and it is clear where the outline runs."""
    edge, limit = _traced(scene).edge, limits["light"]
    if edge is None:
        return None
    rows = _hollow_rows(scene)
    faint_share = float((edge.contrast[rows] < limit["min_contrast"]).mean())
    hesitation_mm = float(np.percentile(edge.hesitation_mm[rows], 90))
    told = (
        _at_most(faint_share, limit["max_faint_share"]),
        _at_most(worst_stretch_mm(edge.doubt_mm[rows]), limit["max_doubt_mm"]),
        _at_most(_rival_mm(scene), limit["max_rival_mm"]),
        _at_most(hesitation_mm, limit["max_hesitation_mm"]),
    )
    return _first_wrong(scene, "outline-faint", rows, told)


def check_sharpness(scene: Scene, limits: Limits) -> Finding | None:
    """Edges must be edges."""
    edge, limit = _traced(scene).edge, limits["sharpness"]
    if edge is None:
        return None
    rows = _hollow_rows(scene)
    clear = rows & (edge.contrast > limits["light"]["min_contrast"])
    softness_mm = float(np.median(edge.softness_mm[clear])) if clear.any() else 0.0
    hesitation_mm = 0.0 if _is_sharp(scene, limits) else _hesitation_mm(scene)
    graded = (
        ("blurred", _at_most(hesitation_mm, limit["refuse_hesitation_mm"])),
        ("blurred", _at_most(_edge_width_mm(scene), limit["refuse_edge_width_mm"])),
        ("blurred-slightly", _at_most(softness_mm, limit["warn_softness_mm"])),
    )
    return _first_grade(scene, rows, graded)


def _poking_out_mm(contour: PosteriorContour) -> float:
    """How far a thing narrower than :data:`POKING_WIDTH_MM` stands out of the waist.

    The white top-hat (Serra 1982): what goes when the line is opened with that length.
    """
    back_mm = contour.bridged(contour.up_mm)
    if back_mm is None:
        return 0.0
    out_mm = back_mm - grey_opening(back_mm, (round(POKING_WIDTH_MM / STEP_MM),))
    low_mm, high_mm = POKED_MM
    waist = (contour.up_mm >= low_mm) & (contour.up_mm <= high_mm)
    return float(np.max(out_mm[waist]))


def _least_bow_mm(contour: PosteriorContour) -> float:
    """How far from straight the outline is where it is straightest over :data:`STRAIGHT_MM`.

    The standard deviation from the straight line of least squares.
    """
    back_mm = contour.bridged(np.arange(*BOWED_MM, STEP_MM))
    if back_mm is None:
        return np.inf
    stretches = sliding_window_view(back_mm, round(STRAIGHT_MM / STEP_MM))
    along = np.linspace(-1.0, 1.0, stretches.shape[1])
    slopes = stretches @ along / (along @ along)
    bows = stretches - stretches.mean(axis=1, keepdims=True) - slopes[:, None] * along
    return float(bows.std(axis=1).min())


def _is_sharp(scene: Scene, limits: Limits) -> bool:
    """Whether a mask that hesitates does so for what is behind, not for blur."""
    return _edge_width_mm(scene) <= limits["sharpness"]["sharp_edge_width_mm"]


def _edge_width_mm(scene: Scene) -> float:
    """Width of the steepest edges of the trunk."""
    return scene.edge_width_px / _traced(scene).frame.px_per_nominal_mm


def _hesitation_mm(scene: Scene) -> float:
    """Median width of the zone in which the mask is unsure, 0 where it was not looked at."""
    edge = _traced(scene).edge
    return 0.0 if edge is None else float(np.median(edge.hesitation_mm[_hollow_rows(scene)]))


def _rival_mm(scene: Scene) -> float:
    """How far the rival outline runs from the outline where it is furthest; 0 without one."""
    edge = _traced(scene).edge
    if edge is None:
        return 0.0
    off_mm = np.abs(edge.rival_mm - edge.contour.back_mm)
    return worst_stretch_mm(off_mm[_hollow_rows(scene)])


def check_arms(scene: Scene, limits: Limits) -> Finding | None:
    """No arm or hand at the outline between buttocks and shoulder blades.

    An arm whose own edge is the outline runs along it at the distance of its half width; the far
    one is hidden, and landmarks of arms are only good to some centimetres.
    """
    outline, limit = _traced(scene), limits["arm"]
    rows = _hollow_rows(scene)
    inside_mm = np.min([_arm_inside_mm(scene.view.pose, outline, a) for a in ARM_CHAINS], axis=0)
    inside_mm[~rows] = np.inf
    behind = bool(inside_mm.min() < limit["poking_out_mm"]) or _hand_is_behind(scene, limit)
    touching_mm, close_mm = (
        STEP_MM * int((inside_mm < limit[name]).sum()) for name in ("half_width_mm", "close_mm")
    )
    if behind or touching_mm >= limit["refuse_along_mm"]:
        code, name, along_mm = "arm-over-back", "refuse_along_mm", touching_mm
    elif touching_mm >= limit["warn_along_mm"]:
        code, name, along_mm = "arm-near-back", "warn_along_mm", touching_mm
    elif close_mm >= limit["warn_along_mm"]:
        code, name, along_mm = "arm-beside-back", "warn_along_mm", close_mm
    else:
        return None
    region = _outline_region(scene, rows)
    return finding(code, value=along_mm, limit=limit[name], region_px=region)


def check_certainty(scene: Scene, limits: Limits) -> Finding | None:
    """An angle that may be anything says nothing."""
    limit = limits["outline"]["max_ci95_deg"]
    if scene.error is None or scene.error.slca_deg <= limit:
        return None
    return finding(
        "too-uncertain",
        value=scene.error.slca_deg,
        limit=limit,
        region_px=_outline_region(scene, _hollow_rows(scene)),
    )


PERSON_CHECKS: tuple[Check, ...] = (
    check_several_people,
    check_one_body,
    check_trunk_in_frame,
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
OUTLINE_CHECKS: tuple[Check, ...] = (
    check_outline_found,
    check_behind,
    check_hair,
    check_clothing,
    check_fold,
    check_light,
    check_sharpness,
    check_contrast,
    check_arms,
)
RESULT_CHECKS: tuple[Check, ...] = (check_certainty,)


def _at_most(value: float, limit: float) -> Told:
    return (value > limit, value, limit)


def _at_least(value: float, limit: float) -> Told:
    return (value < limit, value, limit)


def _first_wrong(
    scene: Scene, code: str, rows: NDArray[np.bool_], told: Iterable[Told]
) -> Finding | None:
    """The finding `code`, marked on these rows (n,) of the outline, for the first that is wrong."""
    return _first_grade(scene, rows, ((code, item) for item in told))


def _first_grade(
    scene: Scene, rows: NDArray[np.bool_], graded: Iterable[tuple[str, Told]]
) -> Finding | None:
    """As :func:`_first_wrong`, each with a code of its own, the worst first."""
    for code, (wrong, value, limit) in graded:
        if wrong:
            region = _outline_region(scene, rows)
            return finding(code, value=value, limit=limit, region_px=region)
    return None


def _traced(scene: Scene) -> Outline:
    assert scene.outline is not None, "outline checks run after the outline is traced"
    return scene.outline


def _hollow_rows(scene: Scene) -> NDArray[np.bool_]:
    """Rows (n,) of the outline between buttocks and shoulder blades."""
    up_mm = _traced(scene).mask.up_mm
    return np.asarray((up_mm > 0) & (up_mm < 0.75 * _shoulder_up_mm(scene)))


def _neck_step_mm(scene: Scene) -> float:
    """How far the shoulder blades stand behind the neck."""
    outline, shoulder_mm = _traced(scene), _shoulder_up_mm(scene)
    neck_mm = np.arange(shoulder_mm, shoulder_mm + NECK_MM, 10.0)
    columns_mm = np.arange(-150.0, 300.0, 3.0)
    body = sample_strip(scene.view.pose.mask, outline.frame, neck_mm, columns_mm) >= MASK_LEVEL
    rearmost = np.where(body, columns_mm, -np.inf).max(axis=1)
    blades = (outline.mask.up_mm > 0.6 * shoulder_mm) & (outline.mask.up_mm < 0.95 * shoulder_mm)
    return float(np.nanmax(outline.seen_line[blades]) - rearmost.min())


def _colour_change(outline: Outline, levels_mm: tuple[float, float]) -> float:
    """Strongest change of the body's colour along the outline between two levels, Lab units."""
    if outline.edge is None:
        return 0.0
    reach = round(HEM_BLUR_MM / STEP_MM)
    lab = outline.edge.body_lab * STEADIED
    change = np.linalg.norm(lab[2 * reach :] - lab[: -2 * reach], axis=1)
    at_mm = outline.mask.up_mm[reach:-reach]
    return float(change[(at_mm > levels_mm[0]) & (at_mm < levels_mm[1])].max())


def _flare_deg(outline: Outline) -> float:
    """How far the outline above the waist turns back from the plumb line, at its steepest."""
    plumb_up, plumb_back = outline.frame.from_px(outline.frame.origin_px + np.array([0.0, -1.0]))
    up_mm = outline.mask.up_mm
    above = (up_mm > ABOVE_WAIST_MM[0]) & (up_mm < ABOVE_WAIST_MM[1])
    slope = np.gradient(outline.seen_line, STEP_MM)[above]
    flare = np.degrees(np.arctan(slope) - np.arctan2(plumb_back, plumb_up))
    return float(np.percentile(flare, 90))


def _hem_step_mm(outline: Outline, limit: Mapping[str, float]) -> float:
    """Largest inward step of the outline within the height of a hem."""
    contour = outline.edge.contour if outline.edge else outline.mask
    return float(_steps_mm(contour, HEM_MM, (limit["hem_from_mm"], limit["hem_to_mm"])).max())


def _steps_mm(
    contour: PosteriorContour, within_mm: float, levels_mm: tuple[float, float]
) -> NDArray[np.float64]:
    """How much further back the outline lies so far above each row between two levels."""
    reach = round(within_mm / STEP_MM)
    further_mm = np.nan_to_num(contour.back_mm[reach:] - contour.back_mm[:-reach])
    from_mm = contour.up_mm[:-reach]
    return np.asarray(further_mm[(from_mm > levels_mm[0]) & (from_mm < levels_mm[1])])


def _outline_region(scene: Scene, rows: NDArray[np.bool_]) -> Region:
    outline = _traced(scene)
    points = outline.frame.to_px(outline.mask.up_mm[rows], outline.seen_line[rows])
    return scene.region(points, 20 * outline.frame.px_per_nominal_mm)


def _is_squeezed(pose: Pose, limit: Mapping[str, float]) -> bool:
    """Whether head and trunk have no body's proportions: they are imagined in a pair of legs."""
    shoulder_m, hip_m, knee_m, ankle_m = (
        pose.world_m[list(pair)].mean(axis=0) for pair in (SHOULDERS, HIPS, KNEES, ANKLES)
    )
    leg_m = float(np.linalg.norm(hip_m - knee_m) + np.linalg.norm(knee_m - ankle_m))
    trunk_m = float(np.linalg.norm(shoulder_m - hip_m))
    neck_px = float(np.linalg.norm(pose.point(*EARS) - pose.point(*SHOULDERS)))
    short_legs = leg_m < limit["min_leg_share"] * trunk_m
    return short_legs and neck_px < limit["min_neck_share"] * pose.trunk_px


def _ends_are_unseen(scene: Scene, minimum: float) -> bool:
    """Whether neither head nor knees are seen where the picture has room for knees.

    Of a trunk that is there, one of them shows; in a lone pair of legs all of it is imagined.
    """
    pose = scene.view.pose
    knees_in = bool((pose.points_px[list(KNEES), 1] < scene.height_px).all())
    return knees_in and float(pose.visibility[[*EARS, *KNEES]].max()) < minimum


def _stride(pose: Pose) -> float:
    """How far the ankles are apart in the picture, in trunk lengths."""
    return float(np.ptp(pose.points_px[list(ANKLES), 0])) / pose.trunk_px


def _gap_px(a: Pose, b: Pose) -> float:
    """Horizontal gap between two people's landmarks; negative when they overlap."""
    a_x, b_x = a.points_px[:, 0], b.points_px[:, 0]
    return float(max(a_x.min() - b_x.max(), b_x.min() - a_x.max()))


def _shoulder_up_mm(scene: Scene) -> float:
    frame = _traced(scene).frame
    return float(frame.from_px(scene.view.pose.point(*SHOULDERS))[0])


def _hand_is_behind(scene: Scene, limit: Mapping[str, float]) -> bool:
    """A hand above the hips and behind the line from hips to shoulders."""
    hands = [mark for chain in ARM_CHAINS for mark in chain[2:]]
    up_mm, back_mm = _traced(scene).frame.from_px(scene.view.pose.points_px[hands]).T
    return bool(((up_mm > limit["hand_above_mm"]) & (back_mm > limit["hand_behind_mm"])).any())


def _arm_inside_mm(
    pose: Pose, outline: Outline, chain: tuple[Landmark, ...]
) -> NDArray[np.float64]:
    """How far (n,) inside the outline the arm's centre line runs, inf on rows without an arm."""
    joints = outline.frame.from_px(pose.points_px[list(chain)])
    steps = np.linspace(0, 1, 100)[:, None]
    points = np.vstack([a + (b - a) * steps for a, b in pairwise(joints)])
    up_mm = outline.mask.up_mm
    row = np.round((points[:, 0] - up_mm[0]) / STEP_MM).astype(int)
    held = (row >= 0) & (row < len(up_mm))
    arm_mm = np.full(len(up_mm), -np.inf)
    np.maximum.at(arm_mm, row[held], points[held, 1])
    return np.asarray(np.nan_to_num(outline.seen_line) - arm_mm)
