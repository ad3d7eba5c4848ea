"""Models loaded once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from posture.analyzer import Analyzer


@pytest.fixture(scope="session")
def analyzer() -> Iterator[Analyzer]:
    with Analyzer() as loaded:
        yield loaded


@pytest.fixture(scope="session")
def fast_analyzer() -> Iterator[Analyzer]:
    with Analyzer(fast=True) as loaded:
        yield loaded


@pytest.fixture(autouse=True)
def _no_personal_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what whoever runs it has kept."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "user-data")
