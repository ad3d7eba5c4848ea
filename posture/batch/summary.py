"""The summary of a batch: one HTML file with everything in it, plots and contact sheet included.

The rows are gone through once and counted; of the pictures only as many as the sheet shows are
opened.  Memory does not grow with the batch.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from posture._support.language import language
from posture._support.tables import plain_table
from posture._support.texts import band_words, filled, short_band_words, texts
from posture.batch.plots import Bins, bars, histogram
from posture.batch.rows import Row, RowKind, kind_of
from posture.overlay import encode_image
from posture.overlay.shown import shrunk_photo
from posture.photo.decode import Photo, load_photo
from posture.subject import Sex
from posture.verdict.bands import VERDICTS, covered
from posture.verdict.norms import Norms

SHEET_PICTURES = 60
THUMBNAIL_PX = 300
_BRACKETS = re.compile(r" \([^)]*\)")
_SEXES: tuple[Sex, ...] = ("f", "m", "unspecified")
_MADE_BY = ("program_version", "method_version", "norms_version", "model", "mediapipe_version")


class HasRows(Protocol):
    """What the summary is made of."""

    def rows(self) -> Iterable[Row]:
        """All rows, each time anew."""

    def count(self) -> tuple[int, int]:
        """How many photos there are, and how many rows."""


@dataclass
class Spread:
    """How the numbers of people of one sex lie."""

    angle_deg: Bins = field(default_factory=lambda: Bins(2.5))
    depth_mm: Bins = field(default_factory=lambda: Bins(2.5))
    share_percent: Bins = field(default_factory=lambda: Bins(0.5))

    def add(self, row: Row) -> None:
        """Count one measured row."""
        self.angle_deg.add(row["slca_deg"])
        self.share_percent.add(100 * row["hollow_depth_ratio"])
        if row["hollow_depth_mm"] is not None:
            self.depth_mm.add(row["hollow_depth_mm"])


@dataclass
class Tally:
    """What is counted over all rows."""

    statuses: Counter[RowKind] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    spreads: dict[Sex, Spread] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    made_by: dict[str, Any] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Count one row."""
        self.made_by = {name: row[name] for name in _MADE_BY}
        kind = kind_of(row)
        self.statuses[kind] += 1
        if kind != "measured":
            self.reasons[row["reason"]] += 1
            # What stands in brackets is about one photo only.
            self.messages.setdefault(row["reason"], _BRACKETS.sub("", row["message"]))
            return
        self.verdicts[row["verdict"]] += 1
        self.spreads.setdefault(row["sex"], Spread()).add(row)


