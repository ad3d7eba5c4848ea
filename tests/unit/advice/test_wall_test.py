"""The guide of the wall test, and its agreement with a photo."""

from __future__ import annotations

from typing import Any

import pytest

from posture.advice.wall_test import agreement, home_test
from posture.result import Measured
from posture.verdict.norms import load_norms


def test_the_wall_test_has_five_steps_and_four_answers() -> None:
    guide = home_test()
    assert len(guide.steps) == 5
    assert [answer.room for answer in guide.answers] == ["little", "little", "one", "more"]


@pytest.mark.parametrize(
    ("room", "hands", "error", "expected"),
    [
        ("one", 0.9, 0.1, "same"),
        ("one", 1.5, 0.1, "photo_more"),
        ("one", 1.5, 0.4, "same"),
        ("more", 0.9, 0.1, "photo_less"),
        ("more", 2.5, 0.1, "same"),
        ("little", 0.2, 0.1, "same"),
        ("little", 1.0, 0.1, "photo_more"),
    ],
)
def test_agreement_of_wall_and_photo(room: Any, hands: float, error: float, expected: str) -> None:
    assert agreement(room, Measured(hands, error), load_norms()) == expected
