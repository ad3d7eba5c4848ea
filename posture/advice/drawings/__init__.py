"""Own drawings of the exercises and of the wall test, shipped as small SVG files.

``python -m tools.drawings``, in a checkout, draws them anew.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from posture.advice.drawings.palette import NIGHT


@cache
def drawing(name: str, *, dark: bool = False) -> str:
    """The drawing of that name as SVG text, on a light card or on a dark one.

    Raises:
        FileNotFoundError: when there is no such drawing.
    """
    file = resources.files("posture").joinpath("advice/drawings/svg", f"{name}.svg")
    text = file.read_text(encoding="utf-8")
    if dark:
        for by_day, by_night in NIGHT.items():
            text = text.replace(by_day, by_night)
    return text
