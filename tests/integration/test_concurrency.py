"""Many threads or many processes at once give what one photo after the other gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from posture.analyzer import Analyzer
from posture.result import Result
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer
from tests.support.samples import MEASURABLE, REFUSABLE

pytestmark = pytest.mark.model

# The legs-only picture also wakes the second, eager model.
PATHS = [str(sample.path) for sample in (*MEASURABLE[:6], REFUSABLE[0], REFUSABLE[-1])]


@pytest.fixture(scope="module")
def one_by_one() -> list[Result]:
    with Analyzer("lite", fast=True) as analyzer:
        return [analyzer.analyze(path) for path in PATHS]


def test_one_analyzer_in_eight_threads(one_by_one: list[Result]) -> None:
    with Analyzer("lite", fast=True) as analyzer, ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            assert list(pool.map(analyzer.analyze, PATHS, timeout=120)) == one_by_one


def test_eight_processes(one_by_one: list[Result]) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(8) as pool:
        analyzers = [
            stack.enter_context(IsolatedAnalyzer(Settings("lite", fast=True))) for _ in PATHS
        ]
        found = pool.map(IsolatedAnalyzer.analyze, analyzers, PATHS, timeout=240)
        assert list(found) == one_by_one
        assert len({analyzer.pid for analyzer in analyzers}) == 8
