"""The sentences of findings: what every one of them must be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from posture.findings import Finding
from tests.support.paths import ROOT

CATALOGUE = tomllib.loads((ROOT / "posture/data/findings.toml").read_text(encoding="utf-8"))
CODES = {code for code, entry in CATALOGUE.items() if not entry.get("input_error")}
BANNED = re.compile(r"diagnos|abnormal|deform", re.IGNORECASE)


def assert_sentences(items: Iterable[Finding]) -> None:
    for item in items:
        # Only information may have nothing to do about it.
        for text in [item.message] + [item.fix] * bool(item.fix or item.severity != "info"):
            assert text.endswith(".") and not re.search(r"[{}]|None|nan", text), text
            assert not BANNED.search(text)


def codes_of(items: Iterable[Finding]) -> set[str]:
    items = tuple(items)
    assert_sentences(items)
    return {item.code for item in items}
