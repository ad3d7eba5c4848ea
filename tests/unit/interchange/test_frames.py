"""Batches and histories as pandas frames: typed, with units, nothing where nothing was measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import posture
from posture.batch.plan import Job
from posture.batch.rows import COLUMNS, row_of
from posture.batch.tables import write_csv, write_parquet
from posture.batch.visits import CHANGES, VISITS
from posture.errors import InvalidInput
from posture.history import History
from posture.history.exchange import COLUMNS as SESSION_COLUMNS
from posture.history.records import Notes
from tests.support.example_results import measured_result, refused_result
from tests.support.histories import save

# Texts that pandas itself would take for something else.
MORE = {"code": "007", "group": "NA", "note": ""}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    rows = [
        {**row_of(Job(f"{name}.jpg", name, result.subject), result, 0.25), **MORE}
        for name, result in (("NA", measured_result()), ("02", refused_result()))
    ]
    write_csv(rows, tmp_path / "results.csv", [*COLUMNS, *MORE])
    write_parquet(rows, tmp_path / "results.parquet", list(MORE))
    return tmp_path


def test_columns_are_typed_and_nothing_is_guessed(study: Path) -> None:
    frame = posture.batch_frame(study)
    assert list(frame) == [*COLUMNS, *MORE]
    assert list(frame["id"]) == ["NA", "02"]
    assert (frame["code"][0], frame["group"][0]) == ("007", "NA") and frame["note"].isna().all()
    assert frame["slca_deg"].dtype == "float64" and frame["slca_deg"][0] == 41.5
    assert np.isnan(frame["slca_deg"][1])
    assert frame["image_width_px"].dtype == "Int64" and frame["mirrored_pass"].dtype == "boolean"
    assert isinstance(frame["verdict"].dtype, pd.CategoricalDtype)
    assert frame["verdict"][0] == "typical" and pd.isna(frame["verdict"][1])
    assert "deep" in frame["verdict"].cat.categories
    assert frame["reason"][1] == "no-person"


def test_units_and_meanings_come_along(study: Path) -> None:
    attrs = posture.batch_frame(study).attrs
    assert (attrs["units"]["slca_deg_ci95"], attrs["units"]["hollow_depth_mm"]) == ("deg", "mm")
    assert "verdict" not in attrs["units"] and "not a Cobb angle" in attrs["meanings"]["slca_deg"]
    assert "not a diagnosis" in attrs["disclaimer"]


def test_folder_csv_and_parquet_are_one_frame(study: Path) -> None:
    frame = posture.batch_frame(study)
    for name in ("results.csv", "results.parquet"):
        pd.testing.assert_frame_equal(posture.batch_frame(study / name), frame)


def test_a_word_of_another_release_is_not_lost(study: Path) -> None:
    file = study / "results.csv"
    file.write_text(file.read_text().replace(",heavy,", ",enormous,"))
    assert set(posture.batch_frame(study)["model"]) == {"enormous"}


def test_visits_and_changes_are_frames_too(tmp_path: Path) -> None:
    change = dict.fromkeys(CHANGES) | {"person": "Ann", "slca_deg_change": -3.5}
    write_csv([change | {"slca_deg_change_counts": False}], tmp_path / "changes.csv", list(CHANGES))
    frame = posture.batch_frame(tmp_path, "changes")
    assert list(frame) == list(CHANGES) and frame["slca_deg_change"][0] == -3.5
    assert frame["slca_deg_change_counts"].tolist() == [False]
    assert frame.attrs["units"]["slca_deg_change_ci95"] == "deg"
    write_csv([], tmp_path / "visits.csv", list(VISITS))
    assert list(posture.batch_frame(tmp_path, "visits")) == list(VISITS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "has no column id"),
        ("id,path\n1\n", "has 1 cells"),
        (None, "cannot be read: No such file"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str | None, told: str) -> None:
    file = tmp_path / "results.csv"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InvalidInput, match=told):
        posture.batch_frame(file)


def test_a_cell_that_is_no_number_is_told(study: Path) -> None:
    file = study / "results.csv"
    file.write_text(file.read_text().replace(",41.5,", ",much,"))
    with pytest.raises(InvalidInput, match="does not fit: could not convert"):
        posture.batch_frame(file)


def test_a_history_is_a_row_a_session(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    with History(path) as history:
        save(history, "Bob")
        kept = save(history, "Ann")
        history.note("Ann", kept.uid, Notes(pain=3))
    frame = posture.history_frame(path=path)
    assert list(frame) == ["name", *SESSION_COLUMNS]
    assert list(frame["name"]) == ["Ann", "Bob"]
    assert frame["pain"].dtype == "Int64" and frame["pain"][0] == 3 and pd.isna(frame["pain"][1])
    # Of one stance standing again is more than what cancels.
    assert (frame["slca_deg_ci95_over_time"] > frame["slca_deg_ci95"]).all()
    assert frame.attrs["units"]["pain"] == "{score}"
    assert list(posture.history_frame("Ann", path=path)["session"]) == [kept.uid]
    with pytest.raises(InvalidInput, match="nobody named 'Eve'"):
        posture.history_frame("Eve", path=path)


def test_looking_at_a_history_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    frame = posture.history_frame(path=path)
    assert len(frame) == 0 and frame["slca_deg"].dtype == "float64"
    assert not path.exists()


def test_without_pandas_it_is_told_what_to_install(study: Path) -> None:
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        f"import posture; posture.batch_frame({str(study)!r})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "PackageMissing: A data frame needs pandas" in run.stderr
    assert " -m pip install " in run.stderr
