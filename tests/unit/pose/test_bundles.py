"""Pose model bundles are found, verified, and missed with a remedy."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from posture.errors import InvalidInput, ModelUnavailable
from posture.pose import bundles
from posture.pose.bundles import MODEL_NAMES, bundle_path, bundle_sha256
from tests.support.paths import ROOT

MODELS = ROOT / "models"


@pytest.fixture
def copied_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("checksums.json", "pose_landmarker_lite.task"):
        shutil.copy(MODELS / name, tmp_path)
    monkeypatch.setattr(bundles, "shipped", lambda *names: tmp_path / names[-1])
    bundles._verified.cache_clear()
    yield tmp_path
    bundles._verified.cache_clear()


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_bundles_are_whole(name: Any) -> None:
    pinned = json.loads((MODELS / "checksums.json").read_text())[f"pose_landmarker_{name}.task"]
    assert bundle_sha256(name) == pinned
    assert hashlib.sha256(bundle_path(name).read_bytes()).hexdigest() == pinned
    with zipfile.ZipFile(bundle_path(name)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "pose_detector.tflite",
            "pose_landmarks_detector.tflite",
        }


def test_unknown_model() -> None:
    with pytest.raises(InvalidInput, match="lite, full, heavy"):
        bundle_path("huge")  # type: ignore[arg-type]


def test_missing_bundle_names_the_command(copied_models: Path) -> None:
    (copied_models / "pose_landmarker_lite.task").unlink()
    with pytest.raises(ModelUnavailable, match="make models"):
        bundle_path("lite")


def test_damaged_bundle_names_the_command(copied_models: Path) -> None:
    path = copied_models / "pose_landmarker_lite.task"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    for read in (bundle_path, bundle_sha256):
        with pytest.raises(ModelUnavailable, match=r"damaged.*make models"):
            read("lite")


@pytest.mark.parametrize("content", ["", "{}", "not json"])
def test_useless_checksums(copied_models: Path, content: str) -> None:
    (copied_models / "checksums.json").write_text(content)
    with pytest.raises(ModelUnavailable):
        bundle_path("lite")


def test_missing_folder(copied_models: Path) -> None:
    (copied_models / "checksums.json").unlink()
    with pytest.raises(ModelUnavailable, match="make models"):
        bundle_path("lite")


def test_verified_once(copied_models: Path) -> None:
    path = bundle_path("lite")
    path.unlink()
    assert bundle_path("lite") == path


def test_build_script_verifies_the_committed_bundles() -> None:
    run = subprocess.run(
        [sys.executable, MODELS / "build.py", "--check"], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