def summary_html(source: HasRows, folder: Path, norms: Norms) -> str:
    """The page; pictures are looked for in `folder`."""
    tally, chosen = Tally(), list[Row]()
    every = max(1, -(-source.count()[1] // SHEET_PICTURES))
    for index, row in enumerate(source.rows()):
        tally.add(row)
        if index % every == 0:
            chosen.append(row)
    words = _summary_texts()
    title = filled(words["title"], count=tally.statuses.total())
    body = [
        f"<h1>{escape(title)}</h1>",
        _counts(tally),
        f"<h2>{words['bands']}</h2>",
        *_distribution(tally, norms),
        _reasons(tally),
        _sheet(chosen, folder, source.count()[1]),
        _footer(tally),
    ]
    style = resources.files("posture").joinpath("batch/summary.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f"<body>{''.join(body)}</body></html>"
    )


def _summary_texts() -> dict[str, Any]:
    return plain_table("batch")


def _counts(tally: Tally) -> str:
    words, statuses = _summary_texts(), tally.statuses
    cells = [
        (statuses.total(), words["count_all"]),
        (statuses["measured"], words["count_measured"]),
        (statuses["refused"], words["count_refused"]),
        (statuses["unread"], words["count_unread"]),
    ]
    inner = "".join(f"<div><b>{count:,}</b>{name}</div>" for count, name in cells)
    return f'<div class="counts">{inner}</div>'


def _distribution(tally: Tally, norms: Norms) -> list[str]:
    words = _summary_texts()
    if not tally.verdicts:
        return [f"<p>{words['none_measured']}</p>"]
    # A row for each band and pair of neighbours; others only where they occur.
    shown = [name for name in VERDICTS if len(covered(name)) < 3 or tally.verdicts[name]]
    named = [(short_band_words(name), name, tally.verdicts[name]) for name in shown]
    # The cuts of one sex say nothing about photos of the other: each has plots of its own.
    plots = [
        plot
        for sex in _SEXES
        if sex in tally.spreads
        for plot in _histograms(tally.spreads[sex], sex, norms, alone=len(tally.spreads) == 1)
    ]
    return [
        bars(named),
        f'<p class="quiet">{words["bands_note"]}</p>',
        f'<div class="plots">{"".join(plots)}</div>',
    ]


def _histograms(spread: Spread, sex: Sex, norms: Norms, *, alone: bool) -> tuple[str, str]:
    """Angle and depth of people of one sex, with their own cuts."""
    words = _summary_texts()

    def titled(name: str) -> str:
        title = str(words[name])
        return title if alone else filled(words["of"], title=title, who=words["who"][sex])

    angle = _histogram(spread.angle_deg, titled("angle"), norms.slca_cuts_deg[sex], sex)
    # Without everybody's height the share of the bridge is what all photos have in common.
    if spread.depth_mm.count == spread.angle_deg.count:
        depth = _histogram(spread.depth_mm, titled("depth"), norms.depth_cuts_mm[sex], sex)
    else:
        cuts = tuple(100 * cut for cut in norms.ratio_cuts[sex])
        depth = _histogram(spread.share_percent, titled("share"), cuts, sex)
    return angle, depth


def _histogram(bins: Bins, title: str, cuts: Sequence[float], sex: Sex) -> str:
    words = _summary_texts()
    low, median, high = (f"{bins.quantile(share):.0f}" for share in (0.25, 0.5, 0.75))
    note = filled(words["spread"], count=bins.count, median=median, low=low, high=high)
    note += " " + filled(words["cuts"], who=words["who"][sex])
    plot = histogram(bins, cuts, f"{title}. {note}")
    return f'<div><h2>{title}</h2>{plot}<p class="quiet">{note}</p></div>'


def _reasons(tally: Tally) -> str:
    words = _summary_texts()
    if not tally.reasons:
        return ""
    rows = "".join(
        f"<tr><td>{escape(tally.messages[code])}</td><td>{count:,}</td></tr>"
        for code, count in tally.reasons.most_common()
    )
    return (
        f"<h2>{words['reasons']}</h2><table><tr><th>{words['reason']}</th>"
        f"<th>{words['photos']}</th></tr>{rows}</table>"
    )


def _sheet(chosen: Sequence[Row], folder: Path, count: int) -> str:
    words = _summary_texts()
    figures = "".join(_figure(row, folder) for row in chosen if row["picture"])
    if not figures:
        return ""
    shown = figures.count("<figure")
    note = filled(words["sheet_some"], shown=shown, count=count) if shown < count else ""
    return f'<h2>{words["sheet"]}</h2><p class="quiet">{note}</p><div class="sheet">{figures}</div>'


def _figure(row: Row, folder: Path) -> str:
    photo = load_photo(folder / row["picture"])
    if not isinstance(photo, Photo):
        return ""
    small, _ = shrunk_photo(photo, THUMBNAIL_PX)
    data = base64.b64encode(encode_image(small.rgb, "jpeg", 75)).decode()
    caption = _summary_texts()["unmeasured"]
    if row["status"] == "measured":
        caption = (
            f"{row['slca_deg']:.0f}° ± {row['slca_deg_ci95']:.0f}° · {band_words(row['verdict'])}"
        )
    name = row["id"].encode("utf-8", "backslashreplace").decode()
    return (
        f'<figure><img alt="{escape(f"{name}: {caption}")}" loading="lazy" '
        f'src="data:image/jpeg;base64,{data}">'
        f"<figcaption><b>{escape(name)}</b><br>{escape(caption)}</figcaption></figure>"
    )


def _footer(tally: Tally) -> str:
    words, sentences = _summary_texts(), texts()
    origin = filled(words["made_by"], **tally.made_by) if tally.made_by else ""
    return (
        f"<footer>{escape(sentences['disclaimer'])} {escape(sentences['outside_range'])}<br>"
        f"{escape(words['tables'])}<br>{escape(origin)}</footer>"
    )
