"""Draws a finished result on a copy of its photo; measures nothing.

draw (joins them) ── sheet (where things go) ── marks, labels (on the photo) ── panel (beside it)
                  ── canvas (pixels)

The names below load their modules when they are first used: numbers and words for a terminal need
nothing that draws.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posture.overlay.draw import draw_overlay
    from posture.overlay.encode import ImageFormat, encode_image
    from posture.overlay.layers import ALL_LAYERS, DEFAULT_LAYERS, Layer

__all__ = ["ALL_LAYERS", "DEFAULT_LAYERS", "ImageFormat", "Layer", "draw_overlay", "encode_image"]

_MODULE_OF = {
    "ALL_LAYERS": "layers",
    "DEFAULT_LAYERS": "layers",
    "ImageFormat": "encode",
    "Layer": "layers",
    "draw_overlay": "draw",
    "encode_image": "encode",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
