"""Turning a photo by quarters, for pictures that lie on their side or stand on their head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posture.findings import Finding
from posture.photo.decode import Photo

# The finding that asks for it; its value is by how many degrees clockwise.
TURNED = "picture-turned"
QUARTER_DEG = 90


def turned_photo(photo: Photo, quarter_turns: int) -> Photo:
    """`photo` turned clockwise by `quarters` quarter turns, with all that is known of it.

    Name and SHA-256 stay those of the file.  The camera's roll stays, too: it does not count
    quarters.
    """
    rgb = np.ascontiguousarray(np.rot90(photo.rgb, -quarter_turns))
    # Of a whole turn rot90 gives the same pixels, which are not to be changed.
    rgb.flags.writeable = False
    return replace(photo, rgb=rgb)


def quarter_turns(findings: tuple[Finding, ...]) -> int | None:
    """By how many quarters clockwise, 1 to 3, the picture must be turned; None when it need not."""
    values = [item.value for item in findings if item.code == TURNED]
    return round(values[0] / QUARTER_DEG) if values and values[0] is not None else None
