"""The study of the page: the one of ``posture app --study FOLDER``, or none."""

from __future__ import annotations

import os
from pathlib import Path

from posture.app.environment import STUDY


def page_study() -> Path | None:
    """The folder of the study whose photos the page captures; None where it is no study's page."""
    folder = os.environ.get(STUDY)
    return Path(folder) if folder else None
