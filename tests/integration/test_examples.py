"""Examples of docstrings and of the README run as they stand."""

from __future__ import annotations

import doctest
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

import posture
from tests.support.paths import ROOT
from tests.support.samples import MEASURABLE

MODULES = sorted({f"posture.{module}" for module in posture._MODULE_OF.values()})
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
PYTHON_OF_PAGES = [
    (page.name, block)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.model
@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [one for name in MODULES for one in finder.find(import_module(name)) if one.examples]
    assert {"posture.analyzer.analyze", "posture.subject.parse_stature_mm"} <= {
        one.name for one in found
    }


@pytest.mark.model
@pytest.mark.parametrize(
    "block", [block for _, block in PYTHON_OF_PAGES], ids=[name for name, _ in PYTHON_OF_PAGES]
)
def test_python_of_the_pages(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(MEASURABLE[0].path, tmp_path / "side.jpg")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "page", "exec"), {})
    assert "degrees" in capsys.readouterr().out
