"""The published JSON Schema of a result."""

from __future__ import annotations

from importlib import resources


def result_schema_text() -> str:
    """JSON Schema (2020-12) of :meth:`posture.result.Result.to_dict`, as it is published."""
    schema = resources.files("posture").joinpath("data/result.schema.json")
    return schema.read_text(encoding="utf-8")
