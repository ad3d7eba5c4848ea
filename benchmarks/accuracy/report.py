"""Tables and plots of held-out seeds: writes docs/accuracy.md and docs/images/accuracy-*.png.

python -m benchmarks.accuracy.report ROWS.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture.result import Measured
from posture.verdict.bands import BAND_NAMES, band_of, verdict_of
from posture.verdict.norms import load_norms

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accuracy.md"
IMAGES = ROOT / "docs" / "images"
Row = dict[str, Any]
Array = NDArray[np.float64]

# Which findings count as the right reason for a picture that cannot be measured.
RIGHT_REASONS = {
    "not-side-on": {"not-side-on", "turned-away-from-side", "facing-unclear"},
    "arm-over-back": {
        "arm-over-back",
        "arm-near-back",
        "arm-beside-back",
        "something-behind-back",  # "another person, a hand or a thing"
    },
    "several-people": {
        "several-people",
        "more-than-one-body",
        "something-behind-back",
        "others-in-background",
    },
    "trunk-out-of-frame": {"trunk-out-of-frame", "no-person"},
    "hair-over-back": {"hair-over-back"},
    "loose-clothing": {"clothing-loose"},
}

# Where the truth of a picture keeps angle and depth, for each line they may be taken from.
OTHER_TRUTHS = {
    "bare skin from the side (the truth of this page)": (
        ("metrics", "envelope", "lumbar_angle_deg"),
        ("metrics", "envelope", "bitangent_gap_mm"),
    ),
    "bare skin as this camera sees it": (("tags", "seen_slca_deg"), ("tags", "seen_depth_mm")),
    "skin of the midline, between the buttocks and over the spine": (
        ("metrics", "midsagittal", "lumbar_angle_deg"),
        ("metrics", "midsagittal", "bitangent_gap_mm"),
    ),
}


@dataclass(frozen=True)
class Errors:
    """Measured minus true, and the stated half-widths, of some pictures."""

    slca_deg: Array
    slca_ci95: Array
    depth_mm: Array
    depth_ci95: Array
    true_slca_deg: Array
    true_depth_mm: Array


def errors_of(rows: Sequence[Row]) -> Errors:
    """Of the measured ones among `rows`."""
    table = [
        (
            row["result"]["slca_deg"]["value"] - truth["lumbar_angle_deg"],
            row["result"]["slca_deg"]["ci95"],
            row["result"]["hollow_depth_mm"]["value"] - truth["bitangent_gap_mm"],
            row["result"]["hollow_depth_mm"]["ci95"],
            truth["lumbar_angle_deg"],
            truth["bitangent_gap_mm"],
        )
        for row in measured(rows)
        for truth in (row["truth"]["metrics"]["envelope"],)
    ]
    return Errors(*np.array(table, dtype=float).reshape(-1, 6).T)


def measured(rows: Sequence[Row]) -> list[Row]:
    """Those that gave numbers."""
    return [row for row in rows if row["result"]["status"] == "measured"]


def stratum(rows: Sequence[Row], name: str) -> list[Row]:
    """The rows of one stratum."""
    return [row for row in rows if row["truth"]["stratum"] == name]


def tag(row: Row, name: str) -> Any:
    """One tag of the picture."""
    return row["truth"]["tags"][name]


def table_line(name: str, rows: Sequence[Row]) -> str:
    """One row of an error table."""
    e = errors_of(rows)
    if len(e.slca_deg) < 3:
        return f"| {name} | {len(rows)} | {len(e.slca_deg)} | | | | | | | |"
    return (
        f"| {name} | {len(rows)} | {len(e.slca_deg)} "
        f"| {np.abs(e.slca_deg).mean():.1f} | {np.percentile(np.abs(e.slca_deg), 95):.1f} "
        f"| {e.slca_deg.mean():+.1f} "
        f"| {np.abs(e.depth_mm).mean():.1f} | {np.percentile(np.abs(e.depth_mm), 95):.1f} "
        f"| {e.depth_mm.mean():+.1f} "
        f"| {np.mean(np.abs(e.slca_deg) <= e.slca_ci95):.0%} / "
        f"{np.mean(np.abs(e.depth_mm) <= e.depth_ci95):.0%} |"
    )


HEAD = (
    "| pictures | n | measured | angle MAE ° | 95th pct ° | bias ° | depth MAE mm | 95th pct mm "
    "| bias mm | inside ± (angle / depth) |\n|---|---|---|---|---|---|---|---|---|---|"
)


def groups_table(rows: Sequence[Row], groups: dict[str, Callable[[Row], bool]]) -> str:
    """One line a group."""
    lines = [table_line(name, [row for row in rows if test(row)]) for name, test in groups.items()]
    return "\n".join([HEAD, *lines])


def other_truths_table(rows: Sequence[Row]) -> str:
    """How the readings differ from the truth and from what else a back's curve may mean."""
    readings = measured(rows)
    lines = ["| truth | angle: mean °, SD °, r | depth: mean mm, SD mm, r |", "|---|---|---|"]
    for name, (slca_deg, depth_mm) in OTHER_TRUTHS.items():
        angle = differences(readings, "slca_deg", slca_deg)
        depth = differences(readings, "hollow_depth_mm", depth_mm)
        lines.append(f"| {name} | {angle} | {depth} |")
    return "\n".join(lines)


