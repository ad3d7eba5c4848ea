"""Whether memory stays flat while one analyzer measures photo after photo.

    python -m benchmarks.memory [--photos 2000] [--model heavy] [--fast]

Measures the sample pictures in turn and prints the resident memory at regular steps, then its
growth from the first tenth (caches and pools fill) to the end.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from posture.analyzer import Analyzer
from posture.pose.bundles import MODEL_NAMES

SAMPLES = Path(__file__).parent.parent / "sample_images"
STEPS = 20


def resident_mb() -> float:
    """Resident memory of this process (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("this system does not tell resident memory")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--model", choices=MODEL_NAMES, default="heavy")
    parser.add_argument("--fast", action="store_true")
    arguments = parser.parse_args()
    every = max(arguments.photos // STEPS, 1)
    readings_mb = []
    with Analyzer(arguments.model, fast=arguments.fast) as analyzer:
        pictures = itertools.cycle(sorted(SAMPLES.glob("*.jpg")))
        for count, path in enumerate(itertools.islice(pictures, arguments.photos), start=1):
            analyzer.analyze(path)
            if count % every == 0:
                readings_mb.append(resident_mb())
                print(f"{count:6d} photos {readings_mb[-1]:7.1f} MB", flush=True)
    settled = readings_mb[len(readings_mb) // 10 :]
    print(f"growth after the first tenth: {settled[-1] - settled[0]:+.1f} MB")


if __name__ == "__main__":
    main()
