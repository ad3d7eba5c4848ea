"""All paths of an edge through the band beside the outline: their mean and their spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posture.outline.outline_settings import EdgeSettings

Array = NDArray[np.float64]


def edge_places(
    evidences: Sequence[NDArray[np.float32]], row_mm: float, settings: EdgeSettings
) -> tuple[Array, Array]:
    """Posterior mean (k, n) of the edge's column over all paths, and standard deviation.

    Forward-backward algorithm (Rabiner 1989, doi 10.1109/5.18626): what the rows below and the
    rows above tell of each row is handed on from row to row, as messages.

    Args:
        evidences: k times (n, m) log-likelihood ratios x mm, each for paths of its own.
        row_mm: distance between rows.
        settings: see EdgeSettings.
    """
    rows, count = settings.path_rows, len(evidences)
    length, columns = evidences[0].shape
    steps = length // rows
    pooled = np.stack(
        [
            evidence[: steps * rows].reshape(steps, rows, columns).sum(axis=1, dtype=np.float64)
            for evidence in evidences
        ],
        axis=1,
    )
    pooled -= pooled.max(axis=2, keepdims=True)
    likelihood = np.exp(pooled / settings.temperature)
    moves = _moves(columns, rows * row_mm, settings)
    # All and both ways at once, (steps, 2 k, columns): from the first row on, and from the last.
    own = np.concatenate([likelihood, likelihood[::-1]], axis=1)
    messages = np.ones_like(own)
    for before, itself, after in zip(messages, own, messages[1:], strict=False):
        reached = (before * itself) @ moves
        np.divide(reached, reached.sum(axis=1, keepdims=True), out=after)
    share = messages[:, :count] * likelihood * messages[::-1, count:]
    share /= share.sum(axis=2, keepdims=True)
    column = np.arange(columns)
    mean = share @ column
    deviation = np.sqrt(np.maximum(share @ column**2 - mean**2, 0.0))
    middle, row = rows * np.arange(steps) + (rows - 1) / 2, np.arange(length)

    def each_row(values: Array) -> Array:
        return np.stack([np.interp(row, middle, value) for value in values.T])

    return each_row(mean), each_row(deviation)


def _moves(columns: int, length_mm: float, settings: EdgeSettings) -> Array:
    """How likely (columns, columns) a path goes from one column to another over this length."""
    aside = np.abs(np.arange(columns)[:, None] - np.arange(columns))
    cost = settings.smoothness * settings.step_mm * aside**2
    possible = aside <= round(settings.max_slope * length_mm / settings.step_mm)
    return np.asarray(np.where(possible, np.exp(-cost / settings.temperature), 0.0), np.float64)
