"""Who installed no extra can measure, and is told by name what anything else lacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from posture._support.distribution import EXTRAS, Extra
from tests.support.paths import ROOT
from tests.support.samples import MEASURABLE

PHOTO = str(MEASURABLE[0].path)
# MediaPipe itself asks for Matplotlib.
HIDDEN = sorted({name for _, names in EXTRAS.values() for name in names} - {"matplotlib"})


def without(names: Iterable[str], folder: Path) -> dict[str, str]:
    """An environment in which no process, and no child of one, finds these modules."""
    hide = f"import sys\nsys.modules.update(dict.fromkeys({list(names)!r}))\n"
    (folder / "sitecustomize.py").write_text(hide)
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}


def posture(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "posture", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.model
def test_a_photo_is_measured_and_drawn_without_extras(tmp_path: Path) -> None:
    bare = without(HIDDEN, tmp_path)
    run = posture("analyze", PHOTO, "--out", str(tmp_path / "out"), "--json", environment=bare)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["status"] == "measured"
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize(
    ("extra", "words", "named"),
    [
        ("tables", ["batch", PHOTO, "--out", "OUT"], "A Parquet table needs pyarrow"),
        (
            "study",
            ["study", "report", "OUT"],
            "The report of a study needs reportlab and matplotlib",
        ),
        ("page", ["app", "--no-browser"], "The page in the browser needs streamlit and altair"),
        (
            "cluster",
            ["batch", "s3://bucket/*.jpg", "--allow-urls", "--out", "OUT"],
            "needs distributed and fsspec",
        ),
    ],
)
def test_what_is_missing_is_one_line_with_the_fix(
    tmp_path: Path, extra: Extra, words: list[str], named: str
) -> None:
    out = tmp_path / "out"
    words = [str(out) if word == "OUT" else word for word in words]
    run = posture(*words, environment=without(EXTRAS[extra][1], tmp_path))
    assert run.returncode == 1 and run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert named in line and " -m pip install " in line
    assert not out.exists()


def test_a_motion_file_that_cannot_be_written_costs_no_measuring(tmp_path: Path) -> None:
    clip, out = tmp_path / "walk.mp4", tmp_path / "out"
    clip.write_bytes(b"")
    words = ["analyze", str(clip), "--motion", "c3d", "--out", str(out)]
    run = posture(*words, environment=without(["c3d"], tmp_path))
    assert run.returncode == 1 and not out.exists()
    (line,) = run.stderr.splitlines()
    assert "A C3D file needs c3d" in line and " -m pip install " in line
