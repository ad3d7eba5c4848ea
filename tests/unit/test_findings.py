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


def test_shares_are_written_as_percent() -> None:
    told = finding("photos-differ-in-depth", value=0.114, limit=0.05)
    assert "differ by 11.4 % of the bridge" in told.message
    assert told.message.endswith("by up to 5.0 %.")
    assert (told.value, told.limit) == (0.114, 0.05)
