"""A recording takes nobody's place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posture.cli import main
from posture.errors import OutputFailed
from posture.live.recorder import Recorder

PICTURE = np.zeros((48, 64, 3), np.uint8)


def record(path: Path, **options: bool) -> None:
    with Recorder(path, 10.0, **options) as recorder:
        recorder.add(PICTURE, 0.0)


def test_a_recording_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "out.avi"
    record(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["out.avi"]


def test_another_file_stays_unless_it_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "out.avi"
    path.write_bytes(b"somebody's own clip")
    with pytest.raises(OutputFailed, match="--overwrite"):
        record(path)
    assert path.read_bytes() == b"somebody's own clip"
    assert [item.name for item in tmp_path.iterdir()] == ["out.avi"]
    record(path, replace=True)
    assert path.read_bytes()[:4] == b"RIFF"


@pytest.mark.parametrize("name", ["clip.avi", "deep/../clip.avi", "soft.avi", "hard.avi"])
@pytest.mark.parametrize("overwrite", [[], ["--overwrite"]])
def test_the_clip_that_is_read_is_never_recorded_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, overwrite: list[str]
) -> None:
    clip = tmp_path / "clip.avi"
    record(clip)
    before = clip.read_bytes()
    (tmp_path / "deep").mkdir()
    (tmp_path / "soft.avi").symlink_to(clip)
    (tmp_path / "hard.avi").hardlink_to(clip)
    words = ["live", "--no-window", "--source", str(clip), "--record", str(tmp_path / name)]
    with pytest.raises(SystemExit) as exit_:
        main([*words, *overwrite])
    assert exit_.value.code == 1
    assert "being read" in capsys.readouterr().err
    assert clip.read_bytes() == before and (tmp_path / "soft.avi").is_symlink()
