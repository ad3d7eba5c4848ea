"""The sentences of all findings."""

from __future__ import annotations

import pytest

from posture.findings import finding
from tests.support.sentences import CODES, assert_sentences


@pytest.mark.parametrize("code", sorted(CODES))
def test_sentences_of_the_catalogue(code: str) -> None:
    words = {
        "where": "to your left",
        "reason": "It is dark.",
        "remedy": "Switch on a light.",
        "head": "down",
        "turn": "upside down, by 180°",
    }
    assert_sentences([finding(code, value=1.0, limit=2.0, **words)])
