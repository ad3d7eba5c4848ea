"""Make the pictures in sample_images/ with their truth.

Run: python -m benchmarks.bodies.samples [--out sample_images] [--only NAME ...]

Nobody in them exists. Every hollow is set to a wanted depth; the rest of the truth is
read off the mesh.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.bodies import palette
from benchmarks.bodies.config import (
    AnnyBody,
    BodyPose,
    Camera,
    Picture,
    PicturedPerson,
    Room,
    Sensor,
    Stand,
    Wardrobe,
)
from benchmarks.bodies.hollow import with_hollow
from benchmarks.bodies.picture import Studio
from posture.result import Measured
from posture.subject import Sex
from posture.verdict.bands import band_of, verdict_of
from posture.verdict.norms import load_norms

FOLDER = Path(__file__).parents[2] / "sample_images"
COLUMNS = (
    "file",
    "status",
    "finding",
    "facing",
    "sex",
    "stature_mm",
    "slca_deg",
    "hollow_depth_mm",
    "bridge_length_mm",
    "verdict",
    "yaw_deg",
    "arms",
    "outfit",
)
LIGHT, FAIR, TAN, OLIVE_SKIN, BROWN, DARK = palette.SKINS

AFRICAN = {"african": 0.9, "asian": 0.05, "caucasian": 0.05}
ASIAN = {"african": 0.05, "asian": 0.9, "caucasian": 0.05}
EUROPEAN = {"african": 0.05, "asian": 0.05, "caucasian": 0.9}

HOME = Room("home", 0.75, wall_color=palette.CREAM_WALL, floor="planks")
SAGE_HOME = Room("home", 0.8, wall_color=palette.SAGE_WALL, floor="planks")
BLUE = Room("plain", 0.7, wall_color=palette.BLUE_WALL, floor="planks")
CREAM = Room("plain", 0.7, wall_color=palette.CREAM_WALL, floor="tiles")
STUDIO = Room("plain", 1.2, key=1.2, wall_color=palette.GREY_WALL, floor="plain")
SIDE_VIEW = Camera((960, 1280), fill=0.84)
WIDE_VIEW = Camera((1280, 1280), distance_m=3.4, fill=0.78)


@dataclass(frozen=True)
class Sample:
    """One sample picture; `finding` is the reason it must be refused, or empty."""

    name: str
    depth_mm: float
    person: PicturedPerson
    room: Room
    finding: str = ""
    camera: Camera = SIDE_VIEW
    companion: PicturedPerson | None = None


def _man(stature_mm: float, **more: Any) -> AnnyBody:
    return AnnyBody(0.0, stature_mm, **more)


def _woman(stature_mm: float, **more: Any) -> AnnyBody:
    return AnnyBody(1.0, stature_mm, **more)


ADAM = _man(1780, muscle=0.55, skin=FAIR, hair_color=palette.BROWN_HAIR, **EUROPEAN)
BODE = _man(1840, muscle=0.7, weight=0.42, skin=DARK, hair_color=palette.BLACK_HAIR, **AFRICAN)
CHEN = _man(1710, weight=0.45, skin=TAN, hair_color=palette.BLACK_HAIR, **ASIAN)
DIEGO = _man(1750, muscle=0.7, weight=0.55, skin=OLIVE_SKIN, hair_color=palette.BLACK_HAIR)
EMIL = _man(1730, age=0.86, weight=0.55, skin=LIGHT, hair_color=palette.GREY_HAIR, **EUROPEAN)
FARID = _man(1760, weight=0.78, muscle=0.45, skin=OLIVE_SKIN, hair_color=palette.BLACK_HAIR)
GRACE = _woman(1650, skin=FAIR, hair_color=palette.BROWN_HAIR, **EUROPEAN)
HABIBA = _woman(1690, muscle=0.6, weight=0.4, skin=DARK, hair_color=palette.BLACK_HAIR, **AFRICAN)
INES = _woman(1610, weight=0.6, skin=OLIVE_SKIN, hair_color=palette.DARK_BROWN_HAIR)
JIN = _woman(1630, weight=0.45, skin=TAN, hair_color=palette.BLACK_HAIR, **ASIAN)
KARIN = _woman(1600, age=0.86, weight=0.55, skin=LIGHT, hair_color=palette.GREY_HAIR, **EUROPEAN)
LENA = _woman(1730, weight=0.38, skin=LIGHT, hair_color=palette.BLOND_HAIR, **EUROPEAN)
MAYA = _woman(1640, weight=0.7, cupsize=0.6, skin=BROWN, hair_color=palette.BLACK_HAIR)

BARE = Wardrobe("shorts_only", shorts=palette.NAVY)
TANK = Wardrobe("tank_shorts", shirt=palette.WHITE, shorts=palette.CHARCOAL)
TEE = Wardrobe("tee_shorts", shirt=palette.SKY, shorts=palette.CHARCOAL)
SPORTS_BRA = Wardrobe("bra_leggings", "bun", shirt=palette.PLUM, shorts=palette.CHARCOAL)
BRA_BIKE = Wardrobe("bra_bike", "bun", shirt=palette.TEAL, shorts=palette.TEAL)
TEE_LEGGINGS = Wardrobe("tee_leggings", "bun", shirt=palette.WHITE, shorts=palette.NAVY)
LONG_SLEEVES = Wardrobe("long_leggings", "bun", shirt=palette.RUST, shorts=palette.CHARCOAL)


def _samples() -> list[Sample]:
    """Every sample: measured ones first, then those that must be refused."""
    clasped, low, folded, hang = (
        BodyPose(arms=arms) for arms in ("crossed", "forward_low", "folded", "hang")
    )
    behind = BodyPose(arms="behind")
    woman_tank = replace(TANK, hair="bun", shirt=palette.RUST)
    return [
        Sample("man-typical", 41, PicturedPerson(ADAM, clasped, BARE, Stand("left", 2)), HOME),
        Sample("man-flat", 17, PicturedPerson(BODE, low, TANK, Stand("right", -3)), BLUE),
        Sample(
            "man-borderline", 58.5, PicturedPerson(CHEN, clasped, BARE, Stand("left", 4)), CREAM
        ),
        Sample("man-deep", 76, PicturedPerson(DIEGO, folded, BARE, Stand("right", 0)), SAGE_HOME),
        Sample(
            "man-older-typical",
            39,
            PicturedPerson(EMIL, hang, replace(BARE, shorts=palette.OLIVE), Stand("left", 1)),
            CREAM,
        ),
        Sample("man-heavy-typical", 43, PicturedPerson(FARID, low, BARE, Stand("right", 3)), HOME),
        Sample(
            "man-loose-shirt",
            40,
            PicturedPerson(ADAM, clasped, replace(TEE, looseness=0.4), Stand("right", -2)),
            BLUE,
        ),
        Sample("man-tight-shirt", 40, PicturedPerson(BODE, folded, TEE, Stand("left", -5)), STUDIO),
        Sample(
            "woman-typical", 48, PicturedPerson(GRACE, clasped, SPORTS_BRA, Stand("right", 3)), HOME
        ),
        Sample("woman-flat", 20, PicturedPerson(HABIBA, low, woman_tank, Stand("left", -4)), CREAM),
        Sample(
            "woman-borderline",
            65.5,
            PicturedPerson(INES, clasped, BRA_BIKE, Stand("right", 2)),
            BLUE,
        ),
        Sample(
            "woman-deep", 90, PicturedPerson(JIN, folded, SPORTS_BRA, Stand("left", 0)), SAGE_HOME
        ),
        Sample(
            "woman-older-typical",
            45,
            PicturedPerson(
                KARIN, clasped, replace(TEE_LEGGINGS, shirt=palette.SKY), Stand("left", 5)
            ),
            HOME,
        ),
        Sample(
            "woman-hanging-arms",
            49,
            PicturedPerson(LENA, hang, BRA_BIKE, Stand("right", 1)),
            STUDIO,
        ),
        Sample(
            "woman-loose-shirt",
            45,
            PicturedPerson(
                LENA,
                clasped,
                replace(TEE_LEGGINGS, shirt=palette.SKY, looseness=0.2),
                Stand("right", -3),
            ),
            CREAM,
        ),
        Sample(
            "woman-heavy-deep", 88, PicturedPerson(MAYA, low, SPORTS_BRA, Stand("left", 2)), BLUE
        ),
        Sample(
            "woman-long-sleeves",
            48,
            PicturedPerson(LENA, folded, LONG_SLEEVES, Stand("left", -2)),
            HOME,
        ),
        Sample(
            "woman-head-cropped",
            48,
            PicturedPerson(
                MAYA, clasped, replace(SPORTS_BRA, shirt=palette.TEAL), Stand("right", 0)
            ),
            CREAM,
            camera=replace(SIDE_VIEW, crop="chin"),
        ),
        Sample(
            "refused-front-view",
            48,
            PicturedPerson(GRACE, hang, SPORTS_BRA, Stand("left", 85)),
            HOME,
            "not-side-on",
        ),
        Sample(
            "refused-back-view",
            41,
            PicturedPerson(CHEN, hang, BARE, Stand("right", -88)),
            BLUE,
            "not-side-on",
        ),
        Sample(
            "refused-hands-behind-back",
            41,
            PicturedPerson(ADAM, behind, BARE, Stand("left", 0)),
            CREAM,
            "arm-over-back",
        ),
        Sample(
            "refused-arm-behind-back",
            60,
            PicturedPerson(HABIBA, BodyPose(arms="one_behind"), woman_tank, Stand("right", 0)),
            STUDIO,
            "arm-over-back",
        ),
        Sample(
            "refused-two-people-side-by-side",
            41,
            PicturedPerson(DIEGO, clasped, TEE, Stand("left", 0, y_m=0.42)),
            HOME,
            "several-people",
            WIDE_VIEW,
            PicturedPerson(GRACE, clasped, SPORTS_BRA, Stand("right", 0, y_m=-0.42)),
        ),
        Sample(
            "refused-two-people-overlapping",
            48,
            PicturedPerson(JIN, clasped, SPORTS_BRA, Stand("left", 0, y_m=-0.10)),
            BLUE,
            "several-people",
            WIDE_VIEW,
            PicturedPerson(EMIL, hang, BARE, Stand("left", 0, x_m=-0.40, y_m=0.04)),
        ),
        Sample(
            "refused-legs-only",
            41,
            PicturedPerson(BODE, clasped, BARE, Stand("right", 0)),
            CREAM,
            "trunk-out-of-frame",
            replace(SIDE_VIEW, size=(960, 1700), crop="legs"),
        ),
    ]


def _picture(studio: Studio, sample: Sample, seed: int) -> Picture:
    person = with_hollow(studio.model, sample.person, sample.depth_mm)
    people = (person, sample.companion) if sample.companion else (person,)
    sensor = Sensor(exposure=0.95, blur_px=0.4, noise=0.004, jpeg=90)
    return Picture(seed, people, sample.room, sample.camera, sensor)


def truth_row(sample: Sample, truth: dict[str, Any]) -> dict[str, Any]:
    """Return one line of truth.csv: the skin's outline exactly from the side."""
    line, person = truth["metrics"]["envelope"], sample.person
    sex: Sex = "f" if person.subject.female > 0.5 else "m"
    slca_deg, depth_mm = line["slca_deg"], line["hollow_depth_mm"]
    norms = load_norms()
    bands = (
        band_of(Measured(value, 0.0), cuts[sex])
        for value, cuts in ((slca_deg, norms.slca_cuts_deg), (depth_mm, norms.depth_cuts_mm))
    )
    return {
        "file": truth["file"],
        "status": "refused" if sample.finding else "measured",
        "finding": sample.finding,
        "facing": person.stand.facing,
        "sex": sex,
        "stature_mm": round(truth["stature_mm"]),
        "slca_deg": round(slca_deg, 1),
        "hollow_depth_mm": round(depth_mm, 1),
        "bridge_length_mm": round(line["bridge_length_mm"]),
        "verdict": verdict_of(*bands),
        "yaw_deg": person.stand.yaw_deg,
        "arms": person.pose.arms,
        "outfit": person.wardrobe.outfit + ("_loose" if person.wardrobe.looseness else ""),
    }


