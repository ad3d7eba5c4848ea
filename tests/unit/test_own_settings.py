"""A file of one's own says once what would be typed every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.cli.grammar import parsed
from posture.errors import InvalidInput
from posture.own_settings import settings_file

ANN = 'height = "176cm"\nsex = "f"\nhand = "28mm"\nnorms = "clinic.toml"\n'


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "mine.toml"
    monkeypatch.setenv("POSTURE_CONFIG", str(file))
    file.write_text(ANN)
    return file


def test_it_stands_in_for_what_was_not_typed(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = parsed(["analyze", "side.jpg", "--height", "180cm"])
    assert (options.stature, options.sex, options.hand) == (1800, "f", 28)
    assert options.norms == mine.parent / "clinic.toml"
    assert capsys.readouterr().err == f"posture: sex, hand, norms as in {mine}\n"


@pytest.mark.usefixtures("mine")
def test_what_was_typed_counts() -> None:
    words = ["--height", "1.8m", "--sex", "unspecified", "--hand", "30mm", "--norms", "other.toml"]
    options = parsed(["analyze", "side.jpg", *words])
    assert (options.stature, options.sex, options.hand) == (1800, "unspecified", 30)
    assert options.norms == Path("other.toml")


def test_a_batch_is_of_other_people(mine: Path) -> None:
    options = parsed(["batch", "photos", "--out", "study"])
    assert (options.stature, options.sex, options.hand) == (None, "unspecified", None)
    assert options.norms == mine.parent / "clinic.toml"


def test_commands_that_ask_nothing_of_it_do_not_read_it(mine: Path) -> None:
    mine.write_text("no settings at all")
    assert parsed(["doctor"]).command == "doctor"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('heigth = "176cm"', "no setting 'heigth'.*height, sex, hand, units, language, norms"),
        ("height = 176", 'Write height = "176"'),
        ('height = "tall"', "height: .*tall"),
        ('sex = "x"', "m, f, unspecified"),
        ("height", "cannot be read"),
    ],
)
def test_what_is_wrong_with_it_names_the_file(mine: Path, content: str, told: str) -> None:
    mine.write_text(content)
    with pytest.raises(InvalidInput, match=told) as error:
        parsed(["analyze", "side.jpg"])
    assert str(mine) in str(error.value)


def test_a_file_that_was_named_must_be_there(mine: Path) -> None:
    mine.unlink()
    with pytest.raises(InvalidInput, match="cannot be read"):
        parsed(["analyze", "side.jpg"])


def test_without_a_file_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("POSTURE_CONFIG")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert settings_file() == tmp_path / ".posture.toml"
    assert parsed(["analyze", "side.jpg"]).sex == "unspecified"
    assert capsys.readouterr().err == ""
