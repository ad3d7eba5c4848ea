"""Clips with odd pixels, broken copies and unknown codecs, from the command line to the numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.clip.analysis import analyze_clip
from posture.subject import Subject
from tests.support.odd_clips import with_list_first, with_pixel_aspect
from tests.support.samples import FOLDER

pytestmark = pytest.mark.model
SAMPLE = FOLDER / "04-man-deep.jpg"
SIZE, FPS = (480, 640), 10.0


def film(path: Path, squeeze: float = 1.0, frames: int = 12) -> Path:
    """A person who stands still; `squeeze`: of the width."""
    picture = cv2.imread(str(SAMPLE))
    assert picture is not None
    size = (round(SIZE[0] * squeeze), SIZE[1])
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), FPS, size)
    for _ in range(frames):
        writer.write(small)
    writer.release()
    return path


def test_the_shape_of_the_pixels_does_not_change_the_angle(
    tmp_path: Path, fast_analyzer: Analyzer
) -> None:
    square = analyze_clip(film(tmp_path / "square.mp4"), fast_analyzer, Subject())
    data = with_pixel_aspect(film(tmp_path / "odd.mp4", 0.75).read_bytes(), 4, 3)
    (tmp_path / "odd.mp4").write_bytes(data)
    odd = analyze_clip(tmp_path / "odd.mp4", fast_analyzer, Subject())
    assert square.slca_deg is not None and odd.slca_deg is not None
    assert odd.slca_deg.median == pytest.approx(square.slca_deg.median, abs=2)
    assert square.findings == odd.findings == ()


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "posture", *map(str, words), "--model", "lite"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_a_broken_copy_is_said_to_be_one(tmp_path: Path) -> None:
    data = with_list_first(film(tmp_path / "whole.mp4", frames=30).read_bytes())
    (tmp_path / "half.mp4").write_bytes(data[: int(len(data) * 0.6)])
    done = run("analyze", tmp_path / "half.mp4", "--fast")
    assert "may have been copied only in part" in " ".join(done.stdout.split())
    told = json.loads(run("analyze", tmp_path / "half.mp4", "--fast", "--json").stdout)
    assert [item["code"] for item in told["findings"]] == ["clip-ends-early"]
    done = run("live", "--source", tmp_path / "half.mp4", "--no-window")
    assert done.returncode == 0 and "copied only in part" in done.stderr


@pytest.mark.parametrize("name", ["a.mp4", "a.3gp", "a.MTS", "a.wmv", "a.mpg"])
def test_a_clip_that_cannot_be_decoded_is_an_error_not_an_empty_room(
    tmp_path: Path, name: str
) -> None:
    data = film(tmp_path / "film.mp4").read_bytes()
    (tmp_path / name).write_bytes(data.replace(b"mp4v", b"av01").replace(b"esds", b"free"))
    for command in (["analyze"], ["live", "--no-window", "--source"]):
        done = run(*command, tmp_path / name)
        assert done.returncode == 1 and done.stdout == ""
        assert "coded as AV1" in done.stderr and len(done.stderr.splitlines()) == 1
