"""Models loaded once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

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
