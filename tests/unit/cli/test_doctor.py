"""The doctor finds what is wrong and says what to do."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

import pytest
from packaging.requirements import Requirement

from posture._support import system_libraries
from posture._support.distribution import DISTRIBUTION
from posture.cli import doctor
from posture.cli.doctor import Check, examine, print_checks
from posture.errors import ModelUnavailable, WorkerDied, WorkerHung
from posture.pose.bundles import MODEL_NAMES
from posture.worker import IsolatedAnalyzer


def checks_by_subject() -> dict[str, Check]:
    return {check.subject: check for check in examine()}


@pytest.mark.model
def test_everything_is_in_place_here() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "posture", "doctor"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    assert lines[-1] == "Everything is in place."
    assert all(line.startswith(("OK ", "NOTE ")) for line in lines[:-1])
    subjects = ["Python", "mediapipe: 0.10.33", "OpenCV", "System libraries", "Trial run"]
    subjects += ["Camera", "Data folder", *(f"Pose model {name}" for name in MODEL_NAMES)]
    for subject in subjects:
        assert any(f" {subject}" in line for line in lines), subject


def test_exit_code_and_lines(capsys: pytest.CaptureFixture[str]) -> None:
    checks = [Check("A", "ok", "fine"), Check("B", "note", "so so"), Check("C", "wrong", "Do it.")]
    assert print_checks(iter(checks[:2])) == 0
    assert print_checks(iter(checks)) == 1
    assert "TO DO  C: Do it." in capsys.readouterr().out


@pytest.fixture
def no_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_trial_run", lambda _: Check("Trial run", "ok", ""))
    monkeypatch.setattr(IsolatedAnalyzer, "launch", lambda _: None)


@pytest.mark.usefixtures("no_trial")
def test_another_mediapipe(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def pretend(name: str) -> str:
        return "1.2.2" if name == "mediapipe" else real(name)

    monkeypatch.setattr(metadata, "version", pretend)
    check = checks_by_subject()["mediapipe"]
    assert check.state == "wrong"
    assert "==0.10.33 is needed" in check.words


@pytest.mark.usefixtures("no_trial")
def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert checks_by_subject()["numpy"].words.startswith("not installed.")


@pytest.mark.parametrize(("installed", "state"), [(0, "wrong"), (1, "ok"), (2, "wrong")])
def test_number_of_opencv_distributions(
    monkeypatch: pytest.MonkeyPatch, installed: int, state: str
) -> None:
    present = doctor.OPENCV_DISTRIBUTIONS[:installed]
    monkeypatch.setattr(doctor, "_is_installed", lambda name: name in present)
    assert doctor._one_opencv().state == state


def test_missing_system_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "DEBIAN_PACKAGE_OF", {"libnone.so.9": "libnone9"})
    check = doctor._system_libraries()
    assert check.state == "wrong"
    assert "sudo apt-get install libnone9" in check.words


def test_damaged_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> Path:
        raise ModelUnavailable("It is damaged.", "Run: make models")

    monkeypatch.setattr(doctor, "bundle_path", fail)
    assert doctor._model("lite") == Check(
        "Pose model lite", "wrong", "It is damaged. Run: make models"
    )


def _raise(error: Exception) -> NoReturn:
    raise error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("libfirst.so:\ncannot be loaded"), "libfirst.so: cannot be loaded Set up"),
        (WorkerDied("It ended.", "Again."), "stop; nothing else"),
        (WorkerHung("It hung.", "Again."), "took too long"),
    ],
)
def test_failing_trial_run(monkeypatch: pytest.MonkeyPatch, error: Exception, words: str) -> None:
    trial = IsolatedAnalyzer()
    monkeypatch.setattr(trial, "run", lambda *_: _raise(error))
    check = doctor._trial_run(trial)
    assert check.state == "wrong"
    assert words in check.words and "\n" not in check.words


def test_data_folder_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(**_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "a")
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    check = doctor._data_folder()
    assert check.state == "wrong"
    assert str(tmp_path) in check.words


def test_cameras_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for found, state in (([], "note"), (["/dev/video0"], "ok")):
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(doctor, "_linux_cameras", lambda found=found: found)
        assert doctor._camera().state == state


def test_every_runtime_dependency_is_bounded() -> None:
    for line in metadata.requires(DISTRIBUTION) or []:
        requirement = Requirement(line)
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators & {"<", "=="}, line
