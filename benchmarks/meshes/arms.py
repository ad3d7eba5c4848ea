"""Where the arms of a mesh are, when nobody tells."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from benchmarks.bodies.mesh import Floats, Ints, edges_of
from benchmarks.bodies.spine import smoothstep

# Way over the skin from the fingertips, shares of stature: all arm up to the first, none beyond
# the second, which is below the arm pit of most people.
ARM, TRUNK = 0.34, 0.40
TIPS = 5  # crown, feet, hands
LEAST_REACH = 0.3  # a hand is at least this far over the skin from crown, feet and other hand


def arm_weight(pos: Floats, tris: Ints) -> Floats:
    """1 on hands and arms to 0 on the trunk (n,), for a body in person space, soles at z = 0.

    Crown, feet and hands are the points that are farthest from each other over the skin. Hands
    that are one with the trunk or with each other in the mesh are found as far as the skin leads
    to them.
    """
    stature = float(np.ptp(pos[:, 2]))
    edges = edges_of(tris)
    lengths = np.linalg.norm(pos[edges[:, 0]] - pos[edges[:, 1]], axis=1)
    ways = csr_matrix((np.maximum(lengths, 1e-9), edges.T), (len(pos), len(pos)))
    _, part = connected_components(ways, directed=False)
    main = np.flatnonzero(part == np.bincount(part).argmax())
    skin = pos[main]
    from_hands = _ways_from_hands(skin, ways[main][:, main], LEAST_REACH * stature)
    if not from_hands:
        return np.zeros(len(pos))
    weight = 1 - smoothstep(ARM * stature, TRUNK * stature, np.min(from_hands, axis=0))
    # Nails, lashes and the like that hang together with nothing go with the skin beside them.
    return np.asarray(weight[cKDTree(skin).query(pos)[1]])


def _ways_from_hands(skin: Floats, ways: csr_matrix, least: float) -> list[Floats]:
    """How far (n,) each point is over the skin from the fingertips of each hand that is found."""
    tips = [int(skin[:, 2].argmax())]
    lengths = [_lengths_from(ways, tips[0])]
    while len(tips) < TIPS:
        nearest = np.min(lengths, axis=0)
        if nearest.max() < least:
            break
        tips.append(int(nearest.argmax()))
        lengths.append(_lengths_from(ways, tips[-1]))
    crown, feet = 0, np.argsort(skin[tips, 2])[:2]
    return [length for i, length in enumerate(lengths) if i != crown and i not in feet]


def _lengths_from(ways: csr_matrix, start: int) -> Floats:
    return np.asarray(dijkstra(ways, directed=False, indices=np.array([start]))[0])
