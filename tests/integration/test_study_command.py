"""``posture study`` as raters meet it, on sample pictures."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from posture.cli import main
from posture.cli import study as command
from posture.result import Measured
from posture.study import capture
from posture.study.folder import PHOTOS, RESULTS, Study, read_study, session_values
from tests.support.paths import ROOT
from tests.support.samples import MEASURABLE, REFUSABLE

pytestmark = pytest.mark.model

Command = Callable[..., int]
PHOTOS_OF_FOUR = [sample.path for sample in MEASURABLE[:4]]
NEW = ("--participants", "3", "--seed", "4", "--title", "Two raters")
# P03 before rater B in session 1 comes first by this seed.
FIRST = ("--participant", "P03", "--rater", "B", "--session", "1")


@pytest.fixture
def run() -> Command:
    def command(*arguments: object) -> int:
        with pytest.raises(SystemExit) as exit_:
            main(["study", *(str(argument) for argument in arguments)])
        assert isinstance(exit_.value.code, int)
        return exit_.value.code

    return command


@pytest.fixture
def folder(run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A study whose participants have heights."""
    path = tmp_path / "s"
    assert run("new", path, *NEW, "--instrument", "flexi", "flexicurve", "mm") == 0
    for height in (178, 165, 172):
        assert run("add", path, "--height", f"{height}cm") == 0
    capsys.readouterr()
    return path


def numbers(study: Study) -> set[str]:
    """Every number of every back in the study, as it may be printed: rounded in all ways."""
    found = set()
    for one in study.captures:
        assert one.result is not None
        for measured in vars(one.result).values():
            if isinstance(measured, Measured):
                found |= {f"{measured.value:.{digits}f}" for digits in (1, 2, 3)}
                found.add(f"{measured.value!r}")
    return found


def told(text: str) -> set[str]:
    """The numbers in a text that are not whole; names of files aside."""
    return set(re.findall(r"(?<![\w.-])\d+\.\d+(?![\w.])", text))


