"""Tables as this program and spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.errors import InvalidInput, OutputFailed
from posture.study.cells import append_rows, read_table, table_text

COLUMNS = ("id", "value")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


@pytest.mark.parametrize(
    "text",
    [
        "id,value\nP01,3.5\n",
        "\ufeffid;value\r\nP01;3,5\r\n;\r\n",
        "value\tid\n3.5\tP01",
        'id,value,note\n" P01 ",3.5,"two\nlines"\n',
    ],
)
def test_spreadsheets_of_all_kinds_are_read(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    (line,) = read_table(path, COLUMNS).lines
    assert line.text("id") == "P01" and line.number_in("value") == 3.5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id\nP01\n", "no column value"),
        ("id,value,id\n", "two columns of one name"),
        ("id,value\nP01,1\nP02\n", "line 3: 1 cells for 2 columns"),
        ("id,value\nP01,much\n", "line 2: value is 'much'"),
        ("id,value\nP01,nan\n", "line 2: value is 'nan'"),
        ("id,value\n,1\n", "line 2: id is empty"),
        ("id,value\nP\xe9,1\n", "not in UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(path: Path, text: str, told: str) -> None:
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidInput, match=told):
        for line in read_table(path, COLUMNS).lines:
            line.text("id")
            line.number_in("value")


def test_a_table_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_table(path, COLUMNS)


def test_rows_are_added_at_the_end(path: Path) -> None:
    append_rows(path, COLUMNS, [{"id": "P01", "value": 1}])
    append_rows(path, COLUMNS, [{"id": "P02", "value": "=1+1"}, {"id": "P03"}])
    assert path.read_text() == "id,value\nP01,1\nP02,'=1+1\nP03,\n"
    assert path.stat().st_mode & 0o077 == 0


def test_a_table_that_a_spreadsheet_saved_keeps_its_form(path: Path) -> None:
    path.write_text("note;value;id\nmine;1;P01")
    append_rows(path, COLUMNS, [{"id": "P02", "value": 2}])
    assert path.read_text() == "note;value;id\nmine;1;P01\n;2;P02\n"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="could not be written"):
        append_rows(tmp_path / "no" / "t.csv", COLUMNS, [{"id": "P01"}])


def test_a_whole_table() -> None:
    assert table_text(COLUMNS, [("a,b", None)], ";") == "id;value\na,b;\n"
