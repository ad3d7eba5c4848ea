"""Make the pictures on which accuracy is measured, with their truth.

Run: python -m benchmarks.accuracy.dataset --out DIR --seed N [--count 400]

Picture `index` of a seed is always the same, whatever was made before it, so a run can
be broken off and taken up again. Each truth file has `tags`, and dataset.csv lists them.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.rows import MADE_UP
from benchmarks.accuracy.strata import STEEP_YAW_DEG, Stratum, design
from benchmarks.bodies.config import Picture, PicturedPerson
from benchmarks.bodies.picture import Studio
from benchmarks.bodies.renderer import QUICK_PASSES
from benchmarks.bodies.sampling import sex_of

HIDDEN_MM = 10.0  # a hollow covered by more than this cannot be measured
REASON_OF_COVER = {"arms": "arm-over-back", "hair": "hair-over-back", "cloth": "loose-clothing"}


def unmeasurable(picture: Picture, hidden_mm: dict[str, float]) -> list[str]:
    """Why an honest program cannot measure this picture; empty if it can.

    What is wrong with the picture as a whole comes before what covers the hollow.
    """
    reasons = []
    if len(picture.people) > 1:
        reasons.append("several-people")
    if picture.camera.crop == "legs":
        reasons.append("trunk-out-of-frame")
    if abs(picture.person.stand.yaw_deg) > STEEP_YAW_DEG:
        reasons.append("not-side-on")
    return reasons + reasons_of_cover(hidden_mm)


def reasons_of_cover(hidden_mm: dict[str, float]) -> list[str]:
    """What hides the hollow; empty if nothing does."""
    return [reason for cause, reason in REASON_OF_COVER.items() if hidden_mm[cause] > HIDDEN_MM]


def tags_of(stratum: Stratum, picture: Picture, truth: dict[str, Any]) -> dict[str, Any]:
    """What a picture stands for, and the figures to compare with."""
    person, view = picture.person, picture.camera
    reasons = unmeasurable(picture, truth["hidden_hollow_mm"])
    skin, seen = truth["metrics"]["envelope"], truth["seen"]
    return {
        "family": MADE_UP,
        "stratum": stratum.name,
        "in_protocol": stratum.name == "in_protocol" and not reasons,
        "measurable": not reasons,
        "unmeasurable_because": reasons,
        "sex": sex_of(person.subject),
        "age_slider": person.subject.age,
        "weight_slider": person.subject.weight,
        **_relief_tags(person),
        "stature_mm": truth["stature_mm"],
        "skin_lightness": sum(person.subject.skin) / 3,
        "facing": person.stand.facing,
        "yaw_deg": person.stand.yaw_deg,
        "arms": person.pose.arms,
        "outfit": person.wardrobe.outfit,
        "looseness": person.wardrobe.looseness,
        "hair": person.wardrobe.hair,
        "crop": view.crop,
        "background": picture.room.background,
        "light": _light(stratum, picture),
        "camera_height_m": view.height_m,
        "camera_distance_m": view.distance_m,
        "roll_deg": view.roll_deg,
        "barrel": view.barrel,
        "height_px": truth["size"][1],
        "px_per_mm": truth["px_per_mm"],
        "jpeg": picture.sensor.jpeg,
        "slca_deg": skin["slca_deg"],
        "hollow_depth_mm": skin["hollow_depth_mm"],
        "bridge_length_mm": skin.get("bridge_length_mm"),
        "seen_slca_deg": seen["skin_metrics"]["slca_deg"],
        "seen_hollow_depth_mm": seen["skin_metrics"]["hollow_depth_mm"],
        "outline_slca_deg": seen["visible_metrics"]["slca_deg"],
        "outline_hollow_depth_mm": seen["visible_metrics"]["hollow_depth_mm"],
        **{f"hidden_by_{cause}_mm": mm for cause, mm in truth["hidden_hollow_mm"].items()},
    }


def _relief_tags(person: PicturedPerson) -> dict[str, float]:
    """What the skin of the back has on top of a smooth one, mm."""
    relief, worn = person.subject.relief, person.wardrobe
    return {
        "folds": len(relief.folds),
        "deepest_fold_mm": max((fold.depth_mm for fold in relief.folds), default=0.0),
        "furrow_mm": relief.furrow_mm,
        "furrow_width_mm": relief.furrow_width_mm,
        "ridge_mm": relief.ridge_mm,
        "lumbar_side_mm": relief.lumbar_side_mm,
        "thoracic_side_mm": relief.thoracic_side_mm,
        "lumps_mm": relief.lumps_mm,
        "waist_band_mm": worn.waist_band_mm,
        "bra_band_mm": worn.bra_band_mm,
    }


def _light(stratum: Stratum, picture: Picture) -> str:
    if picture.room.backlit:
        return "backlit"
    return "dim" if stratum.name == "poor_light" else "day"


def make(studio: Studio, folder: Path, seed: int, index: int) -> bool:
    """Make one picture with its truth unless it is there; return whether it was made.

    It is put together in a folder of its own; the photo comes over last, so where there is
    a photo there is a truth.
    """
    name = f"{seed:02d}-{index:04d}"
    if (folder / f"{name}.jpg").exists():
        return False
    stratum, picture = design(seed, index)
    scratch = folder / "unfinished"
    scratch.mkdir(exist_ok=True)
    truth = studio.make(picture, scratch / name)
    tags = tags_of(stratum, picture, truth)
    head = {"stratum": stratum.name, "sex": tags["sex"], "facing": tags["facing"]}
    verdict = {
        "status": "measured" if tags["measurable"] else "refused",
        "reason": next(iter(tags["unmeasurable_because"]), ""),
    }
    whole = json.dumps(head | verdict | {"tags": tags} | truth)
    (scratch / f"{name}.json").write_text(whole, encoding="utf-8")
    for ending in ("_mask.png", ".json", ".jpg"):
        (scratch / f"{name}{ending}").replace(folder / f"{name}{ending}")
    scratch.rmdir()
    return True


def tagged(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield file name and tags of every finished picture, in order."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text())
        yield {"file": truth["file"], **truth["tags"]}


def write_table(folder: Path) -> None:
    """List all tags in dataset.csv."""
    rows = list(tagged(folder))
    with (folder / "dataset.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row | {"unmeasurable_because": " ".join(row["unmeasurable_because"])})


def _progress(done: int, count: int, made: int, seconds: float) -> str:
    left = (count - done) * seconds / max(made, 1)
    return f"{done}/{count} pictures, {seconds / max(made, 1):.1f} s each, {left / 60:.0f} min left"


def main() -> None:
    """Make what is missing of the set, then list it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    studio, started, made = Studio(QUICK_PASSES), time.monotonic(), 0
    for index in range(options.count):
        made += make(studio, options.out, options.seed, index)
        seconds = time.monotonic() - started
        print(_progress(index + 1, options.count, made, seconds), flush=True)
    write_table(options.out)


if __name__ == "__main__":
    main()
