"""``posture study report`` and ``archive`` as whoever finishes a study meets them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from posture.cli import main
from tests.support.paths import ROOT
from tests.support.simulated_studies import simulated_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulated_study(tmp_path_factory.mktemp("study") / "finished", 5)


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as exit_:
        main(["study", *map(str, words)])
    assert isinstance(exit_.value.code, int)
    return exit_.value.code


def test_a_report_is_written_beside_the_study_and_never_over_another(folder: Path) -> None:
    # A process of its own: what other commands leave unloaded is loaded here.
    words = (sys.executable, "-m", "posture", "study", "report", str(folder))
    first = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    assert "This report ends the blinding." in first.stdout
    page = folder / "report" / "report.html"
    assert page.is_file()
    assert (folder / "report" / "report.pdf").read_bytes().startswith(b"%PDF")
    page.write_text("mine")
    assert run("report", folder) == 1
    assert page.read_text() == "mine"
    assert run("report", folder, "--overwrite") == 0
    assert "GRRAS" in page.read_text(encoding="utf-8")


def test_a_report_goes_where_it_is_told(folder: Path, tmp_path: Path) -> None:
    assert run("report", folder, "--out", tmp_path / "there") == 0
    assert {"report.html", "report.pdf", "readings.csv"} <= {
        path.name for path in (tmp_path / "there").iterdir()
    }


def test_an_archive_is_one_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("archive", folder, tmp_path / "study.zip") == 0
    with zipfile.ZipFile(tmp_path / "study.zip") as archive:
        assert archive.testzip() is None
        count = len(archive.namelist()) - 1
    assert f"{count} files" in capsys.readouterr().out
    assert run("archive", folder, tmp_path / "study.zip") == 1


def test_an_archive_is_never_written_over_the_study(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "captures.csv").read_bytes()
    assert run("archive", folder, folder / "captures.csv", "--overwrite") == 1
    assert (folder / "captures.csv").read_bytes() == before
    assert "is being read" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["report"], ["archive"]])
def test_what_is_no_study_is_told_in_a_line(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = [tmp_path / "out.zip"] if words == ["archive"] else []
    assert run(*words, tmp_path, *out) == 1
    assert "holds no study" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
