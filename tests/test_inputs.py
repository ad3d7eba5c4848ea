"""Which photos the words on the command line stand for, and where their pictures go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from posture.cli.pictures import annotated_paths
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


def test_clashing_names_are_numbered_in_order(tmp_path: Path) -> None:
    photos = ["one/side.jpg", "two/side.jpg", "two/side.png", "one/SIDE.jpg"]
    names = [path.name for path in annotated_paths(photos, tmp_path, "jpeg").values()]
    assert names == [
        "side_posture.jpg",
        "side_posture_2.jpg",
        "side_posture_3.jpg",
        "SIDE_posture_4.jpg",
    ]
    assert annotated_paths(photos, tmp_path, "jpeg") == annotated_paths(photos, tmp_path, "jpeg")


def test_no_picture_goes_where_a_photo_is(tmp_path: Path) -> None:
    photos = [str(tmp_path / "side.png"), str(tmp_path / "side_posture.png")]
    link = tmp_path / "link"
    link.symlink_to(tmp_path, target_is_directory=True)
    for folder in (tmp_path, link):
        names = [path.name for path in annotated_paths(photos, folder, "png").values()]
        assert names == ["side_posture_2.png", "side_posture_posture.png"]