def test_a_sitting_is_captured_without_a_number(
    run: Command, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("capture", folder, "--next", *PHOTOS_OF_FOUR[:2], REFUSABLE[0].path)
    assert code == 2
    first = capsys.readouterr()
    assert "stance 2 of 4 is measured" in first.out and "cannot be measured. " in first.out
    assert "P03, rater B, session 1: 2 of 4 stances are there" in first.out
    assert run("capture", folder, "--next", *PHOTOS_OF_FOUR[2:]) == 0
    second = capsys.readouterr()
    assert "All 4 stances of P03, rater B, session 1 are there." in second.out
    assert "Next by the random order: P03, rater A, session 1." in second.out
    assert run("status", folder) == 0
    status = capsys.readouterr()
    assert "1 of 12 sittings are whole" in status.out
    assert REFUSABLE[0].reason in status.out
    study = read_study(folder)
    (value,) = session_values(study, "slca_deg")
    assert value.dropped_first and value.stances == 4
    everything = f"{first}{second}{status}"
    assert numbers(study) and not told(everything) & numbers(study)
    assert "°" not in everything.replace("78°", "") and "±" not in everything


def test_an_interrupted_sitting_goes_on_with_the_same_command(
    run: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    once = capture.take

    def interrupted(*arguments: object) -> object:
        if read_study(folder, results=False).captures:
            raise KeyboardInterrupt
        return once(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "take", interrupted)
    assert run("capture", folder, *FIRST, *PHOTOS_OF_FOUR) == 130
    assert len(read_study(folder).captures) == 1
    monkeypatch.setattr(command, "take", once)
    assert run("capture", folder, *FIRST, *PHOTOS_OF_FOUR) == 0
    assert "C0001 is this photo already" in capsys.readouterr().out
    study = read_study(folder)
    assert [one.stance for one in study.captures] == [1, 2, 3, 4]


def test_a_killed_sitting_goes_on_too(folder: Path, run: Command) -> None:
    """The power goes in the middle."""
    words = ["study", "capture", str(folder), *FIRST, *map(str, PHOTOS_OF_FOUR)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "posture", *words],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        # The line that says how many are there, then that of the first photo.
        process.stdout.readline()
        assert "C0001" in process.stdout.readline()
        process.kill()
    done = len(read_study(folder).captures)
    assert 1 <= done < 4
    assert run("capture", folder, *FIRST, *PHOTOS_OF_FOUR) == 0
    study = read_study(folder)
    assert [one.stance for one in study.captures] == [1, 2, 3, 4]
    assert len({one.image_sha256 for one in study.captures}) == 4


def test_photos_are_kept_where_the_study_keeps_them(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "k"
    assert run("new", path, *NEW, "--keep-photos") == 0
    assert run("add", path, "--participant", "P03", "--height", "178cm") == 0
    assert run("capture", path, *FIRST, PHOTOS_OF_FOUR[0]) == 0
    with Image.open(path / PHOTOS / "C0001.jpg") as kept, Image.open(PHOTOS_OF_FOUR[0]) as photo:
        assert kept.size == photo.size and not kept.getexif()


def test_a_clinic_brings_its_flexicurve(
    run: Command, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = io.StringIO("participant;rater;session;instrument;value\nP01;A;1;flexi;31,5\n")
    (tmp_path / "r.csv").write_text(table.getvalue())
    assert run("instrument", folder, "--file", tmp_path / "r.csv") == 0
    single = ("--name", "flexi", "--participant", "P01", "--session", "1")
    assert run("instrument", folder, *single, "--value", "30", "--unit", "mm") == 0
    assert run("instrument", folder, *single, "--value", "3", "--unit", "mm") == 1
    assert run("instrument", folder, *single) == 1
    assert run("instrument", folder) == 1
    assert [one.value for one in read_study(folder).readings] == [31.5, 30.0]
    capsys.readouterr()
    assert run("status", folder) == 0
    assert "Readings by flexi: 2, on 1 of 6 occasions." in capsys.readouterr().out


def test_consent_is_taken_back(
    run: Command, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("capture", folder, *FIRST, PHOTOS_OF_FOUR[0]) == 0
    assert run("withdraw", folder, "P03") == 1
    assert "Add --yes" in capsys.readouterr().err
    assert run("withdraw", folder, "P09", "--yes") == 1
    assert len(read_study(folder).captures) == 1
    assert run("withdraw", folder, "P03", "--yes") == 0
    assert "Everything of P03 is deleted; photos: 1." in capsys.readouterr().out
    study = read_study(folder)
    assert not study.captures and [one.id for one in study.participants] == ["P01", "P02"]
    assert not list((folder / RESULTS).iterdir())


def test_mistakes_are_told_in_one_line(
    run: Command, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = PHOTOS_OF_FOUR[0]
    for words, expected in (
        (("capture", folder, photo), "Give --participant, --rater and --session, or --next."),
        (("capture", folder, *FIRST, tmp_path / "no.jpg"), "cannot be read"),
        (("capture", folder, *FIRST, "-"), "standard input"),
        (("capture", tmp_path, "--next", photo), "holds no study"),
        (("new", folder, *NEW), "there already"),
        (("new", tmp_path / "x", "--participants", "3", "--raters", "A"), "1 raters"),
        (
            ("new", tmp_path / "x", *NEW, "--instrument", "a", "ruler", "mm"),
            "no kind of instrument 'ruler'",
        ),
        (("new", tmp_path / "x", *NEW, "--instrument", "a", "x-ray", "cm"), "'cm' is no unit"),
        (("void", folder, "C0001", "--why", "x"), "no capture 'C0001'"),
        (("size", "--icc", "0.7"), "not below the expected one"),
        (("size", "--bogus"), "posture study size: not understood: --bogus"),
    ):
        assert run(*words) == 1
        assert expected in capsys.readouterr().err
    assert not read_study(folder).captures


def test_a_sample_size_is_told_with_its_sources(
    run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("size", "--icc", "0.8", "--above", "0.6") == 0
    said = capsys.readouterr().out
    assert "  39 to show that the ICC is above 0.60" in said
    for source in ("Walter, Eliasziw & Donner 1998", "Bonett 2002", "Bland & Altman 1999"):
        assert source in said


def test_one_persons_own_settings_are_not_everybodys(
    run: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('height = "190cm"\nsex = "m"\n')
    monkeypatch.setenv("POSTURE_CONFIG", str(own))
    assert run("add", folder, "--participant", "P04", "--age", "30") == 0
    subject = read_study(folder).participant("P04").subject
    assert (subject.stature_mm, subject.sex, subject.age) == (None, "unspecified", 30.0)