def _write_table(folder: Path, rows: list[dict[str, Any]]) -> None:
    with (folder / "truth.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "README.md").write_text(README.format(table=_markdown(rows)))


def _markdown(rows: list[dict[str, Any]]) -> str:
    head = (
        "| picture | expected | sex | stature mm | angle ° | depth mm | band | faces | yaw ° | arms"
        " | clothes |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    lines = []
    for row in rows:
        expected = row["finding"] or row["status"]
        cells = (
            f"[{row['file']}]({row['file']})",
            f"refused: `{expected}`" if row["finding"] else expected,
            *(row[c] for c in ("sex", "stature_mm", "slca_deg", "hollow_depth_mm", "verdict")),
            *(row[c] for c in ("facing", "yaw_deg", "arms", "outfit")),
        )
        lines.append("| " + " | ".join(str(c) for c in cells) + " |")
    return head + "\n".join(lines)


README = """# Sample pictures

Nobody here exists: the people are rendered from a body model, so the true curve of each
back is known. Use them to try the program without a photo of your own.

Angle and depth are those of the bare skin seen exactly from the side, whatever the person
wears and however the camera stands; the band is what these true values come to. A refused
picture has a true curve too, but it must not be measured, for the reason given.
`truth.csv` holds the same table with more columns. Yaw > 0 turns the front to the camera.

{table}

Body model: Anny (code Apache-2.0, body data CC0). Made by
`python -m benchmarks.bodies.samples` with the packages of the `bodies` group.
"""


def main() -> None:
    """Make all samples, or only the named ones to look at."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--only", nargs="*", help="names; leaves truth.csv and README.md alone")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    studio, rows = Studio(), []
    with tempfile.TemporaryDirectory() as scratch:
        for number, sample in enumerate(_samples(), start=1):
            if options.only and sample.name not in options.only:
                continue
            stem = Path(scratch) / f"{number:02d}-{sample.name}"
            truth = studio.make(_picture(studio, sample, seed=number), stem)
            shutil.copy(f"{stem}.jpg", options.out)
            rows.append(truth_row(sample, truth))
            print(rows[-1], truth["hidden_hollow_mm"], flush=True)
    if not options.only:
        _write_table(options.out, rows)


if __name__ == "__main__":
    main()
