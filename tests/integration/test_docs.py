"""What the documents promise is what the program has."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest

from posture.findings import known_codes
from tests.support.paths import ROOT

# Where the paths that pages name begin.
TOPS = (ROOT, ROOT / "posture")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def test_every_finding_is_listed_with_its_severity() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", CHECKS, flags=re.M))
    catalogue = tomllib.loads((ROOT / "posture/data/findings.toml").read_text(encoding="utf-8"))
    assert rows == {code: entry["severity"] for code, entry in catalogue.items()}
    assert set(rows) == known_codes()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_module_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8")))
    assert not {name for name in named if not any((top / name).is_file() for top in TOPS)}


def test_every_limit_is_explained() -> None:
    limits = tomllib.loads((ROOT / "posture/data/checks.toml").read_text(encoding="utf-8"))
    names = {f"{section}.{name}" for section, table in limits.items() for name in table}
    explained = set(re.findall(r"`(\w+\.\w+)`", CHECKS))
    unexplained = {name for name in names - explained if name != "person.min_visibility"}
    assert not unexplained


def test_the_architecture_page_tells_the_storeys_in_the_order_of_the_contract() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contract["importlinter:contract:storeys"]["layers"].split("\n")
    held = [{room.strip() for room in re.split(r"[|:]", layer)} for layer in layers if layer]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("| storey |") : page.index("Rooms between two bars")]
    told = [
        {f"posture.{room}" for room in re.findall(r"`(\w+)`", row.split("|")[1])}
        for row in table.splitlines()
        if row.startswith("| `")
    ]
    assert told == held[::-1]


def test_every_room_stands_in_the_contract() -> None:
    rooms = {path.stem for path in (ROOT / "posture").glob("[!_]*.py")}
    rooms |= {path.parent.name for path in (ROOT / "posture").glob("*/__init__.py")}
    rooms.add("__main__")
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert rooms == set(re.findall(r"posture\.(\w+)", contract.split("\n\n")[1]))


def test_the_house_has_few_modules_at_the_top_level() -> None:
    assert len(list((ROOT / "posture").glob("*.py"))) <= 16


def test_every_name_of_a_norms_file_is_explained() -> None:
    norms = tomllib.loads((ROOT / "posture/data/norms.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "norms.md").read_text(encoding="utf-8")
    names = set[str]()
    for name, part in norms.items():
        inner = part if isinstance(part, dict) else {}
        tables = [key for key, value in inner.items() if isinstance(value, dict)]
        names |= {f"[{name}.{key}]" for key in tables if key != "people"}
        names |= set(inner) - set(tables) if inner else {name}
    assert not {name for name in names if f"`{name}`" not in page}
