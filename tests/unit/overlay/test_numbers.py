"""Numbers with their interval."""

from __future__ import annotations

import pytest

from posture.overlay import numbers
from posture.overlay.numbers import NumberText
from posture.result import Measured


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (numbers.degrees(Measured(41.4, 5.2)), "41° ± 5°"),
        (numbers.degrees(Measured(41.4, 0.2)), "41° ± 1°"),
        (numbers.length(Measured(-3.2, 6.0)), "−3 ± 6 mm"),
        (numbers.length(Measured(-0.2, 6.0)), "0 ± 6 mm"),
        (numbers.length(Measured(48.0, 5.2), "in"), "1.9 ± 0.2 in"),
        (numbers.length(Measured(48.0, 1.0), "in"), "1.9 ± 0.1 in"),
        (numbers.hands(Measured(1.44, 0.31)), "1.4 ± 0.3 hands"),
        (numbers.percent(Measured(0.1136, 0.0123), "of bridge"), "11.4 ± 1.2 % of bridge"),
    ],
)
def test_numbers_carry_their_interval(figure: NumberText, printed: str) -> None:
    assert str(figure) == printed
