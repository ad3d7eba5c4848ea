"""Checks of the measured curve."""

from __future__ import annotations

from posture.checks.limits import Limits
from posture.checks.scene import Check, CurveScene
from posture.findings import Finding, finding


def check_certainty(scene: CurveScene, limits: Limits) -> Finding | None:
    """An angle that may be anything says nothing."""
    limit = limits.outline.max_ci95_deg
    if scene.error.slca_deg <= limit:
        return None
    return finding(
        "too-uncertain",
        value=scene.error.slca_deg,
        limit=limit,
        region_px=scene.outline_region(scene.hollow_rows),
    )


RESULT_CHECKS: tuple[Check[CurveScene], ...] = (check_certainty,)
