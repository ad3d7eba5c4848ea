"""The photo with three points that a person can drag or nudge."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from posture._support.texts import filled, page_texts
from posture.app.components.declare import declared
from posture.edit import HandPoints
from posture.overlay import encode_image
from posture.overlay.shown import shrunk_photo
from posture.photo.decode import Photo
from posture.result import PointPx, Result

# The part of the photo that is shown reaches this far round the bridge, in bridge lengths.
MARGIN_ALONG, MARGIN_ACROSS = 0.62, 0.75
CLOSE_UP_PX = 1100
NAMES = ("thoracic", "lumbar", "gluteal")


@dataclass(frozen=True)
class Sent:
    """What a browser sent.

    Attributes:
        points: where they are in the photo.
        held: whether the person is still dragging one.
        number: how many times the editor has sent something, this time included.
    """

    points: HandPoints
    held: bool
    number: int


def point_editor(
    photo: Photo,
    result: Result,
    points: HandPoints,
    key: str,
    *,
    measured: HandPoints,
    refused: int | None,
    told: str,
) -> None:
    """Show the editor.

    Args:
        photo: the full photo.
        result: as it holds now; its back line is drawn.
        points: where the points are, when the editor appears and after one was refused.
        key: another key makes a fresh editor.
        measured: where the program found the points; the part of the photo round them is shown.
        refused: the number of the sending that was not taken; its points go back.
        told: the reading in words.
    """
    text = page_texts()["editor"]
    data = {
        "key": key,
        **_close_up(photo, measured),
        "points": _plain(points),
        "measured": _plain(measured),
        "refused": refused,
        "contour": [[round(x, 1), round(y, 1)] for x, y in result.contour_px],
        "backward": -1 if result.facing == "right" else 1,
        "labels": {**text, "label": filled(text["label"], told=told)},
    }
    declared("point_editor", '<div class="editor"></div>')(
        data=data, key=key, on_points_change=_nothing
    )


def sent_points(key: str, photo: Photo) -> Sent | None:
    """What the editor `key` has sent last, before it is shown again."""
    state = st.session_state.get(key)
    return _checked(None if state is None else state.get("points"), photo)


def _plain(points: HandPoints) -> dict[str, list[float]]:
    return {name: list(point) for name, point in points.items()}


def _nothing() -> None:
    """Streamlit keeps a value only where somebody listens."""


def _close_up(photo: Photo, points: HandPoints) -> dict[str, Any]:
    """The trunk's part of the photo as a data URL, and where it lies in the photo."""
    bridge_px = math.dist(points.thoracic, points.gluteal)
    xs, ys = zip(points.thoracic, points.lumbar, points.gluteal, strict=True)
    left = max(0, math.floor(min(xs) - MARGIN_ACROSS * bridge_px))
    right = min(photo.width_px, math.ceil(max(xs) + MARGIN_ACROSS * bridge_px))
    top = max(0, math.floor(min(ys) - MARGIN_ALONG * bridge_px))
    bottom = min(photo.height_px, math.ceil(max(ys) + MARGIN_ALONG * bridge_px))
    part = np.ascontiguousarray(photo.rgb[top:bottom, left:right])
    small, _ = shrunk_photo(Photo(part, None, None, False), CLOSE_UP_PX)
    jpeg = base64.b64encode(encode_image(small.rgb, "jpeg", 85)).decode()
    return {
        "image": f"data:image/jpeg;base64,{jpeg}",
        "view": [left, top, right - left, bottom - top],
    }


def _checked(sent: Any, photo: Photo) -> Sent | None:
    """What a browser sent, if it holds three places in this photo."""
    try:
        places = [_place(sent[name], photo) for name in NAMES]
        return Sent(HandPoints(*places), sent["held"] is True, int(sent["number"]))
    except (TypeError, KeyError, ValueError, IndexError, OverflowError):
        return None


def _place(sent: Any, photo: Photo) -> PointPx:
    x, y = (float(number) for number in sent)
    if not (0 <= x <= photo.width_px and 0 <= y <= photo.height_px):
        raise ValueError("outside the photo")
    return (x, y)
