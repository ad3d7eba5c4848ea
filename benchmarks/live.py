"""How fast the live view is: the tracker beside the bare model, and the page in a real browser.

    python -m benchmarks.live tracker [--frames 300]
    python -m benchmarks.live page [--minutes 5]

`tracker` follows a rendered person and lets the bare MediaPipe landmarker (VIDEO mode, with mask)
look at the very same frames in turn.  `page` needs Chromium and its driver; its camera is a clip
of 30 frames a second.  Frames are counted in the browser, from the picture to the drawn answer.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import cv2
import numpy as np

from posture._support.native_stderr import native_stderr_silenced
from posture.live.tracker import Tracker, small_rgb
from posture.pose.bundles import ModelName, bundle_path
from tests.support.scenes import Shot, frames

ROOT = Path(__file__).parent.parent

FPS = 30
# So many frames of one, then of the other: near enough in time to share what else goes on.
BLOCK = 5
ADDED_MS = 200
WARM_UP_S = 8.0
WATCHED_S = 15.0
SLOW_APP = f"""
import time

import streamlit as st

from posture.app import live_sessions, server

follow = live_sessions.LiveSession.follow


def slowly(*arguments):
    time.sleep({ADDED_MS / 1000})
    return follow(*arguments)


live_sessions.LiveSession.follow = slowly
app = st.App(server.MAIN, **server.options())
"""


def compare_tracker(count: int) -> None:
    """Print the throughput of the tracker and of the bare model for each light model."""
    pictures = [small_rgb(image) for image, _ in frames([Shot("side-clasped", 4)], FPS)]
    print(f"{pictures[0][0].shape[1]} x {pictures[0][0].shape[0]} px, {count} frames each, ms")
    for name in (model for model in get_args(ModelName) if model != "heavy"):
        bare_ms, tracker_ms = _times_ms(name, pictures, count)
        ratio = statistics.median(bare_ms) / statistics.median(tracker_ms)
        print(
            f"{name:5s} bare {_spread(bare_ms)}  tracker {_spread(tracker_ms)}"
            f"  throughput {ratio:.2f} x bare (sums: {sum(bare_ms) / sum(tracker_ms):.2f})"
        )


def _times_ms(
    name: ModelName, pictures: Sequence[tuple[Any, float]], count: int
) -> tuple[list[float], list[float]]:
    bare_ms: list[float] = []
    tracker_ms: list[float] = []
    with native_stderr_silenced(), _bare_landmarker(name) as bare, Tracker(name) as tracker:
        for block in range(-1, count // BLOCK):
            numbers = range((block + 1) * BLOCK, (block + 2) * BLOCK)
            chosen = [(k / FPS, *pictures[k % len(pictures)]) for k in numbers]
            for kept, look in (
                (bare_ms, lambda time_s, rgb, ratio: _look(bare, time_s, rgb)),
                (tracker_ms, lambda time_s, rgb, ratio: tracker.follow(rgb, time_s, ratio)),
            ):
                for time_s, rgb, ratio in chosen:
                    start = time.perf_counter()
                    look(time_s, rgb, ratio)
                    if block >= 0:
                        kept.append((time.perf_counter() - start) * 1000)
    return bare_ms, tracker_ms


def _bare_landmarker(name: ModelName) -> Any:
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle_path(name))),
        running_mode=vision.RunningMode.VIDEO,
        output_segmentation_masks=True,
    )
    return vision.PoseLandmarker.create_from_options(options)


def _look(landmarker: Any, time_s: float, rgb: Any) -> None:
    import mediapipe

    # Both sides are multiples of 16 here.
    picture = rgb[: rgb.shape[0] // 16 * 16, : rgb.shape[1] // 16 * 16]
    image = mediapipe.Image(mediapipe.ImageFormat.SRGB, np.ascontiguousarray(picture))
    landmarker.detect_for_video(image, round(time_s * 1000))


def _spread(values: Sequence[float]) -> str:
    tenth, *_, ninth = statistics.quantiles(values, n=10)
    return f"{statistics.median(values):5.1f} ({tenth:.1f} to {ninth:.1f})"


def watch_page(minutes: float) -> None:
    """Print frames a second, latency, memory and how soon the camera is off, in the browser."""
    from tests.support.browser import Tab
    from tests.support.running import browser_programs, running_page

    programs = browser_programs()
    if programs is None:
        sys.exit("Chromium is missing. On Debian: tools/test-browser")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        moving = _camera(home / "side.y4m", [Shot("side-hang", 2)])
        front = _camera(home / "front.y4m", [Shot("turn-85", 2)])

        def open_tab(url: str, camera: Path) -> Tab:
            tab = Tab(programs, url, Path(tempfile.mkdtemp(dir=home)), camera=camera)
            tab.go("live")
            tab.wait(lambda: tab.live("true"))
            tab.live("live.parts.main.click()")
            tab.wait(lambda: tab.live("live.frames > 5"), seconds=60)
            time.sleep(WARM_UP_S)
            return tab

        with running_page(home) as server:
            tab = open_tab(server.url, moving)
            print("one tab:", _pace(tab))
            if minutes:
                _memory(tab, server.pid, minutes)
            other = open_tab(server.url, front)
            told = [one.live("live.parts.word.textContent") for one in (tab, other)]
            print(f"two tabs: told {told[0]!r} and {told[1]!r};", _pace(tab), "and", _pace(other))
            other.close()
            print(f"camera off {_leave_ms(tab):.0f} ms after another page was chosen")
            tab.close()
        slow = home / "app.py"
        slow.write_text(SLOW_APP)
        shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
        with running_page(home, start=slow) as server:
            tab = open_tab(server.url, moving)
            print(f"{ADDED_MS} ms of added work:", _pace(tab))
            print("the same, a little later:", _pace(tab))
            tab.close()


def _camera(path: Path, shots: Sequence[Shot]) -> Path:
    """A clip of 30 frames a second that Chromium need not decode (.y4m)."""
    with path.open("wb") as file:
        for image, _ in frames(shots, FPS):
            if file.tell() == 0:
                size = f"W{image.shape[1]} H{image.shape[0]}"
                file.write(f"YUV4MPEG2 {size} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
            file.write(b"FRAME\n" + cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420).tobytes())
    return path


def _pace(tab: Any) -> str:
    """Frames a second over a while, and the latency of the newest ones."""
    first, start = tab.live("[live.frames, performance.now()]")
    time.sleep(WATCHED_S)
    last, stop, timings = tab.live("[live.frames, performance.now(), live.guide.sender.timings_ms]")
    newest = sorted(timings[-(last - first) :])
    p50, p95 = newest[len(newest) // 2], newest[int(0.95 * len(newest))]
    per_second = (last - first) / (stop - start) * 1000
    return f"{per_second:.1f} frames/s, latency p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def _memory(tab: Any, pid: int, minutes: float) -> None:
    started, sizes = time.monotonic(), []
    while time.monotonic() - started < 60 * minutes:
        sizes.append(_resident_mb(pid))
        time.sleep(10)
    heap = tab.live("performance.memory.usedJSHeapSize") / 1e6
    print(
        f"memory of the server and its children over {minutes:g} min: {sizes[0]:.0f} MB at first, "
        f"{sizes[-1]:.0f} MB at last, {max(sizes):.0f} MB at most; the tab's heap: {heap:.0f} MB"
    )


def _resident_mb(pid: int) -> float:
    """Of a process and its children: each followed tab has one of its own."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    family = [pid, *(int(child) for path in lists for child in path.read_text().split())]
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family]
    return sum(pages) * 4096 / 1e6


def _leave_ms(tab: Any) -> float:
    tab.live("(window.kept = live.device.track, true)")
    tab.click_text("a", "Wall test")
    start = time.monotonic()
    tab.wait(lambda: tab.driver.execute_script("return window.kept.readyState === 'ended'"))
    return (time.monotonic() - start) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("tracker").add_argument("--frames", type=int, default=300)
    parts.add_parser("page").add_argument("--minutes", type=float, default=5.0)
    arguments = parser.parse_args()
    if arguments.part == "tracker":
        compare_tracker(arguments.frames)
    else:
        watch_page(arguments.minutes)


if __name__ == "__main__":
    main()
