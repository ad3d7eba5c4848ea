"""The intervals of a study's report hold the truth as often as they say."""

from __future__ import annotations

import pytest

from benchmarks.study_coverage import SCENARIOS, main, share_held

# A share of 1,000 studies is itself known to 1.4 points; docs/study.md has 10,000.
STUDIES, SEED = 1000, 1
USUAL = "ICC(2,1), McGraw & Wong 1996"


def test_of_a_thousand_whole_studies_95_in_100_intervals_hold_the_truth() -> None:
    whole = next(index for index, one in enumerate(SCENARIOS) if one.whole)
    held = share_held(SCENARIOS[whole], STUDIES, (SEED, whole))
    assert len(held) == 16
    assert {name: share for name, share in held.items() if abs(share - 0.95) > 0.015} == {}


def test_the_usual_interval_is_too_short_where_two_raters_differ() -> None:
    differ = next(index for index, one in enumerate(SCENARIOS) if one.apart > one.error)
    held = share_held(SCENARIOS[differ], 300, (SEED, differ))
    assert held[USUAL] < 0.85
    assert held["ICC(2,1)"] == pytest.approx(0.95, abs=0.03)


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--studies", "2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("| interval | A | B |")
    assert "H: 30 × 2 × 2 × 4" in out
