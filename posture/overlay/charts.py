"""What plots of matplotlib have in common: the bundled typeface, quiet axes.

It opens no window, and whoever imports this has not loaded matplotlib yet.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from posture.overlay.palette import HAIRLINE, css

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@cache
def load_typeface() -> None:
    """Let matplotlib know the typeface; done once."""
    # Imported here: it takes half a second.
    from matplotlib import font_manager

    # It comments on its own caches.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    for name in ("Inter-Regular.ttf", "Inter-SemiBold.ttf"):
        with resources.as_file(resources.files("posture").joinpath("fonts", name)) as path:
            font_manager.fontManager.addfont(str(path))


def finish(axes: Axes, title: str, across: str, up: str) -> None:
    """Titles, a grid behind what is drawn, and no frame."""
    axes.set_title(title, loc="left")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(color=css(HAIRLINE))
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
