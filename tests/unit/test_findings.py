"""The sentences of all findings."""

from __future__ import annotations

import pytest

from posture.findings import finding
from tests.support.sentences import CODES, assert_sentences


@pytest.mark.parametrize("code", sorted(CODES))
def test_sentences_of_the_catalogue(code: str) -> None:
    told = finding(
        code,
        value=1.0,
        limit=2.0,
        where="to your left",
        head="down",
        turn="upside down, by 180°",
        how="squeezed in width",
        reason="It is dark.",
        remedy="Switch on a light.",
    )
    assert_sentences([told])
