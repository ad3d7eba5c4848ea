"""``posture analyze clip.mp4``: what is found, measured, refused, and how much is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import ezc3d
import numpy as np
import pytest
from PIL import Image

from posture.analyzer import Analyzer
from posture.clip import analysis
from posture.clip.analysis import analyze_clip
from posture.clip.motion import point_names
from posture.clip.outcome import ClipOutcome
from posture.clip.plot import plot_png
from posture.subject import Sex, Subject
from posture.verdict.norms import load_norms
from tests.support.scenes import (
    ARRIVAL,
    STATURE_MM,
    STILL,
    TRUE_ANGLE_DEG,
    TRUE_DEPTH_MM,
    Shot,
    write_clip,
)

pytestmark = pytest.mark.model

WOMAN = Subject(stature_mm=STATURE_MM, sex="f")
FPS = 12.0
SEXES: tuple[Sex, ...] = ("m", "f", "unspecified")


@pytest.fixture(scope="module")
def standing(
    tmp_path_factory: pytest.TempPathFactory, fast_analyzer: Analyzer
) -> tuple[ClipOutcome, list[tuple[str, float]]]:
    path = tmp_path_factory.mktemp("clip") / "standing.avi"
    told: list[tuple[str, float]] = []
    clip = write_clip(path, (*ARRIVAL[3:], STILL), FPS)
    outcome = analyze_clip(
        clip, fast_analyzer, WOMAN, lambda stage, share: told.append((stage, share))
    )
    return outcome, told


def test_a_standing_person_is_measured_in_the_frames_that_are_fit(
    standing: tuple[ClipOutcome, list[tuple[str, float]]],
) -> None:
    outcome, _ = standing
    assert outcome.status == "measured" and outcome.gait is None
    assert outcome.slca_deg is not None and outcome.hollow_depth_mm is not None
    assert outcome.slca_deg.median == pytest.approx(TRUE_ANGLE_DEG["side-clasped"], abs=4)
    assert outcome.slca_deg.spread < 3
    assert outcome.hollow_depth_mm.median == pytest.approx(TRUE_DEPTH_MM, abs=6)
    arms_away_s = sum(shot.seconds for shot in ARRIVAL[3:])
    assert outcome.readings
    assert all(reading.time_s >= arms_away_s - 0.1 for reading in outcome.readings)
    assert outcome.verdict is not None and outcome.best in outcome.readings


def test_its_frames_together_are_judged_by_own_norms(
    standing: tuple[ClipOutcome, list[tuple[str, float]]],
) -> None:
    results = [reading.result for reading in standing[0].readings]
    assert len(results) > 1 and standing[0].together is not None
    own = replace(load_norms(), slca_cuts_deg=dict.fromkeys(SEXES, (1.0, 2.0, 3.0)))
    together = analysis._together(results, own)
    assert together is not None and together.bands is not None and together.bands.slca == "deep"
    assert standing[0].together.bands != together.bands


def test_progress_runs_from_nothing_to_all(
    standing: tuple[ClipOutcome, list[tuple[str, float]]],
) -> None:
    _, told = standing
    looking = [share for stage, share in told if stage == "looking"]
    assert looking == sorted(looking) and looking[0] < 0.1 and looking[-1] > 0.9
    assert told[-1][0] == "measuring"


def test_the_plot_is_a_picture(standing: tuple[ClipOutcome, list[tuple[str, float]]]) -> None:
    from io import BytesIO

    picture = Image.open(BytesIO(plot_png(standing[0])))
    assert picture.width > 1000 and len(np.unique(np.asarray(picture.convert("L")))) > 20


def test_the_back_line_is_told_frame_by_frame_where_somebody_asks(
    tmp_path: Path, fast_analyzer: Analyzer
) -> None:
    """It lies on the measured one, is there while the arms are away, and nowhere else."""
    clip = write_clip(
        tmp_path / "standing.avi", (Shot("turn-60", 1.0), Shot("side-clasped", 2.0)), FPS
    )
    outcome = analyze_clip(clip, fast_analyzer, WOMAN, motion=True)
    motion = outcome.motion
    assert motion is not None and motion.mm_per_px is not None
    assert (motion.names, motion.width_px, motion.height_px) == (point_names(), 1280, 720)
    assert len(motion.time_s) == outcome.seen == motion.points_px.shape[0]
    line = motion.points_px[:, : motion.names.index("UpperTouch")]
    seen = np.isfinite(line[..., 0]).mean(axis=1)
    assert (seen[motion.time_s < 0.95] == 0).all()
    assert (seen[motion.time_s > 1.05] > 0.8).mean() > 0.9
    deepest = motion.points_px[motion.time_s > 1.05, motion.names.index("Deepest")]
    assert np.nanstd(deepest[:, 0]) < 4 and motion.facing in ("left", "right")
    hips = motion.points_px[:, motion.names.index("LeftHip")]
    assert np.isfinite(hips).all()
    assert analyze_clip(clip, fast_analyzer, WOMAN).motion is None


def test_the_command_writes_motion_files(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "standing.avi", (Shot("side-clasped", 1.0),), FPS)
    words = ["analyze", str(clip), "--fast", "--model", "lite", "--height", f"{STATURE_MM:g}mm"]
    words += ["--out", str(tmp_path / "out"), "--motion", "trc", "--motion", "c3d"]
    done = subprocess.run(
        [sys.executable, "-m", "posture", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Points over time: ") == 2
    (trc,) = (tmp_path / "out").glob("*_standing_motion_posture.trc")
    (c3d,) = (tmp_path / "out").glob("*_standing_motion_posture.c3d")
    assert trc.read_text().split("\n")[2].split("\t")[4] == "mm"
    assert ezc3d.c3d(str(c3d))["data"]["points"].shape[1] == len(point_names())


def test_a_clip_without_a_side_view_is_refused_with_the_reason(
    tmp_path: Path, fast_analyzer: Analyzer
) -> None:
    clip = write_clip(tmp_path / "front.avi", (Shot("turn-85", 1.5),), FPS)
    outcome = analyze_clip(clip, fast_analyzer, WOMAN)
    assert outcome.status == "refused" and outcome.refusal is not None
    assert "not seen from the side" in outcome.refusal.message
    assert outcome.refusal.fix.startswith("Turn about")
    assert outcome.slca_deg is None and outcome.best is None and outcome.gait is None


def test_an_empty_room_is_refused(tmp_path: Path, fast_analyzer: Analyzer) -> None:
    clip = write_clip(tmp_path / "empty.avi", (Shot("empty", 1.0),), FPS)
    refusal = analyze_clip(clip, fast_analyzer, WOMAN).refusal
    assert refusal is not None and refusal.code == "no-person"


def test_the_command_writes_the_best_frame_and_the_plot(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "standing.avi", (Shot("side-clasped", 1.5),), FPS)
    command = [sys.executable, "-m", "posture", "analyze", str(clip), "--fast", "--model", "lite"]
    out = tmp_path / "out"
    done = subprocess.run(
        [*command, "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "curve angle" in done.stdout and "The best frame is at" in done.stdout
    assert sorted(path.name for path in out.iterdir()) == [
        f"{tmp_path.name}_standing_best_posture.jpg",
        f"{tmp_path.name}_standing_over_time_posture.png",
    ]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    data = json.loads(done.stdout)
    assert data["kind"] == "clip" and data["slca_deg"]["median"] > 40


@pytest.mark.parametrize(("name", "code"), [("gone.mp4", 1), ("broken.mp4", 1)])
def test_a_clip_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"no clip at all" * 100)
    done = subprocess.run(
        [sys.executable, "-m", "posture", "analyze", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1 and "clip" in done.stderr
