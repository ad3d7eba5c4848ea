"""Own reference values that can be used and are odd all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.cli import main
from posture.verdict.norms import load_norms, norms_text
from posture.verdict.norms_check import odd_in


def own(folder: Path, *changes: tuple[str, str]) -> Path:
    text = norms_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


CLINIC = ('version = "2"', 'version = "clinic"')


def test_nothing_is_odd_in_the_built_in_ones() -> None:
    assert odd_in(load_norms()) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("people = { m = 335", "people = { m = 33", "of 33 men; at least 120"),
        ("f = [35.0, 65.0, 72.0]", "f = [3.5, 6.5, 7.2]", "bands.hollow_depth_mm.f holds 3.5"),
        ("m = [31.0, 50.0, 56.0]", "m = [40.0, 43.0, 56.0]", "would be typical"),
        ("f = [35.0, 65.0, 72.0]", "f = [45.0, 85.0, 92.0]", "hollow_depth_ratio.f"),
        ("one_hand_below = 1.2", "one_hand_below = 0.2", "[wall_test] do not ascend"),
        ("m = 1756.0", "m = 175.6", "reference_stature_mm.m holds 175.6"),
        ("fraction_ci95 = 0.15", "fraction_ci95 = 15", "repeatability.fraction_ci95 holds 15"),
        ("m = 0.235", "m = inf", "bridge_length_per_stature.m holds inf"),
    ],
)
def test_what_is_odd_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = odd_in(load_norms(own(tmp_path, CLINIC, (old, new))))
    assert any(told in sentence for sentence in found), found


def test_other_values_under_the_old_name_are_told(tmp_path: Path) -> None:
    (sentence,) = odd_in(load_norms(own(tmp_path, ("sd = 3.5", "sd = 4.0"))))
    assert "calls itself 2" in sentence


def told_of(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["norms", str(path)])
    printed = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, printed.out, printed.err


def test_the_command_says_what_a_file_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own(tmp_path, CLINIC, ("people = { m = 335", "people = { m = 33"))
    code, out, err = told_of(path, capsys)
    assert code == 0 and err == ""
    assert f"Norms {load_norms(path).version}." in out and "33 men and 208 women" in out
    assert "Curve angle, degrees, men: flatter under 31, typical to 50" in out
    assert out.count("Look again: ") == 1


def test_a_wrong_file_is_one_line_and_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own(tmp_path, ("m = [31.0, 50.0, 56.0]", "m = [31.0, 56.0, 50.0]"))
    code, out, err = told_of(path, capsys)
    assert code == 1 and out == "" and err.count("\n") == 1
    assert "bands.slca_deg: the cuts [31.0, 56.0, 50.0] do not ascend" in err
