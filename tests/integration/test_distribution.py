"""Wheel and source distribution: complete away from the repository, and under their own name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from posture._support.distribution import DISTRIBUTION
from posture.pose.bundles import MODEL_NAMES
from tests.support.paths import ROOT

BIN = "Scripts" if sys.platform == "win32" else "bin"
# What a person copies into a terminal: to install the package "posture" of an index is to install
# somebody else's program.
INSTALLS_BY_NAME = re.compile(
    r"(?:pip|pipx|uv|tool) +install\b(?: +-\S+)* +[\"']?posture(?:-backline)?(?![\w/\\.-])"
)


def build(kind: str, source: Path, folder: Path) -> Path:
    """What hatchling makes of a source tree."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def described(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_string(archive.read(name).decode())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that has the wheel, as pipx and uv make one, from no network.

    The libraries that the wheel asks for are those of this environment.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    python = folder / BIN / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), *install, str(wheel)]
    subprocess.run(pip, env=away_from_here(), check=True)
    # After the wheel: where this environment has the project, too, pip would leave it at that.
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    present = [path for path in sys.path if path.endswith("site-packages")]
    (site / "present.pth").write_text("\n".join(present))
    return folder / BIN


def away_from_here() -> dict[str, str]:
    """An environment in which Python does not find the repository."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(program: Path, *words: str, cwd: Path) -> str:
    """What a program prints, far from the repository."""
    done = subprocess.run(
        [program, *words],
        cwd=cwd,
        env=away_from_here(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def names(archive: Sequence[str]) -> set[str]:
    return {name for name in archive if ".dist-info/" not in name}


def test_wheel_brings_data_fonts_licences_models_and_samples(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for folder in ("data", "fonts"):
        for path in filter(Path.is_file, (ROOT / "posture" / folder).rglob("*")):
            assert path.relative_to(ROOT).as_posix() in inside
    for name in MODEL_NAMES:
        assert f"posture/models/pose_landmarker_{name}.task" in inside
    for path in (ROOT / "sample_images").iterdir():
        assert f"posture/sample_images/{path.name}" in inside
    assert inside >= {
        "posture/models/LICENSE.mediapipe",
        "posture/py.typed",
        "posture/docs/accuracy.md",
        "posture/docs/method.md",
        "posture/app/app.py",
        "posture/app/.streamlit/config.toml",
    }
    others = [name for name in inside if not name.startswith(("posture/", "posture_backline-"))]
    assert not others


def test_source_distribution_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    for kept in ("Makefile", "requirements.lock.txt", "docs", "benchmarks", "tools", "tests"):
        assert (source / kept).exists()
    again = build("wheel", source, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert names(first.namelist()) == names(second.namelist())


def test_metadata_name_the_project_and_nobody_elses(described: Message) -> None:
    assert described["Name"] == DISTRIBUTION != "posture"
    assert described["Summary"] and described["Requires-Python"] == ">=3.11"
    assert described["License-Expression"] == "Apache-2.0"


def test_an_installed_wheel_has_its_command_and_measures_its_samples(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import json, posture\n"
        "from posture._support.distribution import shipped\n"
        "from posture.app.parts.intake import sample_person, samples\n"
        "from posture.app.views.method import accuracy_summary\n"
        "from posture.cli.page import start_file\n"
        "from posture.pose.bundles import MODEL_NAMES, bundle_path\n"
        "paths = [posture.__file__, start_file(), samples()[0], shipped('docs', 'method.md')]\n"
        "paths += [bundle_path(name) for name in MODEL_NAMES]\n"
        "print(json.dumps([len(samples()), sample_person(samples()[0]).stature_mm,\n"
        "    accuracy_summary(), list(map(str, paths))]))"
    )
    said = run(installed / "python", "-W", "ignore", "-c", code, cwd=tmp_path)
    count, stature_mm, accuracy, paths = json.loads(said.splitlines()[-1])
    assert count >= 16 and stature_mm > 1000
    assert "| family |" in accuracy
    assert [path for path in paths if not Path(path).is_relative_to(installed.parent)] == []
    assert run(installed / "posture", "--version", cwd=tmp_path).startswith("posture ")
    sample = next(path for path in paths if path.endswith(".jpg"))
    measured = json.loads(run(installed / "posture", "analyze", sample, "--json", cwd=tmp_path))
    assert measured["status"] == "measured"


def test_the_doctor_of_an_installed_wheel_has_nothing_to_do(
    installed: Path, tmp_path: Path
) -> None:
    said = run(installed / "posture", "doctor", cwd=tmp_path).splitlines()
    assert said[-1] == "Everything is in place."
    assert any("mediapipe: 0.10.33" in line for line in said)


def spoken_files() -> Iterator[Path]:
    """Whatever a person may read or run."""
    for pattern in ("*.md", "docs/*.md", "tools/*", "Makefile", "posture/**/*.py", "**/*.toml"):
        yield from (path for path in ROOT.glob(pattern) if path.is_file())


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("pip install posture", True),
        ("pip install --force-reinstall posture", True),
        ("pip install 'posture[cluster]'", True),
        ("pipx install posture-backline", True),
        ("uv tool install posture", True),
        ("pipx install dist/posture_backline-0.2.0-py3-none-any.whl", False),
        ('python -m pip install ".[cluster]"', False),
    ],
)
def test_what_counts_as_installing_by_name(said: str, found: bool) -> None:
    assert bool(INSTALLS_BY_NAME.search(said)) == found


def test_nothing_tells_anybody_to_install_by_name() -> None:
    """No index has this program, so whatever lies there under its name is not it."""
    for path in spoken_files():
        assert not INSTALLS_BY_NAME.search(path.read_text(encoding="utf-8")), path


def test_extras_and_script(described: Message) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert described.get_all("Provides-Extra") == sorted(project["optional-dependencies"])
    assert project["scripts"] == {"posture": "posture.cli:main"}
