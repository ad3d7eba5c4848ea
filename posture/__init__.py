"""Measures the curve of the low back from a side photo, on your own computer.

    import posture

    result = posture.analyze("side.jpg", subject=posture.Subject(stature_mm=1760, sex="f"))

The names below are the public ones; paths of modules are private and may change with any release.
They load their modules when they are first used, so that ``import posture`` itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posture._support.language import use_language
    from posture.analyzer import Analyzer, analyze
    from posture.combine import Combined, combined
    from posture.errors import (
        ClusterUnavailable,
        HistoryUnavailable,
        InvalidInput,
        ModelUnavailable,
        OutputFailed,
        PackageMissing,
        PostureError,
        SourceUnavailable,
        SystemLibraryMissing,
        WorkerDied,
        WorkerHung,
    )
    from posture.findings import Finding
    from posture.interchange.frames import batch_frame, history_frame, measure_batch
    from posture.overlay import draw_overlay
    from posture.photo.decode import Photo, load_photo
    from posture.result import (
        Alignment,
        Bands,
        CurvePoints,
        Landmark2D,
        Measured,
        Provenance,
        Repeatability,
        Result,
    )
    from posture.settings import Settings
    from posture.subject import Subject, parse_stature_mm
    from posture.verdict.norms import Norms, load_norms
    from posture.worker import IsolatedAnalyzer

__version__ = "0.2.0"

_MODULE_OF = {
    "Alignment": "result",
    "Analyzer": "analyzer",
    "Bands": "result",
    "ClusterUnavailable": "errors",
    "Combined": "combine",
    "CurvePoints": "result",
    "Finding": "findings",
    "HistoryUnavailable": "errors",
    "InvalidInput": "errors",
    "IsolatedAnalyzer": "worker",
    "Landmark2D": "result",
    "Measured": "result",
    "ModelUnavailable": "errors",
    "Norms": "verdict.norms",
    "OutputFailed": "errors",
    "PackageMissing": "errors",
    "Photo": "photo.decode",
    "PostureError": "errors",
    "Provenance": "result",
    "Repeatability": "result",
    "Result": "result",
    "Settings": "settings",
    "SourceUnavailable": "errors",
    "Subject": "subject",
    "SystemLibraryMissing": "errors",
    "WorkerDied": "errors",
    "WorkerHung": "errors",
    "analyze": "analyzer",
    "batch_frame": "interchange.frames",
    "combined": "combine",
    "draw_overlay": "overlay",
    "history_frame": "interchange.frames",
    "load_norms": "verdict.norms",
    "load_photo": "photo.decode",
    "measure_batch": "interchange.frames",
    "parse_stature_mm": "subject",
    "use_language": "_support.language",
}

__all__ = [
    "Alignment",
    "Analyzer",
    "Bands",
    "ClusterUnavailable",
    "Combined",
    "CurvePoints",
    "Finding",
    "HistoryUnavailable",
    "InvalidInput",
    "IsolatedAnalyzer",
    "Landmark2D",
    "Measured",
    "ModelUnavailable",
    "Norms",
    "OutputFailed",
    "PackageMissing",
    "Photo",
    "PostureError",
    "Provenance",
    "Repeatability",
    "Result",
    "Settings",
    "SourceUnavailable",
    "Subject",
    "SystemLibraryMissing",
    "WorkerDied",
    "WorkerHung",
    "__version__",
    "analyze",
    "batch_frame",
    "combined",
    "draw_overlay",
    "history_frame",
    "load_norms",
    "load_photo",
    "measure_batch",
    "parse_stature_mm",
    "use_language",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'posture' has no attribute {name!r}")
    value = getattr(import_module(f"posture.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
