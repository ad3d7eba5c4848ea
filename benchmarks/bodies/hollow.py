"""Stand a person so that the hollow of the back has a wanted depth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.bodies.backline import curve_metrics, skin_envelope
from benchmarks.bodies.clothes import RestSurface, trunk_edges
from benchmarks.bodies.config import BodyPose, PicturedPerson
from benchmarks.bodies.model import N_SKIN, BodyModel
from benchmarks.bodies.posed import PosedBody, rest_body, stand
from benchmarks.bodies.relief import displaced, relief_of

EXTENSION_RANGE_DEG = (-60.0, 60.0)
PELVIS_SHARE, THORAX_SHARE = 0.5, 0.25


def bend(pose: BodyPose, lumbar_extension_deg: float) -> BodyPose:
    """Extend the low back; the pelvis and the thorax follow."""
    return replace(
        pose,
        lumbar_extension_deg=lumbar_extension_deg,
        pelvic_tilt_deg=PELVIS_SHARE * lumbar_extension_deg,
        thoracic_flexion_deg=THORAX_SHARE * lumbar_extension_deg,
    )


def stature_mm(body: PosedBody) -> float:
    """Crown to sole as the person stands."""
    return 1000 * float(np.ptp(body.vertices[:N_SKIN, 2]))


def with_hollow(model: BodyModel, person: PicturedPerson, depth_mm: float) -> PicturedPerson:
    """Bisect the lumbar extension until the skin's outline has this hollow depth."""
    rest = rest_body(model, person.subject)
    surface = RestSurface(stand(model, rest, person.pose))
    edges = trunk_edges(surface)
    relief = relief_of(surface, person.subject.relief, person.wardrobe)
    low, high = EXTENSION_RANGE_DEG
    for _ in range(8):
        middle = 0.5 * (low + high)
        body = stand(model, rest, bend(person.pose, middle))
        skin = displaced(model.body.fine(body.vertices), model.body.tris, relief)
        line = skin_envelope(body, skin, edges)
        too_flat = curve_metrics(*line, stature_mm(body))["hollow_depth_mm"] < depth_mm
        low, high = (middle, high) if too_flat else (low, middle)
    return replace(person, pose=bend(person.pose, round(0.5 * (low + high), 2)))