def differences(rows: Sequence[Row], field: str, path: tuple[str, ...]) -> str:
    """Mean and standard deviation of measured minus that truth, and their correlation."""
    read = np.array([row["result"][field]["value"] for row in rows])
    true = np.array([reduce(getitem, path, row["truth"]) for row in rows])
    apart, r = read - true, np.corrcoef(read, true)[0, 1]
    return f"{apart.mean():+.1f}, {apart.std(ddof=1):.1f}, {r:.3f}"


def true_verdict(row: Row) -> str:
    """The band that the true values come to."""
    norms, sex = load_norms(), row["truth"]["sex"]
    envelope = row["truth"]["metrics"]["envelope"]
    return verdict_of(
        band_of(Measured(envelope["lumbar_angle_deg"], 0.0), norms.slca_cuts_deg[sex]),
        band_of(Measured(envelope["bitangent_gap_mm"], 0.0), norms.depth_cuts_mm[sex]),
    )


def band_distance(row: Row) -> int:
    """How many bands lie between what is said and what is true; 0 when they share one."""
    said = [BAND_NAMES.index(name) for name in row["result"]["bands"]["verdict"].split("/")]
    true = [BAND_NAMES.index(name) for name in true_verdict(row).split("/")]
    return min(abs(a - b) for a in said for b in true)


def refusals_table(rows: Sequence[Row]) -> str:
    """How reliably pictures that cannot be measured are refused or flagged, by reason."""
    lines = [
        "| cannot be measured because | n | refused | refused or flagged | for that reason |",
        "|---|---|---|---|---|",
    ]
    for reason, codes in RIGHT_REASONS.items():
        group = [row for row in rows if row["truth"].get("reason") == reason]
        if not group:
            continue
        refused = sum(row["result"]["status"] == "refused" for row in group)
        flagged = sum(bool(noticed(row)) for row in group)
        right = sum(bool(noticed(row) & codes) for row in group)
        lines.append(f"| {reason} | {len(group)} | {refused} | {flagged} | {right} |")
    return "\n".join(lines)


def noticed(row: Row) -> set[str]:
    """Codes of the picture's warnings and refusals."""
    return {code for code, severity, _ in row["result"]["findings"] if severity != "info"}


