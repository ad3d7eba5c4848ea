"""Manifests as spreadsheets of many countries and years write them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from posture.batch.manifest import KNOWN_COLUMNS, Line, is_manifest, read_manifest
from posture.errors import InvalidInput
from posture.subject import Subject

TABLE = "path;stature;age\r\nMüller.jpg;176;41\r\n"


def lines(folder: Path, content: str | bytes, told: list[str] | None = None) -> list[Line]:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    tell = (told if told is not None else []).append
    return list(read_manifest(path, Subject(sex="f"), tell))


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        ("sep=;\r\n" + TABLE).encode(),
        ('"sep=;"\r\n' + TABLE).encode(),
        codecs.BOM_UTF8 + ("sep=;\r\n" + TABLE).encode(),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("path", '"Path"').encode(),
        (TABLE + ";;\r\n\r\n").encode(),
    ],
)
def test_every_encoding_and_separator(tmp_path: Path, content: bytes) -> None:
    (line,) = lines(tmp_path, content)
    assert line.path == str(tmp_path / "Müller.jpg")
    assert line.id == "Müller" and line.problem is None
    assert line.subject == Subject(stature_mm=1760.0, sex="f", age=41.0)


def test_an_old_encoding_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    lines(tmp_path, TABLE.encode("cp1252"), told)
    assert ["Windows-1252" in sentence for sentence in told] == [True]


def test_columns_that_are_not_known_travel_along_and_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    content = "Visit,PATH,Note,visit,\r\n2,a.jpg, =1+1 ,x,\r\n"
    (line,) = lines(tmp_path, content, told)
    assert line.more == (("Visit", "2"), ("Note", "=1+1"), ("visit", "x"))
    assert all(name in told[0] for name in ("Visit", "Note", *KNOWN_COLUMNS))


def test_the_hand_is_one_of_the_known(tmp_path: Path) -> None:
    content = "path,hand\na.jpg,28\nb.jpg,1.1in\nc.jpg,\nd.jpg,thick\ne.jpg,7 cm\n"
    found = lines(tmp_path, content)
    hands = [line.subject.hand_thickness_mm for line in found]
    assert hands == [28.0, pytest.approx(27.94), None, None, None]
    assert [line.problem is None for line in found] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("given", "path", "label"),
    [
        (r"Fotos\Ann\before.jpg", "Fotos/Ann/before.jpg", "Fotos/Ann/before"),
        ("Fotos/Ann/before.jpg", "Fotos/Ann/before.jpg", "Fotos/Ann/before"),
        ("./a.jpg", "a.jpg", "a"),
        ("../x/a.jpg", "../x/a.jpg", "x/a"),
    ],
)
def test_ids_carry_the_folder(tmp_path: Path, given: str, path: str, label: str) -> None:
    (line,) = lines(tmp_path, f"path\n{given}\n")
    assert Path(line.path) == tmp_path / path
    assert line.id == label and line.problem is None


def test_a_path_of_another_computer_is_told(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, "path\nC:\\Users\\Ann\\a.jpg\n")
    assert line.problem is not None and "Windows" in line.problem


def test_a_line_with_too_many_cells_is_not_guessed(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, "path,stature\na.jpg,1,76m\n")
    assert line.problem is not None and "more cells" in line.problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("file,stature\na.jpg,176\n", "no column path"),
        ("", "no column path"),
        ("path,Path\na.jpg,b.jpg\n", "two columns path"),
        (b"path\n\x81.jpg\n", "cannot be read"),
        (codecs.BOM_UTF16_LE + b"p", "cannot be read"),
    ],
)
def test_what_is_no_manifest_names_the_known_columns(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        lines(tmp_path, content)
    assert all(name in caught.value.fix for name in KNOWN_COLUMNS)


def test_a_device_is_no_manifest(tmp_path: Path) -> None:
    link = tmp_path / "list.csv"
    link.symlink_to("/dev/zero")
    with pytest.raises(InvalidInput):
        list(read_manifest(link, Subject(), lambda sentence: None))


def test_what_counts_as_a_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert [is_manifest(word) for word in ("a.CSV", "a.tsv", "a.txt")] == [True] * 3
    others = ("a.jpg", str(folder), "s3://bucket/a.csv")
    assert [is_manifest(word) for word in others] == [False] * 3
