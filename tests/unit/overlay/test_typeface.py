"""The typeface and lines of text."""

from __future__ import annotations

import pytest

from posture._support.texts import texts
from posture.overlay.typeface import NO_BREAK_SPACE, Weight, font, text_width, wrap


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_the_typeface_has_every_glyph_that_is_needed(weight: Weight) -> None:
    face = font(64, weight)
    missing = bytes(face.getmask("\U000f1234"))
    said = "".join(str(section) for section in texts().values())
    for glyph in sorted({*"°±′µ−–×·“”éßłğ0123456789%", *said} - {" ", "\n"}):
        assert bytes(face.getmask(glyph)) != missing, f"no {glyph!r}"


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "Standing again may change the angle by about ± 7° and more extraordinarily so."
    lines = wrap(text, 20, "regular", 150)
    assert all(text_width(line, 20, "regular") <= 150 for line in lines)
    assert "".join(lines).replace(" ", "").replace(NO_BREAK_SPACE, "") == text.replace(" ", "")
    assert any(f"±{NO_BREAK_SPACE}7°" in line for line in lines)
