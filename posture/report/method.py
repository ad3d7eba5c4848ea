"""The paragraph on method and limits that stands on every page."""

from __future__ import annotations

from posture._support.texts import filled, page_texts
from posture.verdict.norms import Norms, load_norms
from posture.verdict.stances import load_stances, standing_again


def method_words(norms: Norms | None) -> str:
    """That paragraph, with how far standing again moves a reading.

    Args:
        norms: that tell it; the built-in ones when None.
    """
    one = 100 * (norms or load_norms()).repeatability_fraction
    whole = load_stances().session.stances
    session = f"{one * standing_again(whole):.0f}"
    form = page_texts()["report"]["method_text"]
    return filled(form, one=f"{one:.0f}", whole=whole, session=session)
