"""Two pictures with a border that can be moved between them."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.app.components.declare import declared
from posture.overlay import encode_image


@dataclass(frozen=True)
class Side:
    """One of the two: its pixels, what it shows in words, and the tag in its corner."""

    pixels: NDArray[np.uint8]
    alt: str
    tag: str


def compare(before: Side, after: Side, label: str, key: str) -> None:
    """Show both, `before` left of the border.

    Args:
        before, after: of one size.
        label: of the slider, for screen readers.
        key: another key shows other pictures.
    """
    data = {"key": key, "label": label, "before": _plain(before), "after": _plain(after)}
    declared("compare", '<div class="compare"></div>')(data=data, key="compare")


def _plain(side: Side) -> dict[str, str]:
    jpeg = base64.b64encode(encode_image(side.pixels, "jpeg", 85)).decode()
    return {"image": f"data:image/jpeg;base64,{jpeg}", "alt": side.alt, "tag": side.tag}
