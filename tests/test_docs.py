"""What the documents promise is what the program has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from posture.findings import known_codes

ROOT = Path(__file__).parent.parent
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def test_every_finding_is_listed_with_its_severity():
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", CHECKS, flags=re.M))
    catalogue = tomllib.loads((ROOT / "posture/data/findings.toml").read_text(encoding="utf-8"))
    assert rows == {code: entry["severity"] for code, entry in catalogue.items()}
    assert set(rows) == known_codes()


def test_every_limit_is_explained():
    limits = tomllib.loads((ROOT / "posture/data/checks.toml").read_text(encoding="utf-8"))
    names = {f"{section}.{name}" for section, table in limits.items() for name in table}
    explained = set(re.findall(r"`(\w+\.\w+)`", CHECKS))
    unexplained = {name for name in names - explained if name != "person.min_visibility"}
    assert not unexplained


def test_the_architecture_page_names_every_room():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "posture").glob("[a-z]*.py")}
    missing = {room for room in rooms if f"`{room}`" not in page}
    assert not missing
