"""Reference values from a file of one's own, and what is said of a garbled one."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.verdict.norms import load_norms
from tests.support.places import ROOT

BUILT_IN = (ROOT / "posture/data/norms.toml").read_text(encoding="utf-8")


def test_a_copy_reads_as_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(BUILT_IN, encoding="utf-8")
    assert load_norms(tmp_path / "own.toml") == load_norms()


def test_cuts_as_shares_of_the_bridge() -> None:
    norms = load_norms()
    # 30, 53 and 61 mm under a bridge of .235 x 1,756 mm = 412.66 mm.
    assert norms.ratio_cuts("m") == pytest.approx((0.07270, 0.12843, 0.14782), abs=1e-5)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("m = [33.0, 49.0, 54.0]", "m = [33.0, 54.0, 49.0]", "ascending cuts"),
        ("m = [33.0, 49.0, 54.0]", "m = [33.0, 49.0]", "lacks or garbles"),
        ("fraction_ci95", "fraction", "fraction_ci95"),
        ('version = "1"', "version = ", "cannot be read"),
    ],
)
def test_a_garbled_file_is_explained(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in BUILT_IN
    (tmp_path / "own.toml").write_text(BUILT_IN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match=words):
        load_norms(tmp_path / "own.toml")


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_norms(tmp_path / "none.toml")