def plots(rows: Sequence[Row]) -> None:
    """Bland-Altman of the pictures in protocol, and error by yaw of all measured ones."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    IMAGES.mkdir(exist_ok=True)
    e = errors_of(stratum(rows, "in_protocol"))
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    for axis, true, error, unit in (
        (axes[0], e.true_slca_deg, e.slca_deg, "angle, °"),
        (axes[1], e.true_depth_mm, e.depth_mm, "depth, mm"),
    ):
        axis.scatter(true + error / 2, error, s=14, color="#0072b2", alpha=0.7, linewidths=0)
        low, mid, high = error.mean() + np.array([-1.96, 0, 1.96]) * error.std(ddof=1)
        for level, style in ((low, "--"), (mid, "-"), (high, "--")):
            axis.axhline(level, color="#d55e00", linestyle=style, linewidth=1)
        axis.set_xlabel(f"mean of measured and true {unit}")
        axis.set_ylabel("measured minus true")
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(IMAGES / "accuracy-bland-altman.png", dpi=100)
    sides = [row for row in measured(rows) if row["truth"]["stratum"] in ("in_protocol", "yaw")]
    e = errors_of(sides)
    yaw = np.array([float(tag(row, "yaw_deg")) for row in sides])
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6))
    for axis, error, unit in (
        (axes[0], e.slca_deg, "angle, °"),
        (axes[1], e.depth_mm, "depth, mm"),
    ):
        axis.scatter(yaw, error, s=14, color="#0072b2", alpha=0.7, linewidths=0)
        axis.axhline(0, color="#555555", linewidth=0.8)
        axis.set_xlabel("turn away from side-on, ° (positive shows the front)")
        axis.set_ylabel(f"error of the {unit}")
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(IMAGES / "accuracy-by-yaw.png", dpi=100)


def page(rows: Sequence[Row]) -> str:
    """docs/accuracy.md."""
    easy = stratum(rows, "in_protocol")
    e = errors_of(easy)
    bands = [band_distance(row) for row in measured(easy)]
    strata = sorted({row["truth"]["stratum"] for row in rows if tag(row, "measurable")})
    sides = [row for row in rows if row["truth"]["stratum"] in ("in_protocol", "yaw")]
    by_yaw = {
        f"{low} to {high}°": (
            lambda row, low=low, high=high: low <= abs(float(tag(row, "yaw_deg"))) < high
        )
        for low, high in ((0, 5), (5, 10), (10, 15), (15, 21))
    }
    by_height = {
        f"{low} to {high} px high": (
            lambda row, low=low, high=high: low <= float(tag(row, "height_px")) < high
        )
        for low, high in ((0, 800), (800, 1600), (1600, 9999))
    }
    by_arms = {
        f"arms {arms}": (lambda row, arms=arms: tag(row, "arms") == arms)
        for arms in sorted({tag(row, "arms") for row in easy})
    }
    by_background = {
        background: (lambda row, background=background: tag(row, "background") == background)
        for background in sorted({tag(row, "background") for row in easy})
    }
    by_outfit = {
        outfit: (lambda row, outfit=outfit: tag(row, "outfit") == outfit)
        for outfit in sorted({tag(row, "outfit") for row in easy})
    }
    by_stratum = {
        name: (lambda row, name=name: row["truth"]["stratum"] == name and tag(row, "measurable"))
        for name in strata
    }
    just_outside = {
        "turned by 10 to 20°": lambda row: 10 <= abs(float(tag(row, "yaw_deg"))) <= 20,
        "arms hanging, not over the hollow": (
            lambda row: (
                row["truth"]["stratum"] == "arms_hanging"
                and tag(row, "measurable")
                and tag(row, "hidden_by_arms_mm") == 0
            )
        ),
    }
    refused = len(easy) - len(measured(easy))
    seeds = sorted({row["picture"].split("-")[0] for row in rows})

    def flagged(code: str) -> int:
        return sum(code in noticed(row) for row in easy)

    correlation = (
        np.corrcoef(e.true_slca_deg, e.true_slca_deg + e.slca_deg)[0, 1],
        np.corrcoef(e.true_depth_mm, e.true_depth_mm + e.depth_mm)[0, 1],
    )
    return f"""# Accuracy

Measured on {len(rows)} pictures of made-up people whose back is known to the millimetre (seeds
{", ".join(seeds)}, on which no constant of the measurement was fitted): both sexes, all builds and
skin tones, facing left and right, plain and cluttered rooms, dim and back-lit, 480 px to 12 MP,
JPEG 40 to 95, camera 1.5 to 4 m away and 0.6 to 1.6 m high, rolled up to 6°. Truth is the bare skin
seen exactly from the side; no clothes, no turn, no perspective. These are bodies from a model, not
X-rays of people: they tell how well the outline is read, not what the spine inside does.

Anyone can make this page again:

```sh
pip install --group bodies
for seed in {" ".join(seeds)}; do
    python -m benchmarks.accuracy.dataset --out pictures --seed $seed
done
python -m benchmarks.accuracy.evaluate pictures rows.jsonl
python -m benchmarks.accuracy.report rows.jsonl
```

MAE is the mean absolute error. "Inside ±" is the share of pictures whose true value lies inside
the stated 95 % interval.

## In protocol

<!-- summary -->
Turned by at most 10°, arms off the back, tight clothing, whole body in the picture:

{groups_table(rows, {"in protocol": lambda row: row["truth"]["stratum"] == "in_protocol"})}

Correlation with the truth: angle {correlation[0]:.3f}, depth {correlation[1]:.3f}. Median
half-width ± {np.median(e.slca_ci95):.1f}° and ± {np.median(e.depth_ci95):.1f} mm. Refused:
{refused} of {len(easy)}. The verdict names the true band in {np.mean(np.array(bands) == 0):.0%},
and is at most {max(bands)} bands off.
<!-- /summary -->

![Measured minus true against the mean of both](images/accuracy-bland-altman.png)

