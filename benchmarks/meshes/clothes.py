"""Tight clothes and hair painted on an outside body, with real thickness.

Garments are signed fields in metres on the body with its arms as they were scanned: positive
where the cloth covers the skin. A mesh has no joints, so they are cut at shares of stature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.bodies import hair
from benchmarks.bodies.clothes import NOWHERE, OUTFITS
from benchmarks.bodies.mesh import Floats, vertex_normals
from benchmarks.bodies.spine import smoothstep
from benchmarks.meshes.body import ARM_FROM, OutsideBody

# Shares of stature above the soles.
HIP, KNEE, ANKLE = 0.53, 0.285, 0.045
CHEST, NECK, EAR = 0.715, 0.835, 0.925
HEM_BELOW_WAIST = 0.035
LEG_ENDS = {
    "briefs": HIP - 0.035,
    "shorts": HIP - 0.55 * (HIP - KNEE),
    "bike": HIP - 0.62 * (HIP - KNEE),
    "leggings": ANKLE,
}
BRIEFS_BELOW_WAIST = 0.025  # briefs end lower than other garments
TANK = 0.7  # of the chest's half width, at the shoulders
CHEST_LEVELS = (0.68, 0.74)
SHOULDER_ASIDE, SHOULDER = 0.105, 0.81
SLEEVES = {"tee": 0.13, "long": 0.30}  # from the shoulder, shares of stature
HEAD_FROM = 0.88
NOMINAL_M = 1.7
BESIDE_CHEST_M = 0.005  # an arm begins this far beside the chest
METRES_PER_WEIGHT = 0.1  # of arm weight near the arm's edge, about
SKIN_ONLY = tuple(name for name, outfit in OUTFITS.items() if outfit.top == "none")
COVERED = tuple(name for name in OUTFITS if name not in SKIN_ONLY)


@dataclass(frozen=True)
class Worn:
    """What a body wears.

    Attributes:
        outfit: of `benchmarks.bodies.clothes.OUTFITS`; hair: short or none.
        cloth_mm: thickness of the cloth.
        waist_share: height of the lower garment's upper edge, of stature.
    """

    outfit: str
    hair: str
    cloth_mm: float
    waist_share: float


@dataclass(frozen=True)
class DressedSkin:
    """The surface that the camera sees, (n, 3) metres, and the shader's fields (n, 4)."""

    outer: Floats
    fields: Floats


def dress(body: OutsideBody, worn: Worn) -> DressedSkin:
    """Lift the skin along its normals by cloth and hair."""
    outfit = OUTFITS[worn.outfit]
    top, bottom = top_field(body, outfit.top, worn), bottom_field(body, outfit.bottom, worn)
    on_head = hair_field(body, worn.hair)
    normals = vertex_normals(body.pos, body.tris)
    clothed = smoothstep(-0.001, 0.006, np.maximum(top, bottom))
    out, up = hair.lift(on_head, worn.hair)
    lifted = clothed * worn.cloth_mm / 1000 + out
    outer = body.pos + normals * lifted[:, None] + up[:, None] * np.array([0, 0.3, 1])
    barefoot = np.full(len(top), NOWHERE)
    return DressedSkin(outer, np.stack([top, bottom, on_head, barefoot], 1))


def bottom_field(body: OutsideBody, bottom: str, worn: Worn) -> Floats:
    """The lower garment."""
    z, stature, aside = body.rest[:, 2], body.stature, np.abs(body.rest[:, 0])
    leg_end = np.full(len(z), LEG_ENDS[bottom] * stature)
    waist = worn.waist_share * stature
    if bottom == "briefs":
        leg_end -= 0.6 * (aside - 0.03)
        waist -= BRIEFS_BELOW_WAIST * stature
    return np.asarray(np.minimum(_off_arm(body), np.minimum(z - leg_end, waist - z)))


def top_field(body: OutsideBody, top: str, worn: Worn) -> Floats:
    """The upper garment."""
    z, stature, aside = body.rest[:, 2], body.stature, np.abs(body.rest[:, 0])
    if top == "none":
        return np.full(len(z), NOWHERE)
    neckline = NECK * stature + 0.35 * (body.rest[:, 1] - _neck_y(body)) - z
    hem = z - (worn.waist_share - HEM_BELOW_WAIST) * stature
    if top == "bra":
        return _bra(body, neckline)
    if top == "tank":
        below_shoulder = np.maximum(0, 0.76 * stature - z)
        side = TANK * _half_chest(body) - aside + 1.2 * below_shoulder
        field = np.minimum(np.minimum(side, neckline - 0.03), hem)
        return np.minimum(_off_arm(body), field)
    return np.minimum(_sleeves(body, SLEEVES[top]), np.minimum(neckline, hem))


def _bra(body: OutsideBody, neckline: Floats) -> Floats:
    z, stature, aside = body.rest[:, 2], body.stature, np.abs(body.rest[:, 0])
    chest = CHEST * stature
    band = np.minimum(z - (chest - 0.022 * stature), chest + 0.04 * stature - z)
    strap = np.minimum(
        0.016 - np.abs(aside - 0.045 * stature), np.minimum(z - chest, neckline - 0.01)
    )
    return np.minimum(_off_arm(body), np.maximum(band, strap))


def _sleeves(body: OutsideBody, length: float) -> Floats:
    """Distance to the sleeve's end; the trunk is always inside."""
    shoulder = np.array([SHOULDER_ASIDE * body.stature, _neck_y(body), SHOULDER * body.stature])
    from_shoulder = np.abs(body.rest) * [1, 0, 0] + body.rest * [0, 1, 1] - shoulder
    field = length * body.stature - np.linalg.norm(from_shoulder, axis=1)
    return np.asarray(np.maximum(_off_arm(body), field))


def _off_arm(body: OutsideBody) -> Floats:
    """Signed field off the arms; flanks that move along with an arm are none of it."""
    beside_chest = _half_chest(body) + BESIDE_CHEST_M - np.abs(body.rest[:, 0])
    return np.maximum((ARM_FROM - body.arm) * METRES_PER_WEIGHT, beside_chest)


def _half_chest(body: OutsideBody) -> float:
    """Half the width of the chest between the arms, metres."""
    z = body.rest[:, 2] / body.stature
    chest = (z > CHEST_LEVELS[0]) & (z < CHEST_LEVELS[1]) & (body.arm < ARM_FROM)
    return float(np.percentile(np.abs(body.rest[chest, 0]), 98))


def _neck_y(body: OutsideBody) -> float:
    """How far back the middle of the neck is."""
    z = body.rest[:, 2] / body.stature
    neck = body.rest[(z > 0.83) & (z < 0.87) & (body.arm < ARM_FROM), 1]
    return float(np.percentile(neck, [5, 95]).mean())


def hair_field(body: OutsideBody, style: str) -> Floats:
    """Hair on the skull."""
    head = (body.rest[:, 2] > HEAD_FROM * body.stature) & (body.arm < ARM_FROM)
    if style == "none":
        return np.full(len(head), NOWHERE)
    scale = body.stature / NOMINAL_M
    ear_y = float(np.percentile(body.pos[head, 1], [5, 95]).mean())
    ear_x = float(np.percentile(body.pos[head, 0], [5, 95]).mean())
    back, up = (body.pos[:, 1] - ear_y) / scale, (body.pos[:, 2] - EAR * body.stature) / scale
    field = hair.hairline(back, up, np.abs(body.pos[:, 0] - ear_x) / scale)
    return np.asarray(np.where(head, field, NOWHERE) * scale)
