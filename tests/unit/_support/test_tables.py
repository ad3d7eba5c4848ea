"""The reader of data files: each read once, slips in them told by file and key."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from posture._support.plain import NotTheKind
from posture._support.tables import data_table, plain_table, read_toml
from posture._support.texts import page_texts, texts
from posture.advice.exercises import library
from posture.advice.red_flags import advice
from posture.advice.sources import with_sources
from posture.advice.wall_test import home_test
from posture.checks.limits import load_limits
from posture.clip.clip_settings import clip_settings
from posture.combine import combine_settings
from posture.curve.calibration import load_calibration
from posture.curve.curve_settings import curve_settings
from posture.edit import edit_settings
from posture.findings import known_codes
from posture.live.live_settings import live_settings
from posture.outline.outline_settings import outline_settings
from posture.photo.photo_settings import photo_settings
from posture.pose.pose_settings import pose_settings
from posture.subject import subject_settings
from posture.verdict.alignment import alignment_settings
from posture.verdict.norms import load_norms
from posture.view.view_settings import view_settings

PACKAGE = Path(str(resources.files("posture")))
READER = PACKAGE / "_support" / "tables.py"
READ_AS_RECORDS = (
    library, advice, home_test, load_limits, clip_settings, load_calibration, known_codes,
    live_settings, load_norms, photo_settings, pose_settings, view_settings, outline_settings,
    curve_settings, alignment_settings, combine_settings, edit_settings, subject_settings,
)  # fmt: skip


@dataclass(frozen=True)
class Frames:
    every_s: float
    kept: int


@dataclass(frozen=True)
class Clip:
    frames: Frames
    sound: str


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_no_other_module_reads_toml() -> None:
    readers = {path for path in PACKAGE.rglob("*.py") if "tomllib" in imported(path)}
    assert readers == {READER}


@pytest.mark.parametrize("path", sorted((PACKAGE / "data").glob("*.toml")), ids=lambda p: p.stem)
def test_every_file_is_given_as_it_is(path: Path) -> None:
    assert plain_table(path.stem) == read_toml(path)


@pytest.mark.parametrize("read", READ_AS_RECORDS, ids=lambda read: read.__name__)
def test_every_file_has_the_fields_of_its_dataclass(read: Any) -> None:
    assert read()


def test_a_file_is_read_once() -> None:
    assert plain_table("clip") is plain_table("clip")
    assert texts() is texts()
    assert page_texts() is page_texts()
    assert clip_settings() is clip_settings()
    assert library() is library()


def test_a_slip_in_a_file_is_told_by_file_and_key() -> None:
    with pytest.raises(NotTheKind) as caught:
        data_table("clip", Clip)
    assert str(caught.value) == "data/clip.toml: missing sound; unknown people, gait, motion"


def test_a_slip_inside_a_table_is_told_by_its_place() -> None:
    with pytest.raises(NotTheKind) as caught:
        data_table("clip", Clip, lambda table: {"frames": table["frames"], "sound": "off"})
    assert str(caught.value) == "data/clip.toml: unknown frames.first_moment_s"


def test_a_file_may_be_prepared_first() -> None:
    def prepared(table: dict[str, Any]) -> dict[str, Any]:
        return {"frames": {"every_s": 1, "kept": table["frames"]["kept"]}, "sound": "off"}

    kept = clip_settings().frames.kept
    assert data_table("clip", Clip, prepared) == Clip(Frames(1.0, kept), "off")


@pytest.mark.parametrize("content", [b"a = [", b"\xff\xfe", None], ids=["toml", "utf-8", "absent"])
def test_a_users_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        read_toml(path)


# ---------------------------------------------------------------- sources of statements


def test_a_source_stands_in_place_of_its_key() -> None:
    nice = {"short": "NICE", "text": "A guideline.", "link": ""}
    table = {
        "page": {"sources": "Sources"},
        "item": [{"sources": ["nice"], "steps": ["Sit."]}],
        "honest_sources": ["nice", "nice"],
        "source": {"nice": nice},
    }
    assert with_sources(table) == table | {
        "item": [{"sources": [nice], "steps": ["Sit."]}],
        "honest_sources": [nice, nice],
    }


def test_a_key_without_a_source_is_named() -> None:
    with pytest.raises(NotTheKind, match="nobody-2020"):
        with_sources({"sources": ["nobody-2020"], "source": {}})
