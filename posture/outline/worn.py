"""Things worn on the back that make the outline: pouches, braces, belts, phones in a pocket.

Nothing on a bare or tightly clothed back turns as sharply as the corner of a thing: it bends out
at one end of its edge and in at the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.outline.edge import RefinedEdge
from posture.outline.hair import STEADIED
from posture.outline.mask_outline import PosteriorContour
from posture.outline.outline_settings import outline_settings
from posture.outline.smoothing import STEP_MM

Array = NDArray[np.float64]

_WORN = outline_settings().worn


@dataclass(frozen=True)
class WornSigns:
    """How sharply the outline turns.

    Attributes:
        corners_deg: the sharpest bend out of the back plus the sharpest one into it, degrees; 20
            to 35 on most backs, 45 and more with a brace, 80 with a pouch.
        coloured_corner_deg: the lesser of two bends, one out and one in, that lie together where
            the colour changes; 0 where the colours were not looked at.
    """

    corners_deg: float
    coloured_corner_deg: float


def worn_signs(contour: PosteriorContour, edge: RefinedEdge | None) -> WornSigns | None:
    """The signs of a thing worn on the back; None without an outline.

    Args:
        contour: the outline before smoothing.
        edge: for its colours; None when the outline was not refined on the photo.
    """
    back_mm = contour.bridged(contour.up_mm)
    if back_mm is None:
        return None
    out_deg, rows = _bends(contour.up_mm, back_mm)
    return WornSigns(
        corners_deg=float(out_deg.max() - out_deg.min()),
        coloured_corner_deg=0.0 if edge is None else _coloured_corner_deg(out_deg, rows, edge),
    )


def _bends(up_mm: Array, back_mm: Array) -> tuple[Array, NDArray[np.intp]]:
    """How far (m,) the line bends out of the back at these rows (m,), degrees; inwards negative."""
    piece_mm, (from_mm, to_mm) = _WORN.piece_mm, _WORN.levels_mm
    reach = round(piece_mm / STEP_MM)
    below = np.arctan((back_mm[reach:-reach] - back_mm[: -2 * reach]) / piece_mm)
    above = np.arctan((back_mm[2 * reach :] - back_mm[reach:-reach]) / piece_mm)
    at_mm = up_mm[reach:-reach]
    inside = (at_mm > from_mm) & (at_mm < to_mm)
    return np.degrees(below - above)[inside], np.flatnonzero(inside) + reach


def _coloured_corner_deg(out_deg: Array, rows: NDArray[np.intp], edge: RefinedEdge) -> float:
    reach, near = round(_WORN.colour_reach_mm / STEP_MM), round(_WORN.edge_mm / STEP_MM)
    lab = edge.body_lab * STEADIED
    last = len(lab) - 1
    change = np.linalg.norm(
        lab[np.minimum(rows + reach, last)] - lab[np.maximum(rows - reach, 0)], axis=1
    )
    inwards = np.array(
        [-out_deg[max(i - near, 0) : i + near + 1].min() for i in range(len(out_deg))]
    )
    both = np.where(change > _WORN.other_colour, np.minimum(out_deg, inwards), 0.0)
    return float(max(both.max(), 0.0))
