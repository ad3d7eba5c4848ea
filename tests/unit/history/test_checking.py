"""Nothing is taken over that could harm: hostile exports are refused whole, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from posture.errors import InvalidInput
from posture.history import History
from posture.history.exchange import MAX_BYTES, exported, parsed, sessions_csv, sessions_json
from tests.support.histories import PICTURE, save

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def document(path: Path) -> dict[str, Any]:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        found: dict[str, Any] = json.loads(exported(history, ["Ann"]))
        return found


def session_in(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["people"][0]["sessions"][0]
    return found


def numbers_in(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = session_in(document)["kept"][0]["numbers"]
    return found


def set_result(content: Any) -> Change:
    return lambda d: session_in(d)["kept"][0].update(result=content)


def set_angle(value: float, ci95: float = 3.0) -> Change:
    return lambda d: numbers_in(d).update(slca_deg={"value": value, "ci95": ci95})


CHANGES: dict[str, Change] = {
    "endless angle": set_angle(float("inf")),
    "no angle": set_angle(float("nan")),
    "angle of no back": set_angle(1e6),
    "no error": set_angle(40.0, 0.0),
    "negative error": set_angle(40.0, -3.0),
    "angle of 400 digits": set_angle(10**400),
    "unknown verdict": lambda d: numbers_in(d).update(verdict="fine"),
    "verdict backwards": lambda d: numbers_in(d).update(verdict="deep/flat"),
    "repeatability": lambda d: numbers_in(d).update(repeatability_share=7.0),
    "escape codes in a name": lambda d: d["people"][0].update(name="\x1b[31mAnn"),
    "escape codes in a uid": lambda d: session_in(d).update(uid="\x1b]0;x\x07"),
    "formula as a uid": lambda d: session_in(d).update(uid="=cmd|' /c calc'!A1"),
    "long uid": lambda d: session_in(d).update(uid="u" * 65),
    "escape codes in a version": lambda d: numbers_in(d).update(model="\x9b31mheavy"),
    "long version": lambda d: numbers_in(d).update(model="h" * 81),
    "escape codes deep in a result": set_result({"findings": [{"message": "\x1b[2J"}]}),
    "no result": set_result("text"),
    "endless number in a result": set_result({"slca_deg": float("inf")}),
    "huge number in a result": set_result({"slca_deg": 1e300}),
    "lone surrogate": set_result({"image": "\ud800"}),
    "lone surrogate as a key": set_result({"\ud800": 1}),
    "year 1": lambda d: session_in(d).update(taken_at="0001-01-01T00:00:00+00:00"),
    "day of no calendar": lambda d: session_in(d).update(taken_at="2026-02-30"),
    "day in another form": lambda d: session_in(d).update(taken_at="20260221"),
    "other zone": lambda d: session_in(d).update(taken_at="2026-01-01T12:00:00+02:00"),
    "checksum": lambda d: session_in(d)["kept"][0].update(image_sha256="x"),
    "scale": lambda d: session_in(d)["kept"][0]["picture"].update(scale=-1.0),
    "version with escape codes": lambda d: d.update(version="\x1b[31m"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_hostile_exports_are_refused_whole(path: Path, document: dict[str, Any], name: str) -> None:
    CHANGES[name](document)
    text = json.dumps(document)
    with pytest.raises(InvalidInput) as caught:
        parsed(text)
    assert len(str(caught.value)) < 500
    with History(path) as history:
        # What is there can still be exported, in every form.
        assert parsed(exported(history, ["Ann"]))
        assert sessions_json("Ann", history.sessions("Ann"))
        assert sessions_csv(history.sessions("Ann"))


@pytest.mark.parametrize(
    "text",
    ["", "[" * 100_000, '{"a":' * 100_000, "[" * 500 + "]" * 500, "\x00", "[]", "null", '"text"'],
    ids=["empty", "open lists", "open objects", "deep lists", "NUL", "list", "null", "string"],
)
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parsed(text)


def test_somebody_who_is_listed_twice_keeps_all_sessions(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    again = json.loads(json.dumps(document["people"][0]))
    again["sessions"][0]["uid"], again["sessions"][0]["kept"][0]["uid"] = "second", "photo2"
    document["people"].append(again)
    with History(tmp_path / "other.sqlite3") as other:
        assert other.add(parsed(json.dumps(document))) == 2
        assert len(other.sessions("Ann")) == 2


def test_the_first_version_of_the_format_is_read(document: dict[str, Any]) -> None:
    document["version"] = 1
    assert list(parsed(json.dumps(document))) == ["Ann"]


def test_what_another_program_put_there_is_not_exported_silently(path: Path) -> None:
    with History(path) as history:
        save(history, "Ann")
        with history._connection as connection:
            connection.execute("UPDATE measurement SET slca_deg = 9e999")
        with pytest.raises(InvalidInput, match="cannot be used"):
            exported(history, ["Ann"])


def test_an_export_has_room_for_many_pictures() -> None:
    assert MAX_BYTES > 1000 * 500_000