The same readings against other lines of the same backs:

{other_truths_table(stratum(rows, "in_protocol"))}

The camera sees more of the far buttock and shoulder blade than there is from the side, so its
outline is hollower; the midline, deep between them, is flatter, and no outline tells how deep.

## Just outside the protocol

{groups_table([*sides, *stratum(rows, "arms_hanging")], just_outside)}

## By what makes a picture hard

{groups_table(rows, by_stratum)}

## By turn

{groups_table(sides, by_yaw)}

![Error against the turn away from side-on](images/accuracy-by-yaw.png)

## In protocol, by arms

{groups_table(easy, by_arms)}

## In protocol, by clothing

{groups_table(easy, by_outfit)}

## In protocol, by what is behind

{groups_table(easy, by_background)}

"Clutter" puts boards and boxes in bright colours right behind the person; where one of them fills
the hollow, the pose model takes it for a part of the body.

## In protocol, by size of the picture

{groups_table(easy, by_height)}

## Refusals

{refusals_table(rows)}

Of two people, the second one is missed where they are nearly hidden behind the first. Hair is
missed where its colour is near that of skin or clothes. In legs alone a small person may be
imagined who is refused for the way they seem to stand. Of the {len(easy)}
pictures in protocol {flagged("clothing-loose")} are warned of loose clothes,
{flagged("hair-over-back")} of hair, {flagged("more-than-one-body")} of a second body.

Twenty-eight seeds were looked at before these, each with the constants as they were; each then
joined the development seeds:

| seed | in protocol: angle MAE °, 95th pct | depth MAE mm, 95th pct | what it led to |
|---|---|---|---|
| 6 | 1.7, 4.7 | 1.4, 3.6 | |
| 7 | 1.8, 4.4 | 1.9, 4.9 | one picture off by 24° with ± 22°: from ± 15° on, photos are refused |
| 8 | 1.7, 4.8 | 1.7, 3.7 | one off by 35° with ± 7°: a stronger edge inside widens the interval |
| 9 | 1.8, 4.4 | 1.7, 4.2 | one off by 15°: the bridge must rest on the buttocks |
| 10 | 1.8, 4.5 | 1.5, 3.9 | 4 of 180 refused, one for a phantom person, one for a shadow |
| 11 | 1.8, 4.2 | 1.7, 4.2 | |
| 12 | 1.7, 4.5 | 1.8, 4.7 | boards and stripes in the hollow: colours of the background count |
| 13 | 1.6, 3.9 | 1.7, 4.1 | |
| 14 | 1.8, 4.3 | 1.7, 4.5 | |
| 15 | 1.8, 4.4 | 1.9, 4.9 | |
| 16 | 1.8, 4.4 | 2.2, 5.3 | one off by 20° and 29 mm: doubt about the outline counts |
| 17 | 1.7, 4.4 | 1.5, 3.9 | 87 % of the turned inside ±: wider for a turn and a cut head |
| 18 | 1.7, 4.4 | 1.6, 4.4 | |
| 19 | 2.3, 5.2 | 2.1, 4.9 | straight edges taken for the back, off by 35° and 14°: the rival |
| 20 | 1.8, 4.5 | 1.6, 4.2 | three terms that had held on four seeds only: left out |
| 21 to 23 | 1.7, 4.1 | 1.5, 3.9 | 22 of 288 told for no or another reason: thighs, necks, hems |
| 24 | 1.6, 4.6 | 1.5, 4.2 | |
| 25 to 27 | 1.6, 4.3 | 1.5, 3.9 | 22 of 290 told for no or another reason: hair, legs |
| 28 to 30 | 1.6, 4.0 | 1.6, 4.1 | 17 of 288 told for no or another reason: hair, legs, people |
| 31 to 33 | 1.6, 4.1 | 1.6, 3.8 | 16 of 284 told for no or another reason: hair, people, arms |

Seeds 17 and 18 were measured with the outlines of method 6, the terms of method 5, and photos
refused from ± 10° on instead of ± 15°, which takes the angle's mean error down by about 0.03° but
refuses up to 3 % of the pictures in protocol.

Seeds 25 and 26 were looked at before the last changes of the checks of method 8, seed 27 was not:
1.59° (95th 4.1) and 1.63 mm (4.4), 96 and 97 % inside ±. Method 7 has 1.63° (4.2) and 1.49 mm (3.8)
on all three.

Of the 536 pictures of seeds 28 to 30 one was off by 19° and 34 mm with ± 5, warned of as faint: a
board behind the person ends in the hollow.

