"""A finished result on a copy of its photo: where the modules of this room are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from posture.overlay.canvas import paint
from posture.overlay.face import hide_face
from posture.overlay.geometry import photo_scale
from posture.overlay.labels import photo_labels
from posture.overlay.layers import DEFAULT_LAYERS, Layer
from posture.overlay.marks import photo_marks
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import MIST
from posture.overlay.readings import norms_at_hand
from posture.overlay.shapes import Box, Plate
from posture.overlay.sheet import PanelPlace, plan_sheet
from posture.result import Result
from posture.verdict.norms import Norms

if TYPE_CHECKING:
    from posture.photo.decode import Photo


def draw_overlay(
    photo: Photo,
    result: Result,
    *,
    layers: frozenset[Layer] = DEFAULT_LAYERS,
    blur_face: bool = False,
    norms: Norms | None = None,
    panel_place: PanelPlace = "auto",
    unit: LengthUnit = "mm",
) -> NDArray[np.uint8]:
    """The annotated photo as a new (H, W, 3) RGB array; `photo` stays as it is.

    Args:
        photo: the upright photo that `result` was measured on.
        result: measured or refused.
        layers: what to draw; all but the skeleton unless told.  Without the panel the picture has
            exactly the photo's size.
        blur_face: whether to make the head unrecognisable.
        norms: the reference values that the result was judged by; the built-in ones when None.
        panel_place: panel "beside" or "below" the photo; "auto" goes by the photo's shape.
        unit: in which panel and labels tell lengths.
    """
    height, width = photo.rgb.shape[:2]
    at_hand = norms_at_hand(result, norms)
    sheet = plan_sheet(result, width, height, layers, at_hand, panel_place, unit)
    picture = np.empty((sheet.height, sheet.width, 3), np.uint8)
    if sheet.panel:
        paint(picture, [Plate(Box(0, 0, sheet.width, sheet.height), 0, MIST)])
    view = picture[
        sheet.photo_top : sheet.photo_top + height, sheet.photo_left : sheet.photo_left + width
    ]
    view[:] = photo.rgb
    _mark(view, result, layers, blur_face=blur_face, unit=unit)
    paint(picture, sheet.panel)
    return picture


def draw_on_photo(
    photo: Photo,
    result: Result,
    *,
    layers: frozenset[Layer] = DEFAULT_LAYERS,
    blur_face: bool = False,
    unit: LengthUnit = "mm",
) -> NDArray[np.uint8]:
    """The photo with marks and labels, in a new array of its own size: no panel.

    Args:
        photo, result, layers, blur_face: as for :func:`draw_overlay`.
        unit: in which the labels tell lengths.
    """
    picture = photo.rgb.copy()
    _mark(picture, result, layers, blur_face=blur_face, unit=unit)
    return picture


def _mark(
    view: NDArray[np.uint8],
    result: Result,
    layers: frozenset[Layer],
    *,
    blur_face: bool,
    unit: LengthUnit,
) -> None:
    """Draw on these pixels of the photo."""
    if blur_face:
        hide_face(view, result)
    height, width = view.shape[:2]
    scale = photo_scale(result, width, height)
    paint(view, photo_marks(result, scale, layers))
    paint(view, photo_labels(result, scale, layers, unit))
