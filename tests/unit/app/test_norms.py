"""The page and the live view judge by the norms that they were started with."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from posture.app.environment import NORMS, STUDY
from posture.app.norms import page_norms
from posture.app.parts import first_screen
from posture.app.study import page_study
from posture.cli import main
from posture.live.pictures import measured_together
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import load_norms, norms_text
from posture.worker import IsolatedAnalyzer
from tests.support.example_results import measured_result
from tests.support.studies import new_study


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Norms by which every curve is deep."""
    path = tmp_path / "own.toml"
    path.write_text(norms_text().replace("f = [32.0, 55.0, 59.0]", "f = [1.0, 2.0, 3.0]"))
    return path


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    page_norms.cache_clear()
    yield
    page_norms.cache_clear()


def started(monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, Any]:
    """The environment in which ``posture app`` starts the server, and its exit code."""
    seen: dict[str, Any] = {}

    class Server:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            seen.update(env)

        def __enter__(self) -> Server:
            return self

        def __exit__(self, *error: object) -> None:
            return None

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Server)
    with pytest.raises(SystemExit) as exit_:
        main(["app", *words])
    seen["exit"] = exit_.value.code
    return seen


def test_the_page_is_started_with_the_file(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = started(monkeypatch, "--norms", "own.toml")
    assert environment[NORMS] == str(own)
    monkeypatch.setenv(NORMS, environment[NORMS])
    assert page_norms() == load_norms(own) != load_norms()


def test_a_variable_alone_changes_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NORMS, str(own))
    assert NORMS not in started(monkeypatch)
    monkeypatch.delenv(NORMS)
    assert page_norms() == load_norms()


def test_a_file_that_cannot_be_used_is_told_before_the_page_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text("version = 1")
    seen = started(monkeypatch, "--norms", str(tmp_path / "own.toml"))
    assert seen == {"exit": 1}


def test_a_study_is_measured_with_the_built_in_ones(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_study(tmp_path / "s")
    both = started(monkeypatch, "--study", str(folder), "--norms", str(own))
    assert both == {"exit": 1}
    # What is said for every time does not hold for a study.
    settings = tmp_path / "settings.toml"
    settings.write_text(f'norms = "{own}"')
    monkeypatch.setenv("POSTURE_CONFIG", str(settings))
    seen = started(monkeypatch, "--study", str(folder))
    assert seen[STUDY] == str(folder) and NORMS not in seen
    monkeypatch.setenv(STUDY, str(folder))
    assert page_study() == folder
    assert STUDY not in started(monkeypatch)


def test_a_study_that_cannot_be_used_is_told_before_the_page_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started(monkeypatch, "--study", str(tmp_path)) == {"exit": 1}


def test_live_pictures_are_judged_by_it(own: Path) -> None:
    settings = Settings(own_norms=load_norms(own))
    analyzer = SimpleNamespace(settings=settings, analyze=lambda *_: measured_result())
    pictures = [np.zeros((2, 2, 3), np.uint8)] * 3
    result = measured_together(cast(IsolatedAnalyzer, analyzer), pictures, Subject())
    assert result.bands is not None and result.bands.slca == "deep"


def test_the_pages_name_the_norms_of_the_file(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NORMS, str(own))
    version = load_norms(own).version
    summary = measured_result()
    assert f"Reference values: norms {version}." in first_screen._number_html(summary, 1)
    assert "1° to 2°" in first_screen._number_html(summary, 1)
    for page in (method_page, numbers_page):
        shown = AppTest.from_function(page, default_timeout=60).run()
        assert not shown.exception
        assert any(f"norms {version}" in str(item.proto) for item in shown.get("html")), page


def test_the_built_in_ones_are_named_on_the_method_page_alone() -> None:
    assert "Reference values" not in first_screen._number_html(measured_result(), 1)
    shown = AppTest.from_function(method_page, default_timeout=60).run()
    assert any(f"norms {load_norms().version}" in str(item.proto) for item in shown.get("html"))


def method_page() -> None:
    from posture.app.views.method import page

    page()


def numbers_page() -> None:
    from dataclasses import replace

    from posture.app.norms import page_norms
    from posture.app.views.check import _numbers
    from tests.support.example_results import measured_result

    result = measured_result()
    made_by = replace(result.provenance, norms_version=page_norms().version)
    _numbers(replace(result, provenance=made_by))