Limits of two checks were set when seeds 31 to 33 had been looked at: of the rival outline after 31
and 32, which refuses one picture of a cut-off head that was 44° and 54 mm off with ± 9°; of the
hair rule after all three.

Values, checks and refusals of seeds 34 to 36 are those of method 10 as it was fixed before they
were looked at, but for two limits of the hair rule (below). One by one: 1.61° (95th 4.2) and 1.37
mm (3.6), 1.45° (3.4) and 1.38 mm (3.6), 1.42° (3.6) and 1.48 mm (4.0). They are a little easier
than seeds 31 to 33: method 9 has 1.54° (3.8) and 1.47 mm (3.8) on them. Of the error bars four
weights were set after them, of a cut head and of the depth's turn and floor: before, 90 % of the
angles of cut-off heads and 92 % of the depths of turned people were inside, all others as above.

Groups of 39 to 60 pictures say little about 95 %. Three of them were rendered once more, seeds 37
to 39, and measured with everything as it is now; inside ±, angle and depth: arms hanging 41 and 41
of 42, long hair 45 and 46 of 48, poor light 58 and 59 of 60; with those above 98 and 99 %, 97 and
96 %, 97 and 95 %.

Hair over the back, told and false warnings:

| rule | seeds 6 to 15, of 80 | seeds 31 to 33, of 43 | false, seeds 28 to 30, of 540 |
|---|---|---|---|
| the hair's colour followed row by row, the step behind the neck (method 8) | 61 | 33 | 12 |
| and a layer of that colour below the shoulders, as first set | 72 | 32 | 7 |
| with the limits settled on all of these (method 9) | 73 | 38 | 14 |

Both limits were moved once more, by 10 and 3 mm, after seeds 34 to 36 (method 10): of 89 pictures
with hair over the back on seeds 31 to 36, 80 are told instead of 77, with 17 false warnings instead
of 16 in 1,080. Before, 264 of the 279 pictures of seeds 34 to 36 that cannot be measured were told
for the right reason (94.6 %).

## Real photos

What rendered people cannot tell was looked at on 147 side views of some 120 adults from ten public
collections, none of which may be shipped: rooms, gardens, a studio, 277 to 2,240 px, most of them
in everyday clothes with hanging arms, 43 chosen for being hard. Nobody knows their true curve, so
what counts is whether the line drawn is the outline and whether the words are right.

- 108 were measured, 21 of them without a warning; 57 were warned of loose clothes, 30 of arms at
  the outline. By eye, the line runs along the visible outline in all but two: one follows a bag
  that hangs behind the person, one (± 12°) a picture on the wall.
- 39 were refused: 20 for something at the back (5 of these arms, 3 hair, 3 coats and wide shirts),
  10 not side-on, 3 for no hollow, 3 for folds, 2 for a trunk that is cut off, 1 for an arm. Five
  of these are wrong: two very heavy people, a woman on a white ground, a man before a refrigerator
  full of pictures, a man with both arms up.
- One woman in four photos: 53.2 to 54.3°; another in two: 46.3 and 48.0°. Of ten people in two
  photos each, most in different clothes, seven are 1 to 5° apart; three, warned of loose or
  bunched clothes, 15 to 26° (with method 9).
- Method 10 refuses the same photos as method 9 and reads the others as it did within 0.6° in the
  median, 2.5° in 95 of 100; 7° more in one loose shirt, 7° less where a picture hangs behind.
- Shirts that bulge over a belt read 48 to 69° without a word before method 9. They bend by 6 to
  9.5° per cm between the inflection points, known backs by up to 5.5, one real back in a tight top
  by 7.1: from 6 on a warning widens the interval, from 8 on the photo is refused.
- The lean of the trunk in the model's world coordinates says that these cameras looked down by 8°
  (median; 10th to 90th percentile 3 to 13°), as from eye height at 3 to 4 m.

## What each step gained

The outline from below the buttocks to the shoulders, on 400 in-protocol pictures of development
seeds, against the rendered silhouette:

| step | median error, mm | 95th percentile in a picture, mean, mm |
|---|---|---|
| half level of the mask, mean of the photo's and its mirror image's | 1.1 | 4.1 |
| pulled onto the photo's edge by colour likelihood, mask and gradient (method 2) | 0.6 | 2.6 |
| by change of colour, near colours and mask, along a smoothed guide (method 3) | 0.5 | 2.3 |

Angle and depth on 105 pictures of seed 1 turned by up to 20°, constants fitted anew in each line:

