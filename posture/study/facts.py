"""What the program knows of a study, as texts that checklists and pages are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import metadata

from posture import __version__
from posture.result import Provenance
from posture.settings import METHOD_VERSION
from posture.study.analysis import Analysis, Repeats
from posture.study.design import design_facts
from posture.study.flow import Flow
from posture.study.folder import Study
from posture.study.progress import Progress
from posture.study.reliability import Reliability
from posture.study.report_words import report_words
from posture.study.tables import compared, people_of, shown
from posture.verdict.norms import load_norms

# What all readings of a study must have in common to be compared.
_VERSIONS = ("program_version", "method_version", "norms_version", "model", "mediapipe_version")


def facts_of(study: Study, analysis: Analysis, flow: Flow, progress: Progress) -> Mapping[str, str]:
    """Facts by the names that ``data/study_checklists.toml`` uses; empty where one is not known."""
    days = sorted(one.taken_at[:10] for one in study.captures)
    complete = [one.complete for one in analysis.repeats]
    instruments = [f"{one.name} ({one.kind}, {one.unit})" for one in study.design.instruments]
    provenance = next(provenances(study), None)
    return {
        **design_facts(study.design),
        "people": f"{len(study.participants)}",
        "planned": f"{flow.planned}",
        "taken": f"{flow.taken}",
        "refused": f"{sum(flow.refused.values())}",
        "unreadable": f"{flow.unreadable}",
        "void": f"{flow.void}",
        "measured": f"{flow.measured}",
        "used": f"{flow.used}",
        "whole": f"{progress.whole}",
        "sittings": f"{progress.planned}",
        "complete": f"{min(complete, default=0)} to {max(complete, default=0)}",
        "first_day": days[0] if days else "",
        "last_day": days[-1] if days else "",
        **{name: f"{number}" for name, number in people_of(study).items()},
        "instruments": "; ".join(instruments),
        "estimates": estimates_words(analysis),
        "program": __version__ if provenance is None else provenance.program_version,
        "method": METHOD_VERSION if provenance is None else provenance.method_version,
        "norms": load_norms().version if provenance is None else provenance.norms_version,
        "model": "" if provenance is None else provenance.model,
        "model_sha256": "" if provenance is None else provenance.model_sha256,
        "mediapipe": "" if provenance is None else provenance.mediapipe_version,
        "scipy": metadata.version("scipy"),
        "numpy": metadata.version("numpy"),
    }


def provenances(study: Study) -> Iterator[Provenance]:
    """What made each result that counts."""
    for capture in study.captures:
        if capture.counts and capture.result is not None:
            yield capture.result.provenance


def mixed_versions(study: Study) -> tuple[str, ...]:
    """Of which versions there are several among the readings, with these."""
    found = list(provenances(study))
    several = ((name, sorted({getattr(one, name) for one in found})) for name in _VERSIONS)
    return tuple(f"{name}: {', '.join(values)}" for name, values in several if len(values) > 1)


def estimates_words(analysis: Analysis) -> str:
    """The reliability of the first quantity between raters and between sessions, in words."""
    first = next(iter(analysis.readings))
    return "; ".join(
        _estimate(one, one.found)
        for one in analysis.repeats
        if one.quantity == first and one.between != "stances" and one.found is not None
    )


def _estimate(repeats: Repeats, found: Reliability) -> str:
    words = report_words()
    unit, share = words["decimals"][repeats.quantity], words["decimals"]["share"]
    return str(words["note"]["estimate"]).format(
        quantity=words["quantity"][repeats.quantity],
        compared=compared(repeats),
        icc_agreement=shown(found.icc_agreement, share),
        icc_consistency=shown(found.icc_consistency, share),
        sem=shown(found.sem_consistency, unit),
        mdc=shown(found.mdc95_consistency, unit),
    )
