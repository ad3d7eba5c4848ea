"""Which photos the words on the command line stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from posture.photo.find import find_photos


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = ["b.JPG", "a.png", "c.heic", "notes.txt", ".hidden.jpg", "a_posture.jpg", "[x].webp"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.jpeg").touch()
    (tmp_path / "folder.jpg").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_stands_for_its_photos(folder: Path) -> None:
    found = find_photos([str(folder)])
    assert [Path(path).name for path in found.photos] == ["[x].webp", "a.png", "b.JPG", "c.heic"]
    assert found.barren == ()


def test_paths_stay_as_given(folder: Path) -> None:
    found = find_photos(["deep", "a.png", "./missing.jpg", "notes.txt"])
    assert found.photos == (
        os.path.join("deep", "d.jpeg"),
        "a.png",
        "./missing.jpg",
        "notes.txt",
    )


def test_patterns(folder: Path) -> None:
    assert find_photos(["?.*"]).photos == ("a.png", "b.JPG", "c.heic")
    assert find_photos(["**/*.jpeg"]).photos == (os.path.join("deep", "d.jpeg"),)
    assert find_photos(["*.jpg"]).photos == ("a_posture.jpg",)


def test_a_name_that_looks_like_a_pattern(folder: Path) -> None:
    assert find_photos(["[x].webp"]).photos == ("[x].webp",)


def test_each_photo_once(folder: Path) -> None:
    assert find_photos(["a.png", str(folder / "a.png"), "a*.png"]).photos == ("a.png",)


def test_words_that_stand_for_nothing(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert find_photos(["*.gif", "empty", "a.png"]).barren == ("*.gif", "empty")