| step | angle MAE ° | depth MAE mm |
|---|---|---|
| half-wavelength of the smoothing 80 mm | 2.5 | 2.2 |
| 130 mm, front and rear turns apart (method 1) | 1.9 | 2.2 |
| the turn as the camera sees the far ridge, growing with the square of the bridge | 1.9 | 1.9 |
| rows that stand out weigh less than rows that lie inside | 1.8 | 2.0 |
| the angle steadied by the arc of depth and length, the depth by the angle (method 2) | 1.7 | 1.8 |

On 400 in-protocol pictures of seeds 1, 3, 4 and 5, each tenth judged by constants of the rest:

| step | angle MAE ° | 95th ° | depth MAE mm | 95th mm |
|---|---|---|---|---|
| method 2 | 1.75 | 4.4 | 1.80 | 4.9 |
| the edge by change, near colours and mask (hanging arms: 3.6° to 2.7°) | 1.72 | 4.4 | 1.74 | 4.8 |
| angle: turns to front and rear apart, deepest point; depth: round ribs | 1.61 | 4.1 | 1.65 | 4.8 |
| depth: legs beside the trunk (method 3) | 1.61 | 4.1 | 1.57 | 4.1 |
| the bridge rests on buttocks and ribs only | 1.59 | 4.0 | 1.57 | 4.2 |
| the edge's path over two rows at a time (method 4) | 1.57 | 4.0 | 1.56 | 4.1 |
| the same steps with the true turn | 1.62 | 4.2 | 1.50 | 4.2 |
| with the rendered silhouette instead of the photo's edge | 1.44 | 3.6 | 1.35 | 3.4 |
| and the true turn as well | 1.47 | 3.5 | 1.25 | 3.1 |

And on 707 in-protocol pictures of seeds 3, 5, 6 and 12, with the constants of method 4:

| step | outline mm | angle MAE ° | 95th ° | depth MAE mm | 95th mm |
|---|---|---|---|---|---|
| method 4 | 0.81 | 1.74 | 4.5 | 1.68 | 4.7 |
| what lies inside has no colour of the background (method 5) | 0.72 | 1.65 | 4.2 | 1.60 | 4.3 |

With outlines of method 6, on the in-protocol pictures of eleven seeds, each seed judged by
constants of the rest; the terms were chosen on seeds 3 to 6 and 12 to 14:

| terms | seeds 3 to 6, 12 to 14: angle MAE °, depth MAE mm | seeds 15 to 18 |
|---|---|---|
| as before | 1.66, 1.59 | 1.75, 1.75 |
| the angle's turn, too, grows with the square of the bridge | 1.64, 1.59 | 1.73, 1.75 |
| depth: constant, buttocks behind the hips | 1.64, 1.55 | 1.73, 1.70 |
| depth: turns to front and rear apart | 1.64, 1.53 | 1.73, 1.68 |

How wide the error bars are on 1,590 in-protocol pictures of seeds 3 to 6 and 12 to 16, fitted to
hold 96.5 % of all; "large" are the 2 % with the largest errors:

| terms beside the floor | median ± ° | median ± mm | large angles inside | depths inside |
|---|---|---|---|---|
| passes, turn | 4.4 | 4.5 | 12 % | 6 % |
| and size, unsure zone, stronger edge inside (methods 3 to 5) | 4.2 | 4.3 | 19 % | 25 % |
| passes, turn, doubt about the outline (method 6) | 4.1 | 4.1 | 25 % | 50 % |

On 1,231 in-protocol pictures of seeds 12 and 15 to 20 without gross errors of the outline, each
seed judged by constants of the rest:

| terms | angle MAE ° | 95th ° | depth MAE mm | 95th mm |
|---|---|---|---|---|
| method 6: smoothing over 130 mm, rows that stand out weigh less | 1.71 | 4.3 | 1.58 | 4.3 |
| over 100 mm, all rows alike | 1.66 | 4.3 | 1.59 | 4.3 |
| rows in doubt weigh less | 1.65 | 4.4 | 1.58 | 4.2 |
| a turn to the front counts in proportion to the curve | 1.65 | 4.4 | 1.57 | 4.2 |
| angle: distance of the inflection points | 1.61 | 4.2 | 1.57 | 4.2 |
| depth: doubt about the outline (method 7) | 1.61 | 4.2 | 1.56 | 4.2 |
| the same with the true turn | 1.60 | 4.3 | 1.42 | 3.6 |
| with the rendered silhouette instead of the photo's edge | 1.33 | 3.3 | 1.34 | 3.4 |
| and the true turn as well | 1.31 | 3.2 | 1.18 | 2.9 |

