"""Export and import carry everything or nothing; the table of sessions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from posture.errors import InvalidInput
from posture.history import History
from posture.history.exchange import exported, parsed, sessions_csv
from posture.history.keeping import session_of
from posture.history.records import Notes
from posture.result import Result
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result
from tests.support.histories import PICTURE, WHEN, at, save


def three_photos() -> list[Result]:
    base = measured_result()
    return [
        replace(base, provenance=replace(base.provenance, image_sha256=f"{k:064}"))
        for k in range(3)
    ]


def test_export_and_import_carry_everything(path: Path, tmp_path: Path) -> None:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        notes = Notes(3, "bridges, twice a week")
        history.save("Ann", session_of(three_photos(), WHEN, load_norms(), notes), {})
        save(history, "Bob")
        text = exported(history, ["Ann", "Bob"])
        assert history.add(parsed(text)) == 0
        before = {name: history.sessions(name) for name in ("Ann", "Bob")}
    with History(tmp_path / "other.sqlite3") as other:
        assert other.add(parsed(text)) == 3
        assert {name: other.sessions(name) for name in before} == before
        assert exported(other, ["Ann", "Bob"]) == text


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(format="x"),
        lambda d: d.update(version=99),
        lambda d: d.update(people=None),
        lambda d: d["people"][0].update(name=""),
        lambda d: d["people"][0]["sessions"][0].update(taken_at="yesterday"),
        lambda d: d["people"][0]["sessions"][0].update(kept=[]),
        lambda d: d["people"][0]["sessions"][0]["kept"][0].pop("numbers"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0]["numbers"].update(sex="x"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0].update(role="median"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0]["picture"].update(jpeg="?"),
        lambda d: d["people"][0]["sessions"][0].update(stances=2),
        lambda d: d["people"][0]["sessions"][0]["notes"].update(pain=11),
        lambda d: d["people"][0]["sessions"][0]["notes"].update(training="two\nlines"),
        lambda d: d["people"][0]["sessions"][0]["notes"].update(training="a" * 201),
    ],
)
def test_a_garbled_export_is_refused_whole(
    path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        document = json.loads(exported(history, ["Ann"]))
        change(document)
        with pytest.raises(InvalidInput):
            history.add(parsed(json.dumps(document)))
        assert len(history.people()) == 1


def test_exports_of_earlier_versions_are_taken_over(path: Path) -> None:
    with History(path) as history:
        history.save("Ann", session_of(three_photos(), WHEN, load_norms()), {})
        document = json.loads(exported(history, ["Ann"]))
        (before,) = history.sessions("Ann")
        history.delete_all()
        document["version"] = 2
        for later in ("stances", "notes"):
            del document["people"][0]["sessions"][0][later]
        assert history.add(parsed(json.dumps(document))) == 1
        assert history.sessions("Ann") == (replace(before, stances=None),)


def test_an_import_that_contradicts_is_taken_back(path: Path) -> None:
    with History(path) as history:
        save(history, "Ann")
        document = json.loads(exported(history, ["Ann"]))
        good = json.loads(json.dumps(document["people"][0]["sessions"][0]))
        good["uid"], good["kept"][0]["uid"] = "good", "fresh"
        clash = json.loads(json.dumps(good))
        clash["uid"] = "clash"
        document["people"][0]["sessions"] = [good, clash]
        with pytest.raises(InvalidInput, match="contradict"):
            history.add(parsed(json.dumps(document)))
        assert len(history.sessions("Ann")) == 1


def test_the_table_has_a_row_for_each_session() -> None:
    lines = sessions_csv([at(1, 40), at(8, 43, hollow_depth_mm=None)]).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("session,taken_at,photos,slca_deg,slca_deg_ci95,")


def test_notes_stand_in_the_table_as_text() -> None:
    noted = replace(at(1, 40), notes=Notes(0, "=1+1"))
    (row,) = csv.DictReader(io.StringIO(sessions_csv([noted])))
    assert row["pain"] == "0" and row["training"].endswith("=1+1") and row["training"] != "=1+1"
