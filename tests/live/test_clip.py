"""``posture analyze clip.mp4``: what is found, measured, refused, and how much is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scenes import ARRIVAL, STATURE_MM, STILL, TRUE_ANGLE_DEG, TRUE_DEPTH_MM, Shot, write_clip

from posture.analyzer import Analyzer
from posture.clip.analysis import analyze_clip
from posture.clip.gait import Gait, find_gait
from posture.clip.moments import Moments
from posture.clip.outcome import ClipOutcome
from posture.clip.plot import plot_png
from posture.clip.settings import clip_settings
from posture.subject import Subject

WOMAN = Subject(stature_mm=STATURE_MM, sex="f")
GAIT = clip_settings().gait
FPS = 12.0


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
    assert picture.width > 1000 and len(picture.convert("L").getcolors()) > 20


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
        "standing_best_posture.jpg",
        "standing_over_time_posture.png",
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


def test_an_hour_keeps_as_few_frames_as_a_minute() -> None:
    """The best of each moment stays, moments cover all the time, nothing else is encoded."""
    encoded = []

    def jpeg(time_s: float) -> Callable[[], bytes]:
        return lambda: encoded.append(time_s) or b"x"

    moments = Moments(kept=24, first_s=0.5)
    rng = np.random.default_rng(1)
    times = np.arange(0, 3600, 1 / 15)
    flaws = rng.random(len(times))
    for time_s, flaw in zip(times, flaws, strict=True):
        moments.offer(time_s, flaw, jpeg(time_s))
    stills = moments.stills
    assert 12 <= len(stills) <= 24
    assert [still.time_s for still in stills] == sorted(still.time_s for still in stills)
    assert stills[0].time_s < 300 and stills[-1].time_s > 3300
    assert min(still.flaw for still in stills) == flaws.min()
    assert len(encoded) < 0.02 * len(times)


def walk(
    cadence_hz: float, lean_deg: float, *, left: bool = False, seconds: float = 8.0
) -> dict[str, np.ndarray]:
    """A person in profile: the ankles part at every step, the trunk nods by 2° twice a stride."""
    rng = np.random.default_rng(3)
    time_s = np.arange(0, seconds, 1 / 15)
    phase = np.pi * cadence_hz * time_s
    way = -1.0 if left else 1.0
    lean = lean_deg + GAIT.lean_bias_deg + 2 * np.cos(2 * phase)
    return {
        "time_s": time_s,
        "ankles_apart": 1.1 * np.abs(np.cos(phase)) + rng.normal(0, 0.04, len(time_s)),
        "lean_deg": way * lean + rng.normal(0, 0.5, len(time_s)),
        "facing": np.full(len(time_s), 0.9 * way),
        "yaw_deg": 12 * np.sin(phase) + rng.normal(0, 3, len(time_s)),
    }


def gait_of(series: dict[str, np.ndarray]) -> Gait | None:
    return find_gait(**series, settings=GAIT)


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize(("cadence_hz", "lean_deg"), [(1.8, 3.0), (2.8, 9.0), (1.5, -2.0)])
def test_walking_and_running_in_profile(cadence_hz: float, lean_deg: float, left: bool) -> None:
    gait = gait_of(walk(cadence_hz, lean_deg, left=left))
    assert gait is not None
    assert gait.steps_per_minute == pytest.approx(60 * cadence_hz, rel=0.12)
    assert gait.lean_deg == pytest.approx(lean_deg, abs=1)
    assert 1.5 < gait.lean_high_deg - gait.lean_low_deg < 5.5


def test_misread_frames_do_not_move_the_lean() -> None:
    series = walk(1.8, 3.0)
    series["lean_deg"][::9] += 40
    gait = gait_of(series)
    assert gait is not None and gait.lean_deg == pytest.approx(3.0, abs=1)
    assert gait.lean_high_deg < 8


def test_standing_shifting_and_walking_towards_the_camera_are_no_gait() -> None:
    standing = walk(1.8, 3.0)
    standing["ankles_apart"] = np.full_like(standing["time_s"], 0.2)
    assert gait_of(standing) is None
    once = walk(1.8, 3.0)
    once["ankles_apart"][15:] = 0.2
    assert gait_of(once) is None
    front = walk(1.8, 3.0)
    front["yaw_deg"] += 80
    assert gait_of(front) is None
