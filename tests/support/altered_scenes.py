"""What was seen of a person with nothing to find, with something done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from posture.checks import covering
from posture.checks.limits import load_limits
from posture.checks.scene import Check, CurveScene
from posture.outline.hair import NO_HAIR, Hair
from posture.pose.landmarks import ANKLES, EARS, HIPS, KNEES, SHOULDERS, Landmark
from tests.support.sentences import CATALOGUE, codes_of


def viewed(scene: CurveScene, **fields: Any) -> CurveScene:
    return replace(scene, view=replace(scene.view, **fields))


def posed(scene: CurveScene, **fields: Any) -> CurveScene:
    return viewed(scene, pose=replace(scene.view.pose, **fields))


def outlined(scene: CurveScene, **fields: Any) -> CurveScene:
    return replace(scene, outline=replace(scene.outline, **fields))


def edged(scene: CurveScene, **fields: Any) -> CurveScene:
    assert scene.outline.edge is not None
    return outlined(scene, edge=replace(scene.outline.edge, **fields))


def apart(
    scene: CurveScene, pair: tuple[Landmark, Landmark], axis: int, trunks: float
) -> CurveScene:
    """Left and right of `pair` so many trunk lengths apart along x (0) or y (1)."""
    points = scene.view.pose.points_px.copy()
    trunk_px = scene.view.pose.trunk_px
    points[pair[0], axis] = points[pair[1], axis] + trunks * trunk_px
    return posed(scene, points_px=points)


def legs_alone(scene: CurveScene, visibility: float) -> CurveScene:
    """Shoulders and hips surely seen, head and knees with that probability only."""
    seen = np.ones(len(scene.view.pose.visibility))
    seen[[*EARS, *KNEES]] = visibility
    return posed(scene, visibility=seen)


def thighs_at(scene: CurveScene, degrees: float) -> CurveScene:
    world = scene.view.pose.world_m.copy()
    angle = np.radians(degrees)
    world[list(KNEES)] = world[list(HIPS)] + 0.4 * np.array([np.sin(angle), np.cos(angle), 0.0])
    return posed(scene, world_m=world)


def unfound(scene: CurveScene, share: float) -> CurveScene:
    """No outline on that share of the rows between hips and shoulders."""
    outline = scene.outline
    rows = (outline.mask.up_mm > 0) & (outline.mask.up_mm < 0.9 * scene.shoulder_up_mm)
    back_mm = outline.mask.back_mm.copy()
    back_mm[np.flatnonzero(rows)[: round(share * rows.sum())]] = np.nan
    return outlined(scene, mask=replace(outline.mask, back_mm=back_mm))


def read(scene: CurveScene, **fields: Any) -> CurveScene:
    curve = replace(scene.reading.curve, **fields)
    return replace(scene, reading=replace(scene.reading, curve=curve))


def reaching(scene: CurveScene, back_mm: float) -> CurveScene:
    return read(scene, thoracic=(350.0, back_mm))


def bent(scene: CurveScene, deg_per_cm: float) -> CurveScene:
    """A curve that bends so tightly between its inflection points."""
    return read(scene, slca_deg=deg_per_cm * scene.reading.curve.inflections_apart / 10)


def poked(scene: CurveScene, out_mm: float) -> CurveScene:
    """A flat waist with a hand, 40 mm wide, that stands so far out of it."""
    mask = scene.outline.mask
    back_mm = np.where(np.abs(mask.up_mm - 180.0) < 20.0, 60.0 + out_mm, 60.0)
    return outlined(scene, mask=replace(mask, back_mm=back_mm))


def stepping(scene: CurveScene, step_mm: float) -> CurveScene:
    """A flat back above which the mask takes in something, so far behind."""
    mask = scene.outline.mask
    return outlined(
        scene, mask=replace(mask, back_mm=np.where(mask.up_mm > 250.0, 60.0 + step_mm, 60.0))
    )


def boarded(scene: CurveScene, bow_mm: float) -> CurveScene:
    """A line that is straight from below the hips to the shoulders but for such a ripple."""
    assert scene.outline.edge is not None
    contour = scene.outline.edge.contour
    ripple = np.sqrt(2) * bow_mm * np.sin(2 * np.pi * contour.up_mm / 50)
    back_mm = 90 + 0.1 * contour.up_mm + ripple
    return edged(scene, contour=replace(contour, back_mm=back_mm), rival_mm=back_mm)


def neck_step(scene: CurveScene, step_mm: float) -> CurveScene:
    """Hair of no telling colour, and shoulder blades that stand so far behind the neck."""
    scene = outlined(scene, hair=NO_HAIR)
    limits = load_limits()
    unmet = limits.hair._replace(min_neck_step_mm=np.inf, max_layer_mm=np.inf)
    told = covering.check_hair(scene, limits._replace(hair=unmet))
    assert told is not None and told.value is not None
    return outlined(scene, line=scene.outline.line + step_mm - told.value)


def short_haired(scene: CurveScene, neck_step_mm: float) -> CurveScene:
    """Hair that ends well above the shoulders by its colour, and such a step behind the neck."""
    return haired(neck_step(scene, neck_step_mm), 100)


def haired(scene: CurveScene, above_shoulders_mm: float) -> CurveScene:
    """Hair whose colour runs on from the head down to there."""
    return outlined(scene, hair=Hair(scene.shoulder_up_mm + above_shoulders_mm, 0.0))


def layered(scene: CurveScene, layer_mm: float) -> CurveScene:
    """A layer of hair of that length below the shoulders."""
    return outlined(scene, hair=Hair(None, layer_mm))


def hemmed(scene: CurveScene, step_mm: float) -> CurveScene:
    """A back line with one step at the hips."""
    assert scene.outline.edge is not None
    contour = scene.outline.edge.contour
    back_mm = np.where(contour.up_mm > 20, 80.0 + step_mm, 80.0)
    return edged(scene, contour=replace(contour, back_mm=back_mm))


def ramped(scene: CurveScene, slope_deg: float, from_mm: float, to_mm: float) -> CurveScene:
    """A flat back with one straight slope: a corner at either end of it."""
    assert scene.outline.edge is not None
    contour = scene.outline.edge.contour
    out_mm = np.tan(np.radians(slope_deg)) * (np.clip(contour.up_mm, from_mm, to_mm) - from_mm)
    return edged(scene, contour=replace(contour, back_mm=90 + out_mm))


def pouched(scene: CurveScene, slope_deg: float) -> CurveScene:
    """Something worn in the colour of the clothes, whose edge stands off so steeply."""
    return ramped(coloured(scene, 0, 0), slope_deg, 100.0, 160.0)


def belted(scene: CurveScene, slope_deg: float) -> CurveScene:
    """Something worn whose edge is a change of colour as well."""
    return ramped(coloured(scene, 20, 0), slope_deg, 150.0, 170.0)


def coloured(scene: CurveScene, at_waist: float, at_hips: float) -> CurveScene:
    """Clothes whose colour changes by so much where a waistband is and below the hips."""
    assert scene.outline.edge is not None
    up_mm = scene.outline.edge.contour.up_mm
    redness = at_waist * (up_mm > 150) + at_hips * (up_mm > -40)
    return edged(scene, body_lab=np.stack([np.full_like(up_mm, 50), redness, 0 * up_mm], axis=1))


def hanging(scene: CurveScene, flare_deg: float, hem_mm: float) -> CurveScene:
    """A top worn outside: a straight back line, and a hem that stands off by so much."""
    return hemmed(coloured(_straight(scene, flare_deg), 0, 10), hem_mm)


def falling(scene: CurveScene, flare_deg: float) -> CurveScene:
    """A top in one colour and a straight back line, so far back from the plumb line."""
    return _straight(coloured(scene, 0, 0), flare_deg)


def _straight(scene: CurveScene, flare_deg: float) -> CurveScene:
    frame = scene.outline.frame
    plumb = frame.from_px(frame.origin_px + np.array([0.0, -1.0]))
    slope = np.tan(np.radians(flare_deg) + np.arctan2(plumb[1], plumb[0]))
    return outlined(scene, line=80 + slope * scene.outline.mask.up_mm)


def lit(scene: CurveScene, body: float, background: float) -> CurveScene:
    assert scene.outline.edge is not None
    rows = (len(scene.outline.edge.contrast), 1)
    return edged(
        scene,
        body_lab=np.tile([body, 0.0, 0.0], rows),
        background_lab=np.tile([background, 0.0, 0.0], rows),
    )


def constant(scene: CurveScene, **values: float) -> CurveScene:
    """The edge with the same contrast, hesitation or softness on every row."""
    rows = len(scene.outline.mask.up_mm)
    return edged(scene, **{name: np.full(rows, value) for name, value in values.items()})


def soft(scene: CurveScene, edge_width_mm: float) -> CurveScene:
    """A trunk whose steepest edges are so wide."""
    return replace(scene, edge_width_px=edge_width_mm * scene.outline.frame.px_per_nominal_mm)


def rivalled(scene: CurveScene, off_mm: float) -> CurveScene:
    """A clear outline whose rival runs so much further in."""
    clear = constant(scene, contrast=5, doubt_mm=1, hesitation_mm=5)
    assert clear.outline.edge is not None
    return edged(clear, rival_mm=clear.outline.edge.contour.back_mm - off_mm)


def arm_along(scene: CurveScene, length_mm: float, inside_mm: float = 40.0) -> CurveScene:
    """A straight vertical back with a forearm inside it, and the hand brought forward."""
    outline = scene.outline
    bent = outlined(scene, line=np.full(len(outline.line), 60.0), cloth_mm=0.0)
    middle_mm, half_mm = 180.0, length_mm / 2
    places = {
        Landmark.LEFT_ELBOW: (middle_mm + half_mm, 60.0 - inside_mm),
        Landmark.LEFT_WRIST: (middle_mm - half_mm, 60.0 - inside_mm),
        Landmark.LEFT_INDEX: (middle_mm - half_mm, -150.0),
        Landmark.LEFT_SHOULDER: (480.0, -900.0),
    }
    points = scene.view.pose.points_px.copy()
    for mark, (up_mm, back_mm) in places.items():
        points[mark] = outline.frame.to_px(np.array(up_mm), np.array(back_mm))
    return posed(bent, points_px=points)


def proportioned(scene: CurveScene, leg: float, neck: float) -> CurveScene:
    """Legs, and ears above the shoulders, so many trunks long."""
    pose = scene.view.pose
    world, points = pose.world_m.copy(), pose.points_px.copy()
    trunk_m = np.linalg.norm(world[list(SHOULDERS)].mean(axis=0) - world[list(HIPS)].mean(axis=0))
    hip_m = world[list(HIPS)].mean(axis=0)
    for pair, share in ((KNEES, 0.5), (ANKLES, 1.0)):
        world[list(pair)] = hip_m + np.array([0.0, share * leg * trunk_m, 0.0])
    points[list(EARS)] = pose.point(*SHOULDERS) - (0.0, neck * pose.trunk_px)
    return posed(scene, world_m=world, points_px=points)


def thick_thighs(scene: CurveScene, width: float) -> CurveScene:
    """A body that is so wide below the hips (trunk lengths)."""
    pose = scene.view.pose
    mask = pose.mask.copy()
    hip_x, hip_y = pose.point(*HIPS)
    top, bottom = (round(hip_y + share * pose.trunk_px) for share in (0.1, 0.5))
    half_px = width * pose.trunk_px / 2
    mask[top:bottom] = 0
    mask[top:bottom, round(hip_x - half_px) : round(hip_x + half_px)] = 1
    return posed(scene, mask=mask)


def with_a_bag(scene: CurveScene, area: float) -> CurveScene:
    """A square of that area (trunk lengths squared) in the mask, in the picture's corner."""
    pose = scene.view.pose
    mask = pose.mask.copy()
    side = round(np.sqrt(area) * pose.trunk_px)
    mask[:side, :side] = 1
    return posed(scene, mask=mask)


Change = Callable[[CurveScene], CurveScene]


class Case(NamedTuple):
    """A finding, the check that gives it, a scene that sets it off and one that just does not."""

    code: str
    check: Check[CurveScene]
    culprit: Change
    innocent: Change


def assert_told(case: Case, scene: CurveScene) -> None:
    """The check tells the culprit by `code`, and says nothing of the kind of the innocent."""
    limits = load_limits()
    found = case.check(case.culprit(scene), limits)
    assert found is not None
    assert codes_of([found]) == {case.code}
    assert found.severity == CATALOGUE[case.code]["severity"]
    passed = case.check(case.innocent(scene), limits)
    assert passed is None or case.code not in codes_of([passed])
