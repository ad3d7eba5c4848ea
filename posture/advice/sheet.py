"""The exercises of one person as a single HTML file to print: no script, nothing from outside."""

from __future__ import annotations

import re
from html import escape

from posture._support.language import language
from posture._support.texts import texts
from posture.advice.drawings import drawing
from posture.advice.exercises import Exercise, Plan, library

_STYLE = """
body { font: 11pt/1.45 Inter, system-ui, sans-serif; color: #16212d; max-width: 48rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 20pt; margin: 0; } h2 { font-size: 14pt; margin: 1.4rem 0 .3rem; }
header { break-after: avoid; }
article { display: grid; grid-template-columns: 15rem 1fr; gap: 0 1.2rem; padding: .8rem 0;
  border-top: 1px solid #d8dfe6; break-inside: avoid; }
article svg { width: 15rem; height: auto; max-height: 13rem; grid-row: span 5; }
h3 { font-size: 12pt; margin: 0; } ol { margin: .2rem 0; padding-left: 1.2rem; }
.dose { font-weight: 600; margin: 0; } .small { font-size: 9pt; color: #546373; margin: .2rem 0; }
.boxes { letter-spacing: .3rem; }
@media (max-width: 36rem) { article { display: block; } }
@media print { body { margin: 0; max-width: none; } @page { margin: 14mm; } }
"""
_WEEKLY_BOXES = 3
_TITLE = re.compile("<title>.*?</title>")


def exercise_sheet(plan: Plan, heading: str) -> str:
    """A complete HTML document; `heading` says in one sentence what the choice rests on."""
    shelf, programme = library(), library().programme
    cautions = "".join(
        f"<li><b>{escape(item.label)}:</b> {escape(item.note)}</li>" for item in plan.cautions
    )
    held = ", ".join(item.name for item, _ in plan.held_back)
    ask = shelf.page["general_ask"]
    return "".join(
        [
            f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(shelf.page['title'])}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(plan.group.title)}</h1><p>{escape(heading)} {escape(plan.between)}</p>",
            f"<p><b>{programme.frequency}, {programme.weeks}.</b> {escape(programme.effort)} ",
            f"{escape(shelf.page['print_boxes'])}</p>",
            f"<h2>{escape(ask)}</h2><ul>{cautions}</ul>" if cautions else "",
            f"<p>{escape(shelf.page['held_back'])}: {escape(held)}.</p>" if held else "",
            *map(_article, plan.offered),
            f"<header><h2>{escape(shelf.groups['general'].title)}</h2>",
            f'<p class="small">{escape(shelf.groups["general"].why)}</p></header>',
            *map(_article, plan.general),
            f'<p class="small">{escape(programme.evidence[0].text)}</p>',
            f'<p class="small">{escape(texts()["disclaimer"])} {escape(texts()["outside_range"])} ',
            f"{escape(shelf.page['print_made'])}</p></body></html>\n",
        ]
    )


def _article(exercise: Exercise) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in exercise.steps)
    boxes = "☐" * _WEEKLY_BOXES
    return (
        f"<article>{_picture(exercise)}<h3>{escape(exercise.name)}</h3>"
        f'<p class="dose">{escape(exercise.dose)} <span class="boxes" aria-hidden="true">{boxes}'
        f'</span></p><ol>{steps}</ol><p class="small">{escape(exercise.evidence)}</p></article>\n'
    )


def _picture(exercise: Exercise) -> str:
    label = escape(exercise.alt, quote=True)
    # Browsers show the title of a drawing over it: the same words as are read out.
    svg = _TITLE.sub(f"<title>{escape(exercise.alt)}</title>", drawing(exercise.key).strip())
    return svg.replace('role="img"', f'role="img" aria-label="{label}"')
