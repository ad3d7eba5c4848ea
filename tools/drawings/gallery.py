"""All drawings by name, as SVG text."""

from __future__ import annotations

from posture.advice.drawings.palette import PAPER
from tools.drawings.canvas import svg
from tools.drawings.exercise_scenes import EXERCISES
from tools.drawings.wall_scenes import WALL_TEST


def drawn() -> dict[str, str]:
    """Every drawing, made now from its poses."""
    return {
        name: svg(scene(), _title(scene.__doc__), stacked=stacked, paper=PAPER)
        for name, (scene, stacked) in {**EXERCISES, **WALL_TEST}.items()
    }


def _title(docstring: str | None) -> str:
    return (docstring or "").strip().rstrip(".")
