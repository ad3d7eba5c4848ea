"""What a command, a photo, a clip and a batch load: what they need, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.own_process import printed_by
from tests.support.samples import MEASURABLE

PHOTO = str(MEASURABLE[0].path)
# Of each library, told by the module that everybody gets who loads any of it.
HEAVY = {
    "numpy", "scipy", "cv2", "PIL", "pillow_heif", "mediapipe", "matplotlib", "rich", "sqlite3",
    "platformdirs", "pyarrow", "altair", "reportlab", "streamlit", "asyncio",
}  # fmt: skip
# What a process loads to measure a photo.  MediaPipe's and SciPy's own modules leave no trace.
MEASURING = {"numpy", "cv2", "PIL"}
LOADED = """
import contextlib, io, json, sys
from posture.cli import main

sys.argv = ["posture", *sys.argv[1:]]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(json.dumps(sorted(sys.modules)))
"""
MEASURED = """
import json, sys
from posture._support.unopened import allow_unopened_packages

allow_unopened_packages()
from posture.settings import Settings
from posture.worker import open_analyzer

with open_analyzer(Settings("lite"), side_by_side=False) as analyzer:
    assert analyzer.analyze(sys.argv[1]).status == "measured"
print(json.dumps(sorted(sys.modules)))
"""


def heavy_ones(code: str, *arguments: str) -> set[str]:
    """The heavy libraries that a program has loaded when it ends."""
    modules = json.loads(printed_by(code, *arguments).splitlines()[-1])
    return HEAVY & {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["--help"], set()),
        (["analyze", "--help"], set()),
        (["schema"], set()),
        (["schema", "--dictionary", "csv"], {"numpy", "cv2", "PIL", "sqlite3", "platformdirs"}),
        (["norms"], set()),
        (["completion", "bash"], set()),
        (["history"], {"rich", "sqlite3", "platformdirs"}),
        (["analyze", "--json", "nothing.txt"], set()),
    ],
    ids=lambda value: (
        " ".join(sorted(value)) if isinstance(value, (set, frozenset)) else " ".join(value)
    ),
)
def test_commands_that_measure_nothing(words: list[str], allowed: set[str]) -> None:
    assert heavy_ones(LOADED, *words) <= allowed


@pytest.mark.model
def test_who_asks_for_a_photo_loads_no_decoder_and_no_array() -> None:
    assert heavy_ones(LOADED, "analyze", "--json", "--model", "lite", PHOTO) == set()
    assert heavy_ones(LOADED, "analyze", "--model", "lite", PHOTO) == {"rich"}


@pytest.mark.model
def test_a_photo_loads_what_measures_it() -> None:
    """Neither SciPy's packages nor those of MediaPipe, nor matplotlib, which that draws with."""
    assert heavy_ones(MEASURED, PHOTO) == MEASURING


@pytest.mark.model
def test_who_asks_for_a_batch_loads_no_decoder_until_the_summary(tmp_path: Path) -> None:
    code = """
import json, sys
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Job
from posture.batch.pool import Pool
from posture.batch import run
from posture.cli import batch
from posture.settings import Settings
from posture.subject import Subject

with Pool(1, Settings("lite", fast=True), PictureOptions(blur_face=False)) as pool:
    pool.submit(0, Job(sys.argv[1], "one", Subject()))
    number, done = pool.outcomes.get(timeout=120)
assert done.picture
print(json.dumps(sorted(sys.modules)))
"""
    assert heavy_ones(code, PHOTO) == {"rich", "sqlite3"}


def test_a_clip_needs_scipy_and_the_plot_is_drawn_without_pyplot() -> None:
    code = """
import json, sys
import posture.cli.clips

print(json.dumps(sorted(sys.modules)))
"""
    assert heavy_ones(code) == {"numpy", "cv2", "PIL", "scipy", "rich"}
