"""Garments as signed fields on the rest body: positive where the cloth covers the skin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.bodies.config import Wardrobe
from benchmarks.bodies.mesh import Floats, Ints, edges_of
from benchmarks.bodies.posed import PosedBody


@dataclass(frozen=True)
class Outfit:
    """`top` is none, bra, tank, tee or long; `bottom` is briefs, shorts, bike or leggings."""

    top: str
    bottom: str


OUTFITS = {
    "shorts_only": Outfit("none", "shorts"),
    "swim": Outfit("none", "briefs"),
    "bra_leggings": Outfit("bra", "leggings"),
    "bra_bike": Outfit("bra", "bike"),
    "tank_shorts": Outfit("tank", "bike"),
    "tee_shorts": Outfit("tee", "shorts"),
    "tee_leggings": Outfit("tee", "leggings"),
    "long_leggings": Outfit("long", "leggings"),
}
LOOSE_TOPS = ("tee", "long")
NOWHERE = -1.0
BRIEFS_LOWER = 0.03  # of stature, than other lower garments


class RestSurface:
    """The fine skin of the rest body with what garments are cut by. Metres.

    Weights are 0..1: `arm` with and `free_arm` without the deltoid.
    """

    def __init__(self, body: PosedBody):
        model = body.model
        self.body = body
        self.pos = model.body.fine(body.rest_vertices)
        self.arm = model.body.fine(model.arm_weight)
        self.free_arm = model.body.fine(model.free_arm_weight)
        self.head = model.body.fine(model.head_weight)
        self.leg = model.body.fine(model.leg_weight)
        self.stature = body.rest_stature

    @cached_property
    def from_middle(self) -> Floats:
        """Distance from the mid-sagittal plane."""
        return np.abs(self.pos[:, 0])

    @cached_property
    def trunk(self) -> Floats:
        """1 on the trunk and legs, 0 on free arms and head."""
        return (1 - self.free_arm) * (1 - self.head)

    @property
    def y(self) -> Floats:
        """Distance backwards."""
        return self.pos[:, 1]

    @property
    def z(self) -> Floats:
        """Height."""
        return self.pos[:, 2]

    def nowhere(self) -> Floats:
        """A field that covers nothing."""
        return np.full(len(self.pos), NOWHERE)


def edges_within(rest: RestSurface, weight: Floats) -> Ints:
    """Edges of the triangles that lie wholly where a weight is above one half."""
    tris = rest.body.model.body.tris
    return edges_of(tris[weight[tris].min(1) > 0.5])


def trunk_edges(rest: RestSurface) -> Ints:
    """Edges of trunk and legs, without free arms and head."""
    return edges_within(rest, rest.trunk)


def top_field(rest: RestSurface, top: str) -> Floats:
    """Signed field of the upper garment, metres from its edge."""
    if top == "none":
        return rest.nowhere()
    if top == "bra":
        return _bra(rest)
    hem = rest.z - (rest.body.rod.low_z - 0.01 * rest.stature)
    if top == "tank":
        return _tank(rest, hem)
    sleeve = _sleeve(rest, long=top == "long")
    return np.asarray(np.minimum(sleeve, np.minimum(_neckline(rest), hem)))


def waist_edge(rest: RestSurface, bottom: str, wardrobe: Wardrobe) -> float:
    """Height of the lower garment's upper edge, metres."""
    lower = BRIEFS_LOWER if bottom == "briefs" else 0.0
    return float(rest.body.rod.low_z + (wardrobe.waist_rise - lower) * rest.stature)


def bra_edge(rest: RestSurface) -> float:
    """Height of a bra band's lower edge, metres."""
    rod = rest.body.rod
    return float(rod.low_z + 0.55 * (rod.high_z - rod.low_z) - 0.022 * rest.stature)


def bottom_field(rest: RestSurface, bottom: str, wardrobe: Wardrobe) -> Floats:
    """Signed field of the lower garment, metres from its edge."""
    body, stature = rest.body, rest.stature
    hip, knee, ankle = (
        body.rest_head(f"{bone}.L")[2] for bone in ("upperleg01", "lowerleg01", "foot")
    )
    leg_end = {
        "briefs": hip - 0.035 * stature - 0.6 * (rest.from_middle - 0.03),
        "shorts": hip - 0.55 * (hip - knee),
        "bike": hip - 0.62 * (hip - knee),
        "leggings": ankle + 0.02,
    }[bottom]
    waist = waist_edge(rest, bottom, wardrobe)
    return np.where(rest.free_arm > 0.3, NOWHERE, np.minimum(rest.z - leg_end, waist - rest.z))


def shoe_field(rest: RestSurface, shoes: bool) -> Floats:
    """Signed field of the shoes, metres from their edge."""
    if not shoes:
        return rest.nowhere()
    edge = rest.body.rest_head("foot.L")[2] + 0.005 * rest.stature
    return np.where(rest.leg > 0.5, edge - rest.z, NOWHERE)


def _neckline(rest: RestSurface) -> Floats:
    _, neck_y, neck_z = rest.body.rest_head("neck01")
    return np.asarray(neck_z - 0.008 * rest.stature + 0.35 * (rest.y - neck_y) - rest.z)


def _sleeve(rest: RestSurface, long: bool) -> Floats:
    """Distance to the sleeve's end along the arm; the trunk is always inside."""
    shoulder, elbow, wrist = (
        rest.body.rest_head(f"{bone}.L") for bone in ("upperarm01", "lowerarm01", "wrist")
    )
    upper_length, fore_length = np.linalg.norm(elbow - shoulder), np.linalg.norm(wrist - elbow)
    upper, fore = (elbow - shoulder) / upper_length, (wrist - elbow) / fore_length
    along = (rest.from_middle - shoulder[0]) * upper[0] + (rest.z - shoulder[2]) * upper[2]
    length = 0.55 * upper_length
    if long:
        length = upper_length + 0.93 * fore_length
        from_elbow = np.stack([rest.from_middle, rest.y, rest.z], 1) - elbow
        along = np.where(along > 0.9 * upper_length, upper_length + from_elbow @ fore, along)
    return np.where(rest.arm < 0.35, 0.2, length - along)


def _tank(rest: RestSurface, hem: Floats) -> Floats:
    shoulder_x, _, shoulder_z = rest.body.rest_head("upperarm01.L")
    below_shoulder = np.maximum(0, shoulder_z - 0.06 * rest.stature - rest.z)
    side = shoulder_x - 0.012 * rest.stature - rest.from_middle + 0.25 * below_shoulder
    field = np.minimum(np.minimum(side, _neckline(rest) - 0.03), hem)
    return np.where(rest.arm > 0.5, NOWHERE, field)


def _bra(rest: RestSurface) -> Floats:
    stature, z, lower = rest.stature, rest.z, bra_edge(rest)
    chest = lower + 0.022 * stature
    band = np.minimum(z - lower, chest + 0.055 * stature - z)
    strap = np.minimum(
        0.016 - np.abs(rest.from_middle - 0.045 * stature),
        np.minimum(z - chest, _neckline(rest) - 0.01),
    )
    return np.where(rest.arm > 0.5, NOWHERE, np.maximum(band, strap))
