"""Checks of what covers the back: hair, clothes, arms."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from posture._support.tables import Span
from posture.checks.limits import ArmLimits, ClothingLimits, HairLimits, Limits, load_limits
from posture.checks.scene import (
    Criterion,
    OutlineScene,
    Rows,
    at_least,
    at_most,
    first_violated,
    worst_violated,
)
from posture.findings import Finding, finding
from posture.outline.hair import STEADIED
from posture.outline.mask_outline import sample_strip
from posture.outline.smoothing import STEP_MM
from posture.outline.trace import Outline
from posture.outline.worn import WornSigns, worn_signs
from posture.pose.landmarks import Landmark
from posture.pose.mask import MASK_LEVEL
from posture.pose.record import Pose

ARM_CHAINS = tuple(
    (
        Landmark[f"{side}_SHOULDER"],
        Landmark[f"{side}_ELBOW"],
        Landmark[f"{side}_WRIST"],
        Landmark[f"{side}_INDEX"],
    )
    for side in ("LEFT", "RIGHT")
)


def check_hair(scene: OutlineScene, limits: Limits) -> Finding | None:
    """Hair on the back: its colour runs on from the head, or a layer of it lies on the back.

    Behind the neck the outline steps inwards, and hair that falls on the back fills that step; the
    more so where its colour cannot be told from skin.
    """
    if scene.view.extent.crown_cut:
        return None
    hair, limit, shoulder_mm = scene.outline.hair, limits.hair, scene.shoulder_up_mm
    told = hair.end_mm is not None
    least_step_mm = limit.min_neck_step_with_colour_mm if told else limit.min_neck_step_mm
    criteria = [
        at_least(_neck_step_mm(scene, limit), least_step_mm),
        at_most(hair.layer_mm, limit.max_layer_mm),
    ]
    if hair.end_mm is not None:
        criteria.append(at_least(hair.end_mm - shoulder_mm, limit.min_above_shoulders_mm))
    return first_violated(scene, "hair-over-back", _blades(scene, limit), criteria)


def check_clothing(scene: OutlineScene, limits: Limits) -> Finding | None:
    """A top that hangs: it ends below the hips, falls plumb from the blades, or has a loose hem.

    One that ends outside with a step, and falls anywhere near plumb, tells nothing of the back.
    """
    limit = limits.clothing
    outside, plumb, hem_step = _hanging(scene.outline, limit)
    free = plumb.value < limit.hanging_flare_deg and hem_step.value > limit.hanging_step_mm
    hangs = Criterion(outside.violated and free, plumb.value, limit.hanging_flare_deg)
    graded = [("clothing-hangs", hangs)]
    graded += [("clothing-loose", sign) for sign in (outside, plumb, hem_step)]
    return worst_violated(scene, scene.hollow_rows, graded)


def check_fold(scene: OutlineScene, limits: Limits) -> Finding | None:
    """No fold of a shirt that bulges over the belt, for it bends more tightly than a back."""
    if scene.reading is None:
        return None
    bend, limit = scene.reading.curve.bend_deg_per_cm, limits.clothing
    graded = (
        ("clothing-bunched", at_most(bend, limit.refuse_bend_deg_per_cm)),
        ("clothing-bunched-slightly", at_most(bend, limit.warn_bend_deg_per_cm)),
    )
    return worst_violated(scene, scene.hollow_rows, graded)


def _hanging(outline: Outline, limit: ClothingLimits) -> tuple[Criterion, Criterion, Criterion]:
    """The signs of a top that hangs."""
    waist, hem = (
        _colour_change(outline, levels_mm, limit.hem_blur_mm)
        for levels_mm in (limit.waistband_mm, limit.top_hem_mm)
    )
    flare_deg, step_mm = _flare_deg(outline, limit), _hem_step_mm(outline, limit)
    covered = _covered_mm(outline, limit) > limit.min_cover_mm
    outside = covered and hem > max(limit.min_hem_edge, waist)
    plumb = flare_deg < limit.min_flare_deg and waist < limit.max_waist_edge
    return (
        Criterion(outside, hem, limit.min_hem_edge),
        Criterion(plumb, flare_deg, limit.min_flare_deg),
        at_most(step_mm, limit.max_hem_step_mm),
    )


def check_worn(scene: OutlineScene, limits: Limits) -> Finding | None:
    """No thing with corners on the back: a pouch, a brace, a belt, a phone in a pocket."""
    signs, limit = _worn_signs(scene.outline), limits.worn
    if signs is None:
        return None
    graded = (
        ("something-worn", at_most(signs.corners_deg, limit.refuse_corners_deg)),
        ("something-worn-slightly", at_most(signs.corners_deg, limit.warn_corners_deg)),
        (
            "something-worn-slightly",
            at_most(signs.coloured_corner_deg, limit.warn_coloured_corner_deg),
        ),
    )
    return worst_violated(scene, scene.hollow_rows, graded)


def seems_worn(scene: OutlineScene) -> bool:
    """Whether something worn seems to make the outline."""
    return check_worn(scene, load_limits()) is not None


def _worn_signs(outline: Outline) -> WornSigns | None:
    """None where the outline was not refined: cells of the mask make corners of their own."""
    return None if outline.edge is None else worn_signs(outline.contour, outline.edge)


def check_arms(scene: OutlineScene, limits: Limits) -> Finding | None:
    """No arm or hand at the outline between buttocks and shoulder blades.

    An arm whose own edge is the outline runs along it at the distance of its half width; the far
    one is hidden, and landmarks of arms are only good to some centimetres.
    """
    limit, rows = limits.arm, scene.hollow_rows
    inside_mm = _arms_inside_mm(scene)
    behind = bool(inside_mm.min() < limit.poking_out_mm) or _hand_is_behind(scene, limit)
    touching_mm, close_mm = (
        STEP_MM * int((inside_mm < within_mm).sum())
        for within_mm in (limit.half_width_mm, limit.close_mm)
    )
    if behind or touching_mm >= limit.refuse_along_mm:
        code, most_mm, along_mm = "arm-over-back", limit.refuse_along_mm, touching_mm
    elif touching_mm >= limit.warn_along_mm:
        code, most_mm, along_mm = "arm-near-back", limit.warn_along_mm, touching_mm
    elif close_mm >= limit.warn_along_mm:
        code, most_mm, along_mm = "arm-beside-back", limit.warn_along_mm, close_mm
    else:
        return None
    region = scene.outline_region(rows)
    return finding(code, value=along_mm, limit=most_mm, region_px=region)


def arm_along_mm(scene: OutlineScene) -> float:
    """Length of outline between buttocks and shoulder blades that an arm seems to run along."""
    within_mm = load_limits().arm.half_width_mm
    return STEP_MM * int((_arms_inside_mm(scene) < within_mm).sum())


def _arms_inside_mm(scene: OutlineScene) -> NDArray[np.float64]:
    """How far (n,) inside the outline the nearer arm runs; inf on rows without one."""
    pose, outline = scene.view.pose, scene.outline
    inside_mm = np.min([_arm_inside_mm(pose, outline, arm) for arm in ARM_CHAINS], axis=0)
    inside_mm[~scene.hollow_rows] = np.inf
    return np.asarray(inside_mm, np.float64)


def _neck_step_mm(scene: OutlineScene, limit: HairLimits) -> float:
    """How far the shoulder blades stand behind the neck."""
    outline, shoulder_mm = scene.outline, scene.shoulder_up_mm
    neck_mm = np.arange(shoulder_mm, shoulder_mm + limit.neck_mm, limit.neck_step_mm)
    columns_mm = np.arange(*limit.columns_mm)
    body = sample_strip(scene.view.pose.mask, outline.frame, neck_mm, columns_mm) >= MASK_LEVEL
    rearmost = np.where(body, columns_mm, -np.inf).max(axis=1)
    return float(np.nanmax(outline.seen_line[_blades(scene, limit)]) - rearmost.min())


def _blades(scene: OutlineScene, limit: HairLimits) -> Rows:
    """Rows (n,) of the outline where the shoulder blades are."""
    up_mm, (low, high) = scene.outline.mask.up_mm, limit.blades
    shoulder_mm = scene.shoulder_up_mm
    return np.asarray((up_mm > low * shoulder_mm) & (up_mm < high * shoulder_mm))


def _colour_change(outline: Outline, levels_mm: Span, blur_mm: float) -> float:
    """Strongest change of the body's colour along the outline between two levels, Lab units."""
    if outline.edge is None:
        return 0.0
    half_rows = round(blur_mm / STEP_MM)
    lab = outline.edge.body_lab * STEADIED
    change = np.linalg.norm(lab[2 * half_rows :] - lab[: -2 * half_rows], axis=1)
    at_mm = outline.mask.up_mm[half_rows:-half_rows]
    return float(change[(at_mm > levels_mm[0]) & (at_mm < levels_mm[1])].max())


