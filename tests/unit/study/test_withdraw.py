"""Whoever takes their consent back leaves a pseudonym and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.study import withdraw as withdrawing
from posture.study.capture import void
from posture.study.folder import Sitting, read_study, session_values
from posture.study.instruments import add_readings, single_reading
from posture.study.people import free_id, set_details
from posture.study.withdraw import withdraw
from posture.subject import Subject
from tests.support.studies import DESIGN, FIRST, NOW, new_study, taken

OTHER = Sitting("P02", "A", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with photos and readings of two people."""
    path = new_study(tmp_path / "s", replace(DESIGN, keep_photos=True))
    taken(path, ["40", "41", "refused"])
    taken(path, ["50", "51", "52"], OTHER)
    void(path, "C0002", "a mistake", NOW)
    void(path, "C0005", "another one", NOW)
    study = read_study(path)
    for sitting in (FIRST, OTHER):
        reading = single_reading(sitting, "flexi", 30.0, "mm", study, unusual=False)
        add_readings([reading], study, again=False)
    return path


def everything(folder: Path) -> str:
    """All text of the study but that of who withdrew."""
    tables = sorted(path for path in folder.glob("*.csv") if path.name != "withdrawn.csv")
    return "".join(path.read_text() for path in tables)


def test_everything_of_theirs_goes(folder: Path) -> None:
    before = session_values(read_study(folder), "slca_deg")[-1]
    assert withdraw(folder, "P01", NOW) == 3
    study = read_study(folder)
    assert study.withdrawn == ("P01",)
    assert [one.capture for one in study.captures] == ["C0004", "C0005", "C0006"]
    assert session_values(study, "slca_deg") == (before,)
    assert [one.sitting for one in study.readings] == [OTHER]
    assert "P01" not in everything(folder)
    for place, ending in (("results", "json"), ("photos", "jpg")):
        names = sorted(path.name for path in (folder / place).iterdir())
        assert names == [f"C000{number}.{ending}" for number in (4, 5, 6)]
    assert (folder / "withdrawn.csv").read_text().splitlines()[1].endswith(",3")


def test_nobody_else_gets_the_pseudonym(folder: Path) -> None:
    withdraw(folder, "P01", NOW)
    assert free_id(read_study(folder)) == "P04"
    with pytest.raises(InvalidInput, match="P01 has withdrawn"):
        set_details(folder, "P01", Subject(1700.0), replace_details=False)


@pytest.mark.parametrize("steps", range(11))
def test_an_interrupted_deletion_is_finished_by_the_same_command(
    folder: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter(range(steps))

    def interrupted(step: Callable[..., None]) -> Callable[..., None]:
        def one(*arguments: object) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            step(*arguments)

        return one

    with monkeypatch.context() as patched:
        for name in ("_keep", "_delete"):
            patched.setattr(withdrawing, name, interrupted(getattr(withdrawing, name)))
        with pytest.raises(KeyboardInterrupt):
            withdraw(folder, "P01", NOW)
    read_study(folder)
    withdraw(folder, "P01", NOW)
    assert "P01" not in everything(folder)
    assert len(list((folder / "results").iterdir())) == 3
    assert (folder / "withdrawn.csv").read_text().count("P01") == 1


def test_only_who_takes_part_can_withdraw(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="no participant 'P09'"):
        withdraw(folder, "P09", NOW)
