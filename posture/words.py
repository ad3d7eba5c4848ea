"""The sentences of the pages and the report, read from ``data/app.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words() -> dict[str, Any]:
    """All sentences of the pages, nested as in the file."""
    content = resources.files("posture").joinpath("data/app.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