def _covered_mm(outline: Outline, limit: ClothingLimits) -> float:
    """How thick the clothes over the hollow are taken to be, in the mean."""
    up_mm, (low_mm, high_mm) = outline.mask.up_mm, limit.cover_mm
    hollow = (up_mm > low_mm) & (up_mm < high_mm)
    return float(np.broadcast_to(outline.cloth_mm, up_mm.shape)[hollow].mean())


def _flare_deg(outline: Outline, limit: ClothingLimits) -> float:
    """How far the outline above the waist turns back from the plumb line, at its steepest."""
    plumb_up, plumb_back = outline.frame.from_px(outline.frame.origin_px + np.array([0.0, -1.0]))
    up_mm, (low_mm, high_mm) = outline.mask.up_mm, limit.flare_mm
    above = (up_mm > low_mm) & (up_mm < high_mm)
    slope = np.gradient(outline.seen_line, STEP_MM)[above]
    flare = np.degrees(np.arctan(slope) - np.arctan2(plumb_back, plumb_up))
    return float(np.percentile(flare, limit.flare_percentile))


def _hem_step_mm(outline: Outline, limit: ClothingLimits) -> float:
    """Largest inward step of the outline within the height of a hem."""
    return float(outline.contour.steps_mm(limit.hem_height_mm, limit.hem_mm).max())


def _hand_is_behind(scene: OutlineScene, limit: ArmLimits) -> bool:
    """A hand above the hips and behind the line from hips to shoulders."""
    hands = [mark for chain in ARM_CHAINS for mark in chain[2:]]
    up_mm, back_mm = scene.outline.frame.from_px(scene.view.pose.points_px[hands]).T
    return bool(((up_mm > limit.hand_above_mm) & (back_mm > limit.hand_behind_mm)).any())


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
