"""Everything known about the measured person, ready for JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.bodies.backline import (
    BackLines,
    above_gluteal_cleft,
    back_lines,
    curve_metrics,
    spine_levels,
)
from benchmarks.bodies.camera import SceneView
from benchmarks.bodies.config import Picture
from benchmarks.bodies.figure import Figure
from benchmarks.bodies.mesh import Floats
from benchmarks.bodies.outline import seen_outline
from benchmarks.bodies.posed import PosedBody

JOINT_BONES = {
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
}
SIDED_POINTS = ("eye", "ear", "big_toe", "heel")
SURFACE_POINTS = ("nose", *(f"{side}_{p}" for side in ("left", "right") for p in SIDED_POINTS))


def truth_of(picture: Picture, figure: Figure, view: SceneView) -> dict[str, Any]:
    """Everything known about the measured person, in millimetres and pixels."""
    dressed, body = figure.dressed, figure.dressed.body
    lines = back_lines(body, dressed.skin, dressed.trunk_edges, dressed.worn_on_trunk())
    levels, angles = spine_levels(body, lines, dressed.skin, dressed.level, dressed.rest.trunk)
    seen = seen_outline(figure, view)
    return {
        "config": picture.to_json(),
        **_size(figure, view),
        "metrics": _metrics(body, lines, 1000 * dressed.stature) | angles,
        "levels": levels,
        "contour_mm": {
            "z": lines.z_mm.round(1).tolist(),
            "envelope": lines.envelope_mm.round(2).tolist(),
            "midsagittal": lines.midsagittal_mm.round(2).tolist(),
            "dressed": lines.dressed_mm.round(2).tolist(),
        },
        "contour_px": _lines_px(figure, view, lines),
        "seen": seen.truth(),
        "hidden_hollow_mm": seen.cover_mm,
        **_joints(figure, view),
        "camera": {
            "eye_m": view.eye.tolist(),
            "at_m": view.at.tolist(),
            "fov_deg": float(np.degrees(view.fov_rad)),
            "rendered_size": list(view.size),
            "crop": list(view.crop),
        },
    }


def _size(figure: Figure, view: SceneView) -> dict[str, Any]:
    """Stature as the person stands and at rest, scale, and where crown and floor are."""
    dressed, body = figure.dressed, figure.dressed.body
    crown = dressed.outer[dressed.outer[:, 2].argmax()]
    floor = body.ankle() * [1, 1, 0] - figure.lift
    crown_px, sole_px = view.to_px(figure.to_world(np.array([crown, floor]))).round(2).tolist()
    return {
        "stature_mm": dressed.stature * 1000,
        "rest_stature_mm": body.rest_stature * 1000,
        "px_per_mm": view.px_per_mm,
        "crown_px": crown_px,
        "sole_px": sole_px,
    }


def _metrics(body: PosedBody, lines: BackLines, stature_mm: float) -> dict[str, Any]:
    """The curve of each line; the mid line counts down to the gluteal cleft."""
    spinal = above_gluteal_cleft(body, lines.z_mm)
    return {
        "envelope": curve_metrics(lines.z_mm, lines.envelope_mm, stature_mm),
        "midsagittal": curve_metrics(lines.z_mm[spinal], lines.midsagittal_mm[spinal], stature_mm),
        "dressed": curve_metrics(lines.z_mm, lines.dressed_mm, stature_mm),
    }


def _lines_px(figure: Figure, view: SceneView, lines: BackLines) -> dict[str, list[list[float]]]:
    """The mid-plane lines in the finished picture."""
    z, nothing = lines.z_mm / 1000, np.zeros_like(lines.z_mm)

    def pixels(y_mm: Floats) -> list[list[float]]:
        points = np.stack([nothing, y_mm / 1000, z], 1)
        px: list[list[float]] = view.to_px(figure.to_world(points)).round(2).tolist()
        return px

    return {"envelope": pixels(lines.envelope_mm), "midsagittal": pixels(lines.midsagittal_mm)}


def _joints(figure: Figure, view: SceneView) -> dict[str, Any]:
    """Joint centres and face, heel and toe points in person space and in the picture."""
    body, model = figure.dressed.body, figure.dressed.body.model
    points = {
        f"{name}_{joint}": body.head(f"{bone}.{side}")
        for joint, bone in JOINT_BONES.items()
        for side, name in (("L", "left"), ("R", "right"))
    }
    for name in SURFACE_POINTS:
        if name in model.face_points:
            points[name] = model.face_point(name, body.vertices)
    px = view.to_px(figure.to_world(np.array(list(points.values())))).round(2).tolist()
    return {
        "joints_px": dict(zip(points, px, strict=True)),
        "joints_mm": {name: (1000 * point).round(1).tolist() for name, point in points.items()},
    }
