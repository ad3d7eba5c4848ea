"""A short part of the fuzz run: no mutated picture crashes, hangs, or raises."""

from __future__ import annotations

import os
import signal
import sys
from types import ModuleType

import pytest

if sys.platform != "linux":
    pytest.skip("the limits of the fuzz run are Linux ones", allow_module_level=True)

from benchmarks import fuzz
from posture.findings import Finding
from posture.photo.decode import load_photo


@pytest.fixture(autouse=True)
def _plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's tests leave their script as the main module, which a child would run again."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def test_the_whole_pictures_are_read() -> None:
    for data in fuzz.whole_pictures():
        assert not isinstance(load_photo(data), Finding)


def test_a_mutant_can_be_made_again() -> None:
    assert [fuzz.mutant(3, n) for n in range(40)] == [fuzz.mutant(3, n) for n in range(40)]
    assert fuzz.mutant(3, 0) != fuzz.mutant(4, 0)


def test_mutants_give_a_photo_or_a_finding() -> None:
    tally = fuzz.fuzz(count=1500, seed=2)
    assert tally.failures == {}
    assert sum(tally.counts.values()) == 1500
    assert tally.counts["photo"] > 100
    assert tally.counts["photo-damaged"] > 100
    assert tally.counts["photo-too-many-pixels"] > 5


def test_a_child_that_dies_or_hangs_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    child = fuzz.Child(seed=1, analyze_every=0)
    monkeypatch.setattr(fuzz, "SECONDS_PER_MUTANT", 0.3)
    os.kill(child.pid, signal.SIGSTOP)
    assert child.load(0).startswith("hang")
    child.stop()
    tally = fuzz.FuzzTally()
    assert tally.add(7, "crash: exit code -11")
    assert not tally.add(8, "photo-damaged")
    assert list(fuzz.report(tally)) == [
        "       1  crash",
        "       1  photo-damaged",
        "mutant 7: crash: exit code -11",
    ]
