"""Run the analyzer over a folder of known bodies and keep one row a picture.

    python -m benchmarks.accuracy.evaluate DATASET_FOLDER ROWS.jsonl

Rows hold the truth, the stratum, the result and the raw quantities that the calibration and the
error bars are fitted on.  Resumes: pictures that already have a row are skipped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from posture.analyzer import Analyzer
from posture.checks.outline import Scene
from posture.curve.correction import USUAL_SHANKS_MM, load_calibration, width_factor
from posture.curve.reading import shanks_mm, unusual_doubt_mm
from posture.curve.uncertainty import rivalry
from posture.findings import Finding
from posture.photo.decode import load_photo
from posture.subject import Subject
from posture.view.scale import nominal_stature_per_mm


def raw_quantities(scene: Scene, stature_mm: float) -> dict[str, Any]:
    """What was seen before correction, in nominal mm, and the scale to true mm."""
    outline, view = scene.outline, scene.view
    raw: dict[str, Any] = {
        "yaw_deg": view.yaw_deg,
        "elevation_deg": view.elevation_deg,
        "turn": load_calibration().turn(view.yaw_deg),
        "scale_source": view.scale.source,
    }
    if outline is None or outline.silhouette_curve is None:
        return raw
    seen = outline.silhouette_curve
    raw |= {
        "slca_deg": seen.slca_deg,
        "chord_angle_deg": seen.chord_angle_deg,
        "depth": seen.depth,
        "bridge_length": seen.bridge_length,
        "width_factor": width_factor(seen),
        "apex_share": seen.apex_share,
        "thoracic_bend": seen.thoracic_bend,
        "buttocks_mm": seen.gluteal[1],
        "inflections_mm": seen.inflections_apart,
        "shanks_mm": shanks_mm(view, outline.frame) or USUAL_SHANKS_MM,
        "stature_mm_per_nominal": stature_mm * nominal_stature_per_mm(view, outline.frame),
        "rivalry": None if outline.curve is None else rivalry(outline, outline.curve),
        "doubt_mm": unusual_doubt_mm(outline.edge, seen),
    }  # fmt: skip
    return raw


def row_of(analyzer: Analyzer, picture: Path) -> dict[str, Any]:
    """Truth, stratum, result and raw quantities of one picture."""
    truth = json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))
    photo = load_photo(picture)
    if isinstance(photo, Finding):
        raise SystemExit(f"{picture}: {photo.message}")
    stature_mm, sex = float(truth["stature_mm"]), truth["sex"]
    scene, findings = analyzer.examine(photo)
    subject = Subject(stature_mm=stature_mm, sex=sex)
    result = analyzer.conclude(photo, subject, scene, findings)
    plain = result.to_dict()
    kept = ("status", "facing", "slca_deg", "hollow_depth_mm", "hollow_depth_ratio", "bands")
    return {
        "picture": picture.name,
        "truth": {key: truth[key] for key in TRUTH_KEYS if key in truth},
        "result": {key: plain[key] for key in kept}
        | {"findings": [[f.code, f.severity, f.value] for f in result.findings]},
        "raw": {} if scene is None else raw_quantities(scene, stature_mm),
    }


TRUTH_KEYS = (
    "stratum", "tags", "stature_mm", "sex", "facing", "metrics", "hidden_hollow_mm", "size",
    "status", "reason",
)  # fmt: skip


def main() -> None:
    """Evaluate what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("rows", type=Path)
    arguments = parser.parse_args()
    done = set()
    if arguments.rows.exists():
        lines = arguments.rows.read_text(encoding="utf-8").splitlines()
        done = {json.loads(line)["picture"] for line in lines}
    pictures = [p for p in sorted(arguments.dataset.glob("*.jpg")) if p.name not in done]
    with Analyzer() as analyzer, arguments.rows.open("a", encoding="utf-8") as out:
        for count, picture in enumerate(pictures, start=1):
            out.write(json.dumps(row_of(analyzer, picture)) + "\n")
            out.flush()
            print(f"\r{count}/{len(pictures)}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
