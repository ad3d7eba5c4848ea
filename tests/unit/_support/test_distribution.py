"""What is missing is told by name, with a line to run that needs no index's word for it."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from posture._support import distribution
from posture._support.distribution import (
    DISTRIBUTION,
    EXTRAS,
    Extra,
    line_to_install,
    require_extra,
    requirements,
    shipped,
)
from posture.errors import PackageMissing
from tests.support.paths import ROOT

REQUIRES = [
    "numpy<3,>=2",
    'tomli>=2; python_version < "3"',
    'distributed<2027,>=2025.1; extra == "cluster"',
    'fsspec>=2025.1; extra == "cluster"',
    'reportlab>=4.4; extra == "report"',
]


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    requirements.cache_clear()
    monkeypatch.setattr(metadata, "requires", lambda _: REQUIRES)


def test_an_extra_is_its_own_packages() -> None:
    assert [item.name for item in requirements()] == ["numpy"]
    assert [item.name for item in requirements("cluster")] == ["distributed", "fsspec"]


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_missing_package_is_told_by_name(extra: Extra, monkeypatch: pytest.MonkeyPatch) -> None:
    require_extra(extra)
    module = EXTRAS[extra][1][-1]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(PackageMissing, match=rf"needs {module}, .* Run: .* -m pip install"):
        require_extra(extra)


def test_the_line_names_packages_and_this_python() -> None:
    line = line_to_install("report")
    assert line == f'Run: "{sys.executable}" -m pip install "reportlab>=4.4"'
    assert DISTRIBUTION not in line


def test_an_environment_without_pip_is_uvs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pip", None)
    line = line_to_install("report")
    assert line == f'Run: uv pip install --python "{sys.executable}" "reportlab>=4.4"'


def test_files_that_were_not_installed_are_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    assert line_to_install("cluster").endswith(f'--editable "{ROOT}[cluster]"')


def test_what_is_shipped_lies_inside_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shipped("sample_images", "truth.csv") == ROOT / "sample_images" / "truth.csv"
    assert shipped("data", "texts.toml") == ROOT / "posture" / "data" / "texts.toml"
    monkeypatch.setattr(distribution, "_PACKAGE", tmp_path)
    assert shipped("sample_images") is None
