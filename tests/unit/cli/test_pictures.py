"""Where annotated pictures go."""

from __future__ import annotations

from pathlib import Path

from posture.cli.pictures import annotated_paths


def test_clashing_names_are_numbered_in_order(tmp_path: Path) -> None:
    photos = {"a.jpg": "side", "b.jpg": "side", "b.png": "side", "c.jpg": "SIDE"}
    names = [path.name for path in annotated_paths(photos, tmp_path, "jpeg").values()]
    assert names == [
        "side_posture.jpg",
        "side_posture_2.jpg",
        "side_posture_3.jpg",
        "SIDE_posture_4.jpg",
    ]
    assert annotated_paths(photos, tmp_path, "jpeg") == annotated_paths(photos, tmp_path, "jpeg")


def test_no_picture_goes_where_a_photo_is(tmp_path: Path) -> None:
    photos = {
        str(tmp_path / "side.png"): "side",
        str(tmp_path / "side_posture.png"): "side_posture",
    }
    link = tmp_path / "link"
    link.symlink_to(tmp_path, target_is_directory=True)
    for folder in (tmp_path, link):
        names = [path.name for path in annotated_paths(photos, folder, "png").values()]
        assert names == ["side_posture_2.png", "side_posture_posture.png"]
