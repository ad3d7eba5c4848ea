"""Run the analyzer over a folder of known bodies and keep one row a picture.

    python -m benchmarks.accuracy.evaluate DATASET_FOLDER ROWS.jsonl

Rows hold the truth, the stratum, the result and the raw quantities that the calibration and the
error bars are fitted on.  Resumes: pictures that already have a row are skipped.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from posture.curve.correction import USUAL_SHANKS_MM, Calibration, width_factor

from benchmarks.accuracy.rows import RawQuantities, read_rows
from posture.analyzer import Analyzer
from posture.checks.covering import cloth_hangs
from posture.checks.scene import OutlineScene
from posture.curve.reading import CurveReading, error_sources, shanks_mm
from posture.curve.uncertainty import unusual_doubt_mm
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
    "status", "facing", "slca_deg", "hollow_depth_mm", "hollow_depth_ratio", "bands",
)  # fmt: skip


def raw_quantities(
    scene: OutlineScene, reading: CurveReading, stature_mm: float, calibration: Calibration
) -> RawQuantities:
    """What was seen before correction, in nominal mm, and the scale to true mm."""
    outline, view, seen = scene.outline, scene.view, reading.seen
    sources = error_sources(reading, outline, view, cloth_hangs=cloth_hangs(scene))
    return RawQuantities(
        yaw_deg=view.yaw_deg,
        elevation_deg=view.elevation_deg,
        turn=calibration.turn(view.yaw_deg),
        scale_source=view.scale.source,
        slca_deg=seen.slca_deg,
        chord_angle_deg=seen.chord_angle_deg,
        depth=seen.depth,
        bridge_length=seen.bridge_length,
        width_factor=width_factor(seen),
        apex_share=seen.apex_share,
        thoracic_bend=seen.thoracic_bend,
        buttocks_mm=seen.gluteal[1],
        inflections_mm=seen.inflections_apart,
        shanks_mm=shanks_mm(view, outline.frame) or USUAL_SHANKS_MM,
        stature_mm_per_nominal=stature_mm * statures_per_nominal_mm(view, outline.frame),
        doubt_mm=unusual_doubt_mm(outline.edge, seen),
        rival_deg=sources.rival_deg,
        rival_mm=sources.rival_mm,
        head_cut=bool(sources.head_cut),
        cloth_hangs=bool(sources.cloth_hangs),
    )


def row_of(analyzer: Analyzer, picture: Path) -> dict[str, Any]:
    """Truth, stratum, result and raw quantities of one picture."""
    truth = json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))
    photo = load_photo(picture)
    if isinstance(photo, Finding):
        raise SystemExit(f"{picture}: {photo.message}")
    subject = Subject(stature_mm=float(truth["stature_mm"]), sex=truth["sex"])
    examined = analyzer.examine(photo)
    result = analyzer.conclude(photo, subject, examined)
    result_fields = result.to_dict()
    return {
        "picture": picture.name,
        "truth": {key: truth[key] for key in TRUTH_KEYS},
        "result": {key: result_fields[key] for key in RESULT_KEYS}
        | {"findings": [[f.code, f.severity, f.value] for f in result.findings]},
        "raw": _raw_fields(analyzer, examined.scene, float(truth["stature_mm"])),
    }


def _raw_fields(analyzer: Analyzer, scene: object, stature_mm: float) -> dict[str, Any] | None:
    """None where no hollow was found."""
    if not isinstance(scene, OutlineScene) or scene.reading is None:
        return None
    calibration = analyzer.settings.calibration
    return asdict(raw_quantities(scene, scene.reading, stature_mm, calibration))


def main() -> None:
    """Evaluate what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("rows", type=Path)
    arguments = parser.parse_args()
    done = {row.name for row in read_rows([arguments.rows] if arguments.rows.exists() else [])}
    pictures = [p for p in sorted(arguments.dataset.glob("*.jpg")) if p.name not in done]
    with Analyzer() as analyzer, arguments.rows.open("a", encoding="utf-8") as out:
        for count, picture in enumerate(pictures, start=1):
            out.write(json.dumps(row_of(analyzer, picture)) + "\n")
            out.flush()
            print(f"\r{count}/{len(pictures)}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
