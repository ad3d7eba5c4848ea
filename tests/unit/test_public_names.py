"""What `import posture` promises: names, and costing nothing."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import posture
from tests.support.paths import ROOT


@pytest.mark.parametrize("name", posture.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    item = getattr(posture, name)
    if name != "__version__":
        assert inspect.getdoc(item)


def test_lists_of_names_agree() -> None:
    assert set(posture._MODULE_OF) | {"__version__"} == set(posture.__all__)
    assert set(posture.__all__) <= set(dir(posture))


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'measure'"):
        posture.measure  # noqa: B018


def test_import_is_light() -> None:
    """Nothing but the package's own front door is loaded, and a little of Python's own."""
    code = (
        "import json, sys; before = set(sys.modules); import posture;"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    names = {name.partition(".")[0] for name in json.loads(output.stdout)}
    assert names - sys.stdlib_module_names == {"posture"}


def test_type_checkers_are_told(tmp_path: Path) -> None:
    assert (ROOT / "posture" / "py.typed").is_file()


def test_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "posture/__init__.py"