The rival outline, on 712 of these: it runs more than 8 mm from the outline in 5 %, and in 14 of the
18 pictures where the outline is wrong by more than 2.5 mm in the mean. Where the outline is
straight the rival is followed: in 3 of the 712, rightly each time (35°, 14° and 15° off before,
inside ± now). Terms of the error bars, on 1,584 pictures of all kinds, fitted as above:

| terms beside the floor | median ± ° | median ± mm | large angles inside | depths inside |
|---|---|---|---|---|
| turn | 4.9 | 5.0 | 3 % | 6 % |
| turn, doubt, loose clothes | 4.3 | 4.5 | 34 % | 56 % |
| turn, doubt, loose clothes, rival (method 7) | 4.2 | 4.5 | 38 % | 62 % |

On 537 in-protocol pictures of seeds 25 to 27, each seed judged by constants of the two others:

| step | angle MAE ° | 95th ° | depth MAE mm | 95th mm |
|---|---|---|---|---|
| method 7 | 1.66 | 4.3 | 1.52 | 4.0 |
| clothes taken off where the outline is not bare skin (method 8) | 1.62 | 4.2 | 1.49 | 3.8 |

It is people bare between a short top and tights who gain: their angle was too large by 1.0°, their
depth by .7 mm, now by .5° and .3 mm. What is left, on 359 pictures of seeds 26 and 27:

| line | angle MAE ° | 95th ° | depth MAE mm |
|---|---|---|---|
| as it is seen | 1.71 | 4.4 | 1.54 |
| clothes taken off by the colour of the skin | 1.69 | 4.5 | 1.51 |
| if it were known where skin is | 1.63 | 4.2 | 1.49 |
| the rendered silhouette, dressed | 1.43 | 3.5 | 1.26 |
| the rendered silhouette, bare | 1.17 | 2.8 | 1.18 |

So the bare skin, seen exactly, costs 1.2°: a camera at 1.5 to 4 m sees other ridges than one from
infinity, and the turn is only estimated. Clothes cost another .25°, the photo's edge .25°, the half
of it in 20 pictures of 359, low in contrast, small (480 px) or cluttered, whose doubt says so.

A camera that looks down or up on the trunk sees a tighter curve: on 1,072 in-protocol pictures of
seeds 25 to 30, the constants of method 8 held and two fitted, the angle goes from 1.62° (95th 4.2)
to 1.58° (4.1), and from 1.62 to 1.58° on seeds 25 to 27, which had no part in choosing the term
(method 9).

On 1,604 in-protocol pictures of seeds 25 to 33, each seed judged by constants of the others
(method 10):

| step | angle MAE ° | 95th ° | depth MAE mm | 95th mm |
|---|---|---|---|---|
| method 9 | 1.58 | 4.1 | 1.55 | 4.0 |
| the outline's weights, chosen for the least error of angle and depth | 1.54 | 4.0 | 1.52 | 3.9 |
| angle: buttocks behind the hips | 1.52 | 3.9 | 1.52 | 3.9 |
| angle: doubt about the outline | 1.51 | 3.8 | 1.52 | 3.9 |
| depth: shanks, times the depth, instead of legs | 1.51 | 3.8 | 1.50 | 3.8 |
| a side-on back is seen as if turned by 2° instead of 3° | 1.50 | 3.8 | 1.49 | 3.9 |
| the same with the true turn | 1.47 | 3.7 | 1.37 | 3.6 |
| with the rendered silhouette instead of the photo's edge | 1.23 | 3.1 | 1.19 | 3.0 |
| and the true turn as well | 1.20 | 3.1 | 1.06 | 2.8 |

Before, the weights were those that place the outline best (0.85 mm off in the mean, 0.89 now). But
the mask's errors all go one way along the hollow and turn both tangents, where those of the photo's
edge are smoothed away; so the mask weighs less now and a change of colour more. Of what the edge
costs, the 20 worst pictures of the 1,604, half of them with boards right behind the person, make a
fifth of the angle's share and a third of the depth's.

Why the bare skin, seen exactly, is not enough: the outlines of 162 bodies of seeds 22 and 24 as
other cameras would see them, with joints and turn as they are, constants fitted anew in each line:

