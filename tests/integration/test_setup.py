"""The set-up scripts, and the commands that README and pages show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from posture.cli.grammar import build_parser
from tests.support.paths import ROOT

SCRIPTS = [ROOT / "tools" / "setup", ROOT / "tools" / "pins", ROOT / "tools" / "demo",
           ROOT / ".ci" / "run"]  # fmt: skip
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="make and sh")


def test_pins_fit_what_the_project_asks_for() -> None:
    lines = (ROOT / "requirements.lock.txt").read_text().splitlines()
    pairs = [line.split("==") for line in lines if "==" in line]
    pins = {canonicalize_name(name): version for name, version in pairs}
    described = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = described["project"]
    lines = [*project["dependencies"], *described["dependency-groups"]["dev"]]
    lines += [line for extra in project["optional-dependencies"].values() for line in extra]
    for requirement in (item for item in map(Requirement, lines) if item.name != project["name"]):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])
    assert [name for name in pins if name.startswith("opencv")] == ["opencv-contrib-python"]


@posix_only
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_executable_and_parse(script: Path) -> None:
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


@posix_only
def test_no_suitable_python() -> None:
    run = subprocess.run(
        [ROOT / "tools" / "setup"],
        env={**os.environ, "PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "Python 3.11 to 3.14 was not found. Install it, or name it: make PYTHON=/path/to/python3"
    ]


@posix_only
def test_system_libraries_are_there() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "system-libraries"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@posix_only
def test_what_the_system_lacks_is_one_line_for_those_who_may_not_install() -> None:
    """A Debian without the libraries and the venv module, for a user without privileges."""
    code = (
        "import runpy, sys\n"
        "from posture._support import system_libraries\n"
        "system_libraries.DEBIAN_PACKAGE_OF = {'libnone.so.9': 'libnone9'}\n"
        "script = runpy.run_path(sys.argv[1])\n"
        "namespace = script['main'].__globals__\n"
        "namespace['administrator_prefix'] = lambda: None\n"
        "namespace['importlib'].util.find_spec = lambda name: None\n"
        "script['main']()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, ROOT / "tools" / "system-libraries"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    version = "{}.{}".format(*sys.version_info)
    assert run.stderr.splitlines() == [
        "The system lacks libnone.so.9, Python's venv module. On Debian or Ubuntu run: "
        f"sudo apt-get install libnone9 python{version}-venv"
    ]


def shown_commands() -> Iterator[list[str]]:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    for block in re.findall(r"```(?:sh|console|powershell)\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            command, _, _ = line.partition(" > ")
            words = shlex.split(command, comments=True)
            if words:
                yield words


def test_make_targets_that_pages_show_exist() -> None:
    rules = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    targets = {words[1] for words in shown_commands() if words[0] == "make"}
    assert {"demo", "test"} <= targets <= set(rules)


def test_commands_that_pages_show_are_understood() -> None:
    commands = [words[1:] for words in shown_commands() if words[0] == "posture"]
    assert {words[0] for words in commands} >= {"analyze", "doctor"}
    for words in commands:
        if "--help" not in words:
            build_parser().parse_args(words)


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.stem)
def test_links_at_the_root_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
