"""Make random pictures with their truth.

Run: python -m benchmarks.bodies --out DIR [--count 20] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from benchmarks.bodies.picture import Studio
from benchmarks.bodies.sampling import random_picture


def main() -> None:
    """Write `count` pictures; the same seed gives the same pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    studio = Studio()
    for number in range(options.count):
        picture = random_picture(np.random.default_rng([options.seed, number]))
        stem = options.out / f"body-{options.seed}-{number:04d}"
        truth = studio.make(picture, stem)
        stem.with_suffix(".json").write_text(json.dumps(truth))
        line = truth["metrics"]["envelope"]
        print(
            f"{truth['file']}  {line['slca_deg']:.1f} deg  {line['hollow_depth_mm']:.1f} mm",
            flush=True,
        )


if __name__ == "__main__":
    main()
