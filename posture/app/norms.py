"""The reference values of the page: the built-in ones, or those of ``posture app --norms FILE``."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from posture.app.environment import NORMS
from posture.verdict.norms import Norms, load_norms


@cache
def page_norms() -> Norms:
    """The values by which everything on the page is judged; read once.

    Raises:
        InvalidInput: when the file cannot be used.
    """
    path = os.environ.get(NORMS)
    return load_norms(Path(path) if path else None)
