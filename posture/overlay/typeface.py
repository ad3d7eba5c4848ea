"""The bundled typeface (Inter, SIL Open Font License), measured and wrapped.

Sizes are pixels per em.  Fonts are cached: opening one costs more than setting a line with it.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from PIL import ImageFont

Weight = Literal["regular", "semibold"]

_FILES: dict[Weight, str] = {"regular": "Inter-Regular.ttf", "semibold": "Inter-SemiBold.ttf"}
# Distances from the baseline in em, for a line of text with digits and capitals.
CAP_HEIGHT = 0.73
LINE_HEIGHT = 1.36
NO_BREAK_SPACE = "\u00a0"


@cache
def _font_bytes(weight: Weight) -> bytes:
    return resources.files("posture").joinpath("fonts", _FILES[weight]).read_bytes()


@lru_cache(maxsize=64)
def font(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """The typeface at a whole number of pixels per em (at least 1)."""
    return ImageFont.truetype(io.BytesIO(_font_bytes(weight)), max(1, size))


def fineness(size: float) -> int:
    """How many times larger than shown text of this size is set, to be averaged down.

    The rasteriser moves small glyphs to whole pixels, which tears words apart.
    """
    return 4 if size < 48 else 1


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: Weight) -> float:
    """Advance width of one line, in pixels."""
    fine = fineness(size)
    return float(font(round(size * fine), weight).getlength(text)) / fine


@lru_cache(maxsize=4096)
def ink_box(text: str, size: float, weight: Weight) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink of one line, in pixels from where it starts."""
    fine = fineness(size)
    left, top, right, bottom = font(round(size * fine), weight).getbbox(text, anchor="ls")
    return left / fine, top / fine, right / fine, bottom / fine


def wrap(text: str, size: float, weight: Weight, width: float) -> list[str]:
    """Lines of at most `width` pixels, broken at spaces, and inside words only where one is wider.

    A ± is never parted from its number.  A single glyph wider than `width` still gets a line of
    its own.
    """
    lines: list[str] = []
    line = ""
    bound = text.replace("± ", f"±{NO_BREAK_SPACE}")
    for word in filter(None, bound.replace("\n", " ").split(" ")):
        candidate = f"{line} {word}" if line else word
        if text_width(candidate, size, weight) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _split_word(word, size, weight, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def _split_word(word: str, size: float, weight: Weight, width: float) -> list[str]:
    pieces, piece = [], ""
    for glyph in word:
        if piece and text_width(piece + glyph, size, weight) > width:
            pieces.append(piece)
            piece = ""
        piece += glyph
    return [*pieces, piece]
