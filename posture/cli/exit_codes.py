"""The exit codes of commands that measure."""

from __future__ import annotations

from collections.abc import Sequence

MEASURED, ERROR, CANNOT_MEASURE = 0, 1, 2


def overall_exit_code(codes: Sequence[int]) -> int:
    """1 when anything went wrong, else 2 when a photo could not be measured, else 0."""
    if ERROR in codes:
        return ERROR
    return CANNOT_MEASURE if CANNOT_MEASURE in codes else MEASURED
