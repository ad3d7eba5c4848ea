"""Choose the small part of a data set that is committed and runs in the tests.

    python -m benchmarks.accuracy.subset DATASET_FOLDER

Takes the first pictures of each stratum that are small enough, never looking at how well they are
measured, into benchmarks/accuracy/pictures/ (in place of those that are there) with one truth.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "pictures"
MAX_BYTES = 130_000
WANTED = {
    "in_protocol": 24,
    "yaw": 4,
    "poor_light": 3,
    "arms_hanging": 2,
    "head_cropped": 3,
    "arms_over_back": 2,
    "front_or_back": 2,
    "steep_yaw": 2,
    "several_people": 2,
    "trunk_out_of_frame": 1,
    "loose_top": 2,
    "long_hair": 2,
    "hanging_top": 2,
    "hair_over_hollow": 2,
}
KEPT = ("stratum", "status", "reason", "sex", "facing", "stature_mm")


def truth_of(path: Path) -> dict[str, Any]:
    """What the tests need of one picture's truth."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    envelope = truth["metrics"]["envelope"]
    return {key: truth[key] for key in KEPT} | {
        "file": truth["file"],
        "slca_deg": round(envelope["slca_deg"], 2),
        "hollow_depth_mm": round(envelope["hollow_depth_mm"], 2),
        "bridge_length_mm": round(envelope.get("bridge_length_mm", 0.0), 1),
    }


def main() -> None:
    """Copy pictures and write their truth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    dataset = parser.parse_args().dataset
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.jpg"):
        old.unlink()
    taken: Counter[str] = Counter()
    chosen = []
    for picture in sorted(dataset.glob("*.jpg")):
        truth = truth_of(picture.with_suffix(".json"))
        stratum = truth["stratum"]
        if picture.stat().st_size > MAX_BYTES or taken[stratum] >= WANTED.get(stratum, 0):
            continue
        taken[stratum] += 1
        chosen.append(truth)
        shutil.copy(picture, FOLDER / picture.name)
    (FOLDER / "truth.json").write_text(json.dumps(chosen, indent=1) + "\n", encoding="utf-8")
    print(f"{len(chosen)} pictures: {dict(taken)}")


if __name__ == "__main__":
    main()
