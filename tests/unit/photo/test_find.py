"""Which photos the words on the command line stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from posture.photo.find import find_photos, passed_over_words


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
    names = [Path(path).name for path in found.photos]
    assert names == ["[x].webp", "a.png", "b.JPG", "c.heic", "d.jpeg"]
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


def patients(root: Path) -> Path:
    """A folder for each patient, with a photo of the same name in each."""
    for name in ("Ann", "Ben"):
        (root / "patients" / name / "2024").mkdir(parents=True)
        (root / "patients" / name / "2024" / "before.jpg").touch()
    return root / "patients"


def test_what_photos_are_called_carries_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patients(tmp_path)
    monkeypatch.chdir(tmp_path)
    both = ("patients/Ann/2024/before", "patients/Ben/2024/before")
    for word in ("patients", "./patients/", str(tmp_path / "patients"), "patients/*/*/*.jpg"):
        assert find_photos([word]).labels == both, word
    assert find_photos(["patients/*"]).labels == both
    files = ["patients/Ann/2024/before.jpg", "patients/Ben/2024/before.jpg"]
    assert find_photos(files).labels == both
    monkeypatch.chdir(tmp_path / "patients" / "Ann")
    assert find_photos(["2024/before.jpg"]).labels == ("2024/before",)
    assert find_photos(["."]).labels == ("Ann/2024/before",)
    assert find_photos(["../Ben/2024/before.jpg"]).labels == ("Ben/2024/before",)
    elsewhere = str(tmp_path / "patients" / "Ben" / "2024" / "before.jpg")
    assert find_photos([elsewhere]).labels == ("2024/before",)


def test_what_is_passed_over_is_counted_and_named(folder: Path) -> None:
    for name in ("walk.mp4", "scan.svg", "deep/jump.MOV", "deep/more.txt"):
        (folder / name).touch()
    words = passed_over_words(find_photos([str(folder)]).passed_over)
    assert words == (
        "Passed over: 2 clips (walk.mp4, jump.MOV); "
        "1 picture named like those that posture draws (a_posture.jpg); "
        "1 picture of a kind that is not read (scan.svg); 2 other files (notes.txt, more.txt)."
    )
    named = find_photos([str(folder), "a_posture.jpg"])
    assert "a_posture" not in passed_over_words(named.passed_over)


def test_links_are_followed_once(tmp_path: Path) -> None:
    root = patients(tmp_path)
    (root / "Ann" / "all").symlink_to(root, target_is_directory=True)
    (tmp_path / "linked").symlink_to(root, target_is_directory=True)
    assert len(find_photos([str(tmp_path / "linked")]).photos) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path: Path) -> None:
    root = patients(tmp_path)
    (root / "Ben").chmod(0)
    found = find_photos([str(root)])
    (root / "Ben").chmod(0o700)
    assert len(found.photos) == 1
    assert "1 folder that may not be looked into (Ben)" in passed_over_words(found.passed_over)
