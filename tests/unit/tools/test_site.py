"""Pages that follow from the program tell all of it; pages load nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import posture
from posture.batch.rows import COLUMNS
from posture.cli.grammar import build_parser, every_command
from posture.cli.schema import result_schema
from tools.site.outside import asked_from_outside
from tools.site.reference import commands_page, data_page, pages, python_page, write_pages


def test_every_command_and_option_is_told() -> None:
    page = commands_page()
    for name, command in every_command(build_parser()).items():
        assert f"## posture {name}\n" in page
        for option in command._option_string_actions:
            assert option in page


def test_every_field_and_column_is_told() -> None:
    page = data_page()
    assert "None" not in page
    for name in [*result_schema()["properties"], *COLUMNS]:
        assert f"\n| `{name}` | " in page


def test_every_public_name_is_told() -> None:
    page = python_page()
    for name in posture.__all__:
        assert f":: posture.{name}\n" in page or name == "__version__"


def test_pages_are_written_where_they_differ(tmp_path: Path) -> None:
    write_pages(tmp_path / "reference")
    kept = tmp_path / "reference" / "data.md"
    stamp = kept.stat().st_mtime_ns
    (tmp_path / "reference" / "python.md").write_text("old")
    write_pages(tmp_path / "reference")
    assert kept.stat().st_mtime_ns == stamp
    assert {path.stem for path in (tmp_path / "reference").iterdir()} == set(pages())
    assert (tmp_path / "reference" / "python.md").read_text() == python_page()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<img src="_images/a.png"><a href="https://doi.org/10.1/x">x</a>', []),
        ('<link rel="canonical" href="https://a.example/">', []),
        ('<script src="https://a.example/x.js"></script>', ["https://a.example/x.js"]),
        ('<link rel="stylesheet" href="//a.example/x.css">', ["//a.example/x.css"]),
        ("<style>@import url(https://a.example/f.css)</style>", ["https://a.example/f.css"]),
        ('<p style="background: url(//a.example/b.png)">', ["//a.example/b.png"]),
    ],
)
def test_what_a_page_would_load(html: str, found: list[str]) -> None:
    assert asked_from_outside(html) == found
