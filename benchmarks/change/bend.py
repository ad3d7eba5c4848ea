"""An outside body with another curve of the low back.

The trunk goes along with a straight rod just before the back's skin.  The pelvis tips forward by
half of the wanted extension, the low back extends by all of it, and the upper back rounds by the
other half, so the head stays upright over the feet; legs stand still.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.bodies.mesh import Floats
from benchmarks.bodies.spine import smoothstep
from benchmarks.meshes.body import ARM_FROM, OutsideBody

# Shares of stature above the soles: where the pelvis tips, the low back extends, the upper back
# rounds.
PELVIS, LUMBAR, THORAX = (0.45, 0.55), (0.55, 0.68), (0.66, 0.82)
SHOULDER = 0.81
# The rod lies so far before the skin of the back, at this level.
BEFORE_SKIN, AT_LEVEL = 0.034, 0.60
MIDDLE_M = 0.02
STEPS = 801


def bent(body: OutsideBody, extension_deg: float) -> OutsideBody:
    """The body with its low back extended; a positive extension deepens the hollow."""
    z = np.linspace(0.0, 1.1 * body.stature, STEPS)
    turn = np.radians(extension_deg) * _turn_share(z / body.stature)
    step = np.diff(z)
    middle = (turn[1:] + turn[:-1]) / 2
    # The rod leans forward, to smaller y, where it is turned forward.
    rod_y = np.concatenate([[0.0], np.cumsum(-np.sin(middle) * step)])
    rod_z = np.concatenate([[0.0], np.cumsum(np.cos(middle) * step)])
    level = _level(body)
    before = body.pos[:, 1] - _rod_y(body)
    above = body.pos[:, 2] - level
    at = np.interp(level, z, turn)
    pos = body.pos.copy()
    pos[:, 1] += np.interp(level, z, rod_y) + np.cos(at) * before - np.sin(at) * above - before
    pos[:, 2] = np.interp(level, z, rod_z) + np.sin(at) * before + np.cos(at) * above
    return replace(body, pos=pos)


def _turn_share(share: Floats) -> Floats:
    """How far each level is turned forward, of the extension, by its share of stature."""
    return np.asarray(
        0.5 * smoothstep(*PELVIS, share)
        - smoothstep(*LUMBAR, share)
        + 0.5 * smoothstep(*THORAX, share)
    )


def _level(body: OutsideBody) -> Floats:
    """The level of the rod that each point goes along with; arms go with the shoulder."""
    own = body.pos[:, 2]
    arm = np.clip(body.arm / ARM_FROM, 0, 1)
    return np.asarray(own + arm * (SHOULDER * body.stature - own))


def _rod_y(body: OutsideBody) -> float:
    """How far back the rod is, metres."""
    share = body.pos[:, 2] / body.stature
    near = (np.abs(share - AT_LEVEL) < 0.01) & (np.abs(body.pos[:, 0]) < MIDDLE_M)
    return float(body.pos[near, 1].max()) - BEFORE_SKIN * body.stature
