"""The report of a study: one page, one PDF, its tables as CSV.

The same study gives the same bytes: nothing in a report tells when it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posture.study.analysis import Analysis, analysed
from posture.study.checklists import CHECKLISTS, Answer, ChecklistName, answers
from posture.study.facts import facts_of, mixed_versions
from posture.study.flow import Chart, chart_of, flow_of
from posture.study.folder import Study
from posture.study.plots import Figure, figures
from posture.study.progress import Progress, progress_of
from posture.study.report_words import report_words
from posture.study.tables import Table, study_tables

# Where it lies in a study and in its archive.
FOLDER = "report"
PAGE, PAPER = "report.html", "report.pdf"


@dataclass(frozen=True)
class Report:
    """All that a report tells, in order.

    Attributes:
        title: of the study.
        lead: what it is, in sentences.
        cautions: what is to be known before reading on.
        chart: flow of photos.
        tables: all of them.
        figures: of differences and lines.
        methods: how it was computed.
        checklists: by name.
        made_by: versions.
    """

    title: str
    lead: tuple[str, ...]
    cautions: tuple[str, ...]
    chart: Chart
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    methods: tuple[str, ...]
    checklists: Mapping[ChecklistName, tuple[Answer, ...]]
    made_by: str


def report_of(study: Study) -> Report:
    """The report of a study that was read with its results.

    Raises:
        InvalidInput: as :func:`posture.study.folder.session_values`.
    """
    words, analysis = report_words(), analysed(study)
    flow, progress = flow_of(study), progress_of(study)
    facts = facts_of(study, analysis, flow, progress)
    captured = words["captured"] if study.captures else words["none_captured"]
    return Report(
        title=study.design.title,
        lead=(
            words["lead"].format(**facts),
            captured.format(first=facts["first_day"], last=facts["last_day"]),
            words["what_is_a_reading"].format(**facts),
            words["disclaimer"],
        ),
        cautions=_cautions(study, analysis, progress),
        chart=chart_of(flow),
        tables=study_tables(study, analysis, progress),
        figures=figures(analysis),
        methods=tuple(line.format(**facts) for line in words["methods"]["lines"]),
        checklists={name: answers(name, facts) for name in CHECKLISTS},
        made_by=words["made_by"].format(**facts) if facts["model"] else "",
    )


def report_files(report: Report) -> Mapping[str, bytes]:
    """Its files by name: the page, the PDF, and a CSV for each table.

    Raises:
        PackageMissing: when what draws it is not installed.
    """
    from posture.study.report_page import report_page
    from posture.study.report_paper import report_paper

    return {
        PAGE: report_page(report).encode(),
        PAPER: report_paper(report),
        **{f"{table.name}.csv": table.csv().encode() for table in report.tables},
    }


def _cautions(study: Study, analysis: Analysis, progress: Progress) -> tuple[str, ...]:
    words = report_words()
    cautions = [words["unblinded"]]
    if progress.whole < progress.planned:
        counts = {"whole": progress.whole, "planned": progress.planned}
        cautions.append(words["unfinished"].format(**counts))
    if not any(analysis.readings.values()):
        cautions.append(words["note"]["no_readings"])
    if mixed := mixed_versions(study):
        cautions.append(words["mixed"].format(what="; ".join(mixed)))
    return tuple(cautions)
