"""What one photo costs, stage by stage, beside the bare pose model on the same image.

    python -m benchmarks.latency [PHOTO] [--megapixels 12] [--runs 15]

Prints medians in ms of interleaved runs, the ratios to one bare MediaPipe ``detect`` with mask
(on the image as it is analysed, and on the whole photo), and the peak memory of the process.
Decoding is not counted, except in the last rows: from the file's bytes to the result, here and in
a child process (`posture/worker.py`), without and with the decoded photo sent back.  "On two cores"
is the analyzer of the page and of the shell, whose two passes over a photo run side by side.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from posture.analyzer import Analyzer, shrunk
from posture.findings import Finding
from posture.outline.trace import trace, trace_mask
from posture.overlay import encode_image
from posture.photo.decode import Photo, load_photo
from posture.pose.mediapipe import PoseModel
from posture.subject import Subject
from posture.view.see import see
from posture.worker import IsolatedAnalyzer

DEFAULT_PHOTO = Path(__file__).parent.parent / "sample_images"


def enlarged(photo: Photo, megapixels: float) -> Photo:
    """`photo` resized to that number of megapixels."""
    height, width = photo.rgb.shape[:2]
    factor = (megapixels * 1e6 / (height * width)) ** 0.5
    size = (round(width * factor), round(height * factor))
    return replace(photo, rgb=np.asarray(cv2.resize(photo.rgb, size), np.uint8))


def medians_ms(tasks: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median time of each task, all tasks in turn, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for run in range(runs + 1):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            if run:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photo", type=Path, nargs="?")
    parser.add_argument("--megapixels", type=float, default=12.0)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    path = arguments.photo or min(DEFAULT_PHOTO.glob("*.jpg"))
    # First, while this process is small: a child's peak never shows less than its parent's size.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        peak_mb = child.submit(peak_memory_mb, path, arguments.megapixels).result()
    loaded = load_photo(path)
    if isinstance(loaded, Finding):
        raise SystemExit(loaded.message)
    photo = enlarged(loaded, arguments.megapixels)
    subject = Subject(stature_mm=1700)
    encoded = encode_image(photo.rgb, "jpeg", 90)
    with (
        Analyzer() as thorough,
        Analyzer(pose_model=PoseModel("heavy", side_by_side=True)) as both,
        Analyzer(fast=True) as fast,
        PoseModel("heavy") as bare,
        IsolatedAnalyzer(side_by_side=True) as isolated,
    ):
        isolated.start()
        small, ratio = shrunk(photo.rgb)
        mirror = np.ascontiguousarray(small[:, ::-1])
        passes = (bare.detect(small)[0], bare.detect(mirror)[0].mirrored())
        yaw_bias_deg = thorough.settings.calibration.yaw.bias_deg
        view = see(passes, yaw_bias_deg)
        facing = view.facing
        if facing is None:
            raise SystemExit("give a side photo that can be measured")
        figures = medians_ms(
            {
                "bare detect, analysed size": lambda: bare.detect(small),
                "bare detect, whole photo": lambda: bare.detect(photo.rgb),
                "shrink": lambda: shrunk(photo.rgb),
                "mirrored detect": lambda: bare.detect(mirror),
                "combine passes": lambda: see(passes, yaw_bias_deg),
                "outline, mask only": lambda: trace_mask(view, facing),
                "outline, refined": lambda: trace(view, facing, photo.rgb, ratio),
                "analyze": lambda: thorough.analyze(photo, subject),
                "analyze, on two cores": lambda: both.analyze(photo, subject),
                "analyze --fast": lambda: fast.analyze(photo, subject),
                "decode": lambda: load_photo(encoded),
                "file to result": lambda: both.analyze(encoded, subject),
                "the same in a child": lambda: isolated.analyze(encoded, subject),
                "and the photo back": lambda: isolated.look(encoded, subject),
            },
            arguments.runs,
        )
    height, width = photo.rgb.shape[:2]
    print(f"{path.name} at {width} x {height} px, model heavy, {arguments.runs} runs, medians")
    bare_ms = figures["bare detect, analysed size"]
    for name, value in figures.items():
        whole = value / figures["bare detect, whole photo"]
        print(f"{name:28s} {value:7.1f} ms {value / bare_ms:6.2f} x bare {whole:6.2f} x whole")
    print(f"peak memory of a process that measures it once: {peak_mb:.0f} MB")


def peak_memory_mb(path: Path, megapixels: float) -> float:
    """Most memory this process ever held, after measuring one photo of that size."""
    loaded = load_photo(path)
    assert not isinstance(loaded, Finding)
    with Analyzer() as analyzer:
        analyzer.analyze(enlarged(loaded, megapixels), Subject(stature_mm=1700))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
