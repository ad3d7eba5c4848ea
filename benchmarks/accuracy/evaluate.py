"""Run the analyzer over a folder of known bodies and keep one row a picture.

    python -m benchmarks.accuracy.evaluate DATASET_FOLDER ROWS.jsonl [--fast]

Rows hold the truth, the result, and what its numbers and error bars are made from, on which
`calibrate` fits.  Resumes: pictures that already have a row are skipped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.accuracy.rows import RawQuantities
from posture._support.plain import to_plain
from posture.analyzer import Analyzer
from posture.checks.scene import CurveScene
from posture.curve.calibration import Calibration
from posture.findings import Finding
from posture.photo.decode import load_photo
from posture.subject import Subject
from posture.view.see import statures_per_nominal_mm

# What a row keeps of the truth file and of the result.
TRUTH_KEYS = (
    "stratum", "tags", "stature_mm", "sex", "facing", "metrics", "hidden_hollow_mm", "size",
    "status", "reason",
)  # fmt: skip
RESULT_KEYS = (
    "status", "facing", "slca_deg", "hollow_depth_mm", "hollow_depth_ratio", "bridge_length_mm",
    "bands",
)  # fmt: skip


def raw_quantities(scene: CurveScene, calibration: Calibration) -> RawQuantities:
    """What the numbers of a result are made from."""
    view, reading = scene.view, scene.reading
    return RawQuantities(
        curve=reading.curve,
        rival=reading.rival,
        sources=scene.sources,
        yaw_seen_deg=view.yaw_deg + calibration.yaw.bias_deg,
        elevation_deg=view.elevation_deg,
        scale_source=view.scale.source,
        scale_ci95=view.scale.relative_ci95,
        statures_per_mm=statures_per_nominal_mm(view, scene.outline.frame),
    )


def row_of(analyzer: Analyzer, picture: Path, truth: dict[str, Any]) -> dict[str, Any]:
    """Truth, result and raw quantities of one picture."""
    photo = load_photo(picture)
    if isinstance(photo, Finding):
        raise SystemExit(f"{picture}: {photo.message}")
    subject = Subject(stature_mm=float(truth["stature_mm"]), sex=truth["sex"])
    examined = analyzer.examine(photo)
    result = analyzer.conclude(photo, subject, examined)
    result_fields, scene, raw = result.to_dict(), examined.scene, None
    if isinstance(scene, CurveScene) and result.status == "measured":
        raw = to_plain(raw_quantities(scene, analyzer.settings.calibration))
    return {
        "picture": picture.name,
        "truth": {key: truth[key] for key in TRUTH_KEYS},
        "result": {key: result_fields[key] for key in RESULT_KEYS}
        | {"findings": [[f.code, f.severity, f.value] for f in result.findings]},
        "raw": raw,
    }


def pictures_without_row(dataset: Path, rows: Path) -> list[Path]:
    """The finished pictures of a data set that have no row yet, in order."""
    lines = rows.read_text(encoding="utf-8").splitlines() if rows.exists() else []
    done = {json.loads(line)["picture"] for line in lines}
    return [
        picture
        for picture in sorted(dataset.glob("*.jpg"))
        if picture.name not in done and picture.with_suffix(".json").exists()
    ]


def main() -> None:
    """Evaluate what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--fast", action="store_true", help="as `posture analyze --fast`")
    arguments = parser.parse_args()
    pictures = pictures_without_row(arguments.dataset, arguments.rows)
    with (
        Analyzer(fast=arguments.fast) as analyzer,
        arguments.rows.open("a", encoding="utf-8") as out,
    ):
        for count, picture in enumerate(pictures, start=1):
            truth = json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))
            out.write(json.dumps(row_of(analyzer, picture, truth)) + "\n")
            out.flush()
            print(f"\r{count}/{len(pictures)}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
