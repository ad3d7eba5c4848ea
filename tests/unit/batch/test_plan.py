"""Which photos a batch is about."""

from __future__ import annotations

from pathlib import Path

from posture.batch.plan import Request, planned
from posture.subject import Subject


def test_own_pictures_are_not_photos(tmp_path: Path) -> None:
    pictures = tmp_path / "out" / "pictures"
    pictures.mkdir(parents=True)
    for folder in (tmp_path, pictures):
        (folder / "00.jpg").touch()
    jobs = planned(Request([f"{tmp_path}/**/*.jpg"], Subject(), tmp_path / "out"))
    assert [job.path for job in jobs] == [str(tmp_path / "00.jpg")]