| bare outline seen from | angle MAE ° | 95th ° | depth MAE mm |
|---|---|---|---|
| the side, infinitely far (what smoothing takes) | 0.2 | 0.6 | 0.1 |
| the side, 3 m away and level | 0.5 | 1.3 | 0.7 |
| the side, as far and as high as in the pictures | 0.9 | 2.5 | 1.3 |
| turned as in the pictures (up to 10°), infinitely far | 0.9 | 2.2 | 0.8 |
| turned, 3 m away and level | 1.0 | 2.4 | 0.8 |
| turned, as far and as high as in the pictures | 1.1 | 2.7 | 1.3 |

So half of the angle's error is the stance: which ridges of buttocks and shoulder blades come into
view depends on the body, even where the turn is known. Exactly side-on, 3 m away, at the height of
the waist is worth more than any camera.

Tried without gain on these 1,604, beside the weights of method 10: for the outline the colours of
the whole scene, in part or in place of the band's; a strong edge further inside counted against a
place; colours that the trunk has nowhere near that height; a band that reaches 50 mm inwards; the
band laid anew along the first outline; windows, weights and tempering by the size of the picture's
pixels; lightness weighed against colour; the mean of two outlines with different weights (all
between −0.01 and +0.05° and mm); for the angle how much lower the nearer foot stands, which tells
of the camera's height, too (−0.01°).

Tried without gain before: steps where the colour of the clothes changes, fitted with the line, also
with a line that bends more (a bend of the back is taken for a step: fitted and rendered steps go
together with r 0.3 to 0.6); hair by whether a colour is nearer to the hair's than to the face's (9
of 127 missed instead of 14, but 56 false alarms instead of 16 in 1,458, and a real woman whose hair
is up); looking for a second person after painting over the first (of six that were missed, none),
close to the first one's head (of eight, none), or from the skeleton's edge on with grey in place of
the first (of eight three, but also "somebody" in 31 of 161 pictures in protocol and in four of ten
real ones); splines of few knots and robust weights instead of the smoother; weights by contrast and
by how far the mask hesitates; colours learnt again next to the first edge; colours compared with
single pixels of body and background instead of their mean and spread (outline 0.75 instead of 0.85
mm off, angle and depth as before); the mask's line mixed in; a stronger edge inside followed
instead of only counted against the outline (nearer the truth in 3 of 12); more passes of the model
over turned, grey or contrast-stretched copies; a penalty on leaving a still smoother guide; sex;
for the depth, how far the camera looks down, for the legs beside the trunk already allow for it;
how far away the camera stands, as the focal length in a phone's photo would tell it (−0.01° and
−0.03 mm where it is known); the scale by elevation; twist of the trunk, head, arms and knees; a
second, shorter smoothing beside the first (1.65 to 1.64°); the whole profile in a ridge regression;
for the angle, the lower and the upper tangent apart and a square for tight curves (1.66 to 1.63° on
seven seeds, but 1.75 to 1.77° on four new ones); straight edges that go on in the background
counted for less; what backs look like (the covariance of 1,400) where the outline is in doubt; a
second outline beside the first where it is in doubt, even with the better one chosen by the truth
(0.02° and 0.04 mm); a second network, the 256-cell selfie segmenter on the trunk alone (3 mm a cell
instead of 8, yet its line is 1.2 mm off instead of 1.1, and quite elsewhere in one picture of
twenty; as evidence it helps in gross errors, costs a little in all others); the rival outline's
weights for all, or the mean of both; for the angle, readings at two or three smoothings; for the
depth the inflection points (−0.01 to −0.04 on four seeds, +0.01 to +0.03 on three others); for the
turn, copies of the photo that are turned, widened or grey (their errors go with the photo's own, r
0.7 to 0.9; only the mirror image's do not) and the smaller pose models (4.0 and 4.7° instead of
2.7°).

Left out although they gain: boosted trees on thirty quantities of the curve (1.56° and 1.47 mm
instead of 1.70° and 1.64 mm), for hundreds of constants learn the renderer; how thick the thighs
look, which is how far apart the legs stand; the turn from the distance of the knees (standard
deviation 2.5° instead of 2.9°) or of the feet (2.2°) in the picture. These bodies set both feet
down alike, and people do not.

Crown-to-sole height in the picture is 4 % (standard deviation 1.7 %) more than stature, because of
hair and because the nearer foot stands lower; leaving that out costs 1 to 2 mm of depth. Where the
head is cut off, shoulder to sole serves (2.7 %), where it was shoulder to heel before (3.4 %).
"""


def main() -> None:
    """Read rows, write page and plots."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.rows.read_text(encoding="utf-8").splitlines()]
    plots(rows)
    PAGE.write_text(page(rows), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
