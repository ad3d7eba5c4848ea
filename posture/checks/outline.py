"""Checks of the traced outline: is it found, is it the body's, is it seen clearly?"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from posture.checks.covering import check_arms, check_clothing, check_fold, check_hair, check_worn
from posture.checks.limits import Limits, OutlineLimits
from posture.checks.scene import (
    Check,
    OutlineScene,
    at_least,
    at_most,
    first_violated,
    worst_violated,
)
from posture.findings import Finding, finding
from posture.outline.filters import opened
from posture.outline.mask_outline import PosteriorContour
from posture.outline.smoothing import STEP_MM
from posture.outline.trace import worst_stretch_mm


def check_outline_found(scene: OutlineScene, limits: Limits) -> Finding | None:
    """The mask has a rear edge on nearly every row between hips and shoulders."""
    mask, limit = scene.outline.mask, limits.outline
    rows = (mask.up_mm > 0) & (mask.up_mm < limit.found_share * scene.shoulder_up_mm)
    share = float(np.isfinite(mask.back_mm[rows]).mean())
    if share >= limit.min_found:
        return None
    region = scene.trunk_region
    return finding("outline-unclear", value=share, limit=limit.min_found, region_px=region)


def check_behind(scene: OutlineScene, limits: Limits) -> Finding | None:
    """The outline lies no further behind the landmarks than a back can; nothing stands out of it.

    No back is straight from the buttocks to the shoulder blades, as the edge of a board is.  Where
    the rival outline goes as far in as it can, the back may lie anywhere.  Where the photo is sharp
    and the mask hesitates all along, it cannot tell what is the person's.
    """
    outline, limit = scene.outline, limits.outline
    mask = outline.mask
    if scene.reading is None:
        return None
    curve = scene.reading.curve
    step_mm = float(np.abs(mask.steps_mm(limit.step_height_mm, limit.stepped_mm)).max())
    bow_mm = _least_bow_mm(outline.contour, limit)
    hesitation_mm = _hesitation_mm(scene) if _is_sharp(scene, limits) else 0.0
    criteria = (
        at_most(curve.thoracic[1], limit.max_thoracic_mm),
        at_most(curve.lumbar[1], limit.max_lumbar_mm),
        at_most(_poking_out_mm(mask, limit), limit.max_poking_out_mm),
        at_most(step_mm, limit.max_step_mm),
        at_least(bow_mm, limit.min_bow_mm),
        at_most(_rival_mm(scene), limit.max_rival_mm),
        at_most(hesitation_mm, limits.sharpness.refuse_hesitation_mm),
    )
    return first_violated(scene, "something-behind-back", scene.hollow_rows, criteria)


def check_light(scene: OutlineScene, limits: Limits) -> Finding | None:
    """Neither black nor white on both sides of the outline."""
    edge, limit = scene.outline.edge, limits.light
    if edge is None:
        return None
    rows = scene.hollow_rows
    region = scene.outline_region(rows)
    body = float(np.median(edge.body_lab[rows, 0]))
    background = float(np.median(edge.background_lab[rows, 0]))
    lightest, darkest = max(body, background), min(body, background)
    if lightest < limit.dark_lightness:
        return finding("too-dark", value=lightest, limit=limit.dark_lightness, region_px=region)
    if darkest > limit.burnt_lightness:
        return finding("burnt-out", value=darkest, limit=limit.burnt_lightness, region_px=region)
    return None


def check_contrast(scene: OutlineScene, limits: Limits) -> Finding | None:
    """Body and background differ along the hollow, and it is clear where the outline runs."""
    edge, limit = scene.outline.edge, limits.light
    if edge is None:
        return None
    rows = scene.hollow_rows
    faint_share = float((edge.contrast[rows] < limit.min_contrast).mean())
    hesitation_mm = float(np.percentile(edge.hesitation_mm[rows], limit.hesitation_percentile))
    criteria = (
        at_most(faint_share, limit.max_faint_share),
        at_most(worst_stretch_mm(edge.doubt_mm[rows]), limit.max_doubt_mm),
        at_most(_rival_mm(scene), limit.max_rival_mm),
        at_most(hesitation_mm, limit.max_hesitation_mm),
    )
    return first_violated(scene, "outline-faint", rows, criteria)


def check_sharpness(scene: OutlineScene, limits: Limits) -> Finding | None:
    """Edges must be edges."""
    edge, limit = scene.outline.edge, limits.sharpness
    if edge is None:
        return None
    rows = scene.hollow_rows
    clear = rows & (edge.contrast > limits.light.min_contrast)
    softness_mm = float(np.median(edge.softness_mm[clear])) if clear.any() else 0.0
    hesitation_mm = 0.0 if _is_sharp(scene, limits) else _hesitation_mm(scene)
    graded = (
        ("blurred", at_most(hesitation_mm, limit.refuse_hesitation_mm)),
        ("blurred", at_most(_edge_width_mm(scene), limit.refuse_edge_width_mm)),
        ("blurred-slightly", at_most(softness_mm, limit.warn_softness_mm)),
    )
    return worst_violated(scene, rows, graded)


def _poking_out_mm(contour: PosteriorContour, limit: OutlineLimits) -> float:
    """How far a narrow thing stands out of the waist.

    The white top-hat (Serra 1982): what goes when the line is opened with the length of a thing.
    """
    back_mm = contour.bridged(contour.up_mm)
    if back_mm is None:
        return 0.0
    out_mm = back_mm - opened(back_mm, round(limit.poking_width_mm / STEP_MM))
    low_mm, high_mm = limit.poked_mm
    waist = (contour.up_mm >= low_mm) & (contour.up_mm <= high_mm)
    return float(np.max(out_mm[waist]))


def _least_bow_mm(contour: PosteriorContour, limit: OutlineLimits) -> float:
    """How far from straight the outline is where it is straightest over a length.

    The standard deviation from the straight line of least squares.
    """
    back_mm = contour.bridged(np.arange(*limit.bowed_mm, STEP_MM))
    if back_mm is None:
        return np.inf
    stretches = sliding_window_view(back_mm, round(limit.straight_mm / STEP_MM))
    along = np.linspace(-1.0, 1.0, stretches.shape[1])
    slopes = stretches @ along / (along @ along)
    bows = stretches - stretches.mean(axis=1, keepdims=True) - slopes[:, None] * along
    return float(bows.std(axis=1).min())


def _is_sharp(scene: OutlineScene, limits: Limits) -> bool:
    """Whether a mask that hesitates does so for what is behind, not for blur."""
    return _edge_width_mm(scene) <= limits.sharpness.sharp_edge_width_mm


def _edge_width_mm(scene: OutlineScene) -> float:
    """Width of the steepest edges of the trunk."""
    return scene.edge_width_px / scene.outline.frame.px_per_nominal_mm


def _hesitation_mm(scene: OutlineScene) -> float:
    """Median width of the zone in which the mask is unsure, 0 where it was not looked at."""
    edge = scene.outline.edge
    return 0.0 if edge is None else float(np.median(edge.hesitation_mm[scene.hollow_rows]))


def _rival_mm(scene: OutlineScene) -> float:
    """How far the rival outline runs from the outline where it is furthest; 0 without one."""
    edge = scene.outline.edge
    if edge is None:
        return 0.0
    off_mm = np.abs(edge.rival_mm - edge.contour.back_mm)
    return worst_stretch_mm(off_mm[scene.hollow_rows])


OUTLINE_CHECKS: tuple[Check[OutlineScene], ...] = (
    check_outline_found,
    check_behind,
    check_hair,
    check_clothing,
    check_fold,
    check_worn,
    check_light,
    check_sharpness,
    check_contrast,
    check_arms,
)
