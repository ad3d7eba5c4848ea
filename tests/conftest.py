"""Models loaded once for all tests of a process, and the marks `model` and `browser`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.checks.scene import CurveScene
from posture.findings import Finding
from posture.photo.decode import load_photo
from posture.pose.mediapipe import PoseModel
from tests.support.altered_photos import whole

BROWSER = Path(__file__).parent / "browser"
# Who asks for one of these needs the pose model.
MODEL_FIXTURES = {"analyzer", "fast_analyzer", "scene"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium or the pose model, as far as folder and fixtures tell."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker("browser")
        if isinstance(item, pytest.Function) and MODEL_FIXTURES & set(item.fixturenames):
            item.add_marker("model")


@pytest.fixture(autouse=True)
def _model_only_where_marked(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test that loads the pose model says so, or it does not run in ``make test-fast``."""
    marks = {mark.name for mark in request.node.iter_markers()}
    if not {"model", "browser"} & marks:
        monkeypatch.setattr(PoseModel, "__init__", _refuse)


def _refuse(*_: object) -> NoReturn:
    pytest.fail("this test needs the pose model: mark it with pytest.mark.model")


@pytest.fixture(scope="session")
def analyzer() -> Iterator[Analyzer]:
    with Analyzer() as loaded:
        yield loaded


@pytest.fixture(scope="session")
def fast_analyzer() -> Iterator[Analyzer]:
    with Analyzer(fast=True) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def scene(analyzer: Analyzer) -> CurveScene:
    """What the checks see of a person with nothing to find."""
    photo = load_photo(np.asarray(whole()))
    assert not isinstance(photo, Finding)
    seen = analyzer.examine(photo)
    assert isinstance(seen.scene, CurveScene) and seen.findings == ()
    return seen.scene


@pytest.fixture(autouse=True)
def _no_personal_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what whoever runs it has kept."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "user-data")
    monkeypatch.setenv("POSTURE_CONFIG", "")
