"""``posture export`` and ``posture schema --dictionary``, as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from posture.batch.plan import Job
from posture.batch.rows import COLUMNS, row_of
from posture.batch.tables import write_csv
from posture.cli import main
from tests.support.example_results import measured_result


def posture(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and error output of the command."""
    with pytest.raises(SystemExit) as left:
        main(words)
    printed = capsys.readouterr()
    return int(left.value.code or 0), printed.out, printed.err


@pytest.fixture
def results(tmp_path: Path) -> Path:
    file = tmp_path / "results.json"
    file.write_text(measured_result().to_json() + "\n")
    return file


def test_the_dictionary_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    code, table, _ = posture(capsys, "schema", "--dictionary", "csv")
    assert code == 0 and table.startswith("table,column,type,unit")
    _, text, _ = posture(capsys, "schema", "--dictionary", "json")
    assert "results" in json.loads(text)["tables"]
    _, redcap, _ = posture(capsys, "schema", "--dictionary", "redcap")
    assert next(csv.reader(redcap.splitlines()))[0] == "Variable / Field Name"


def test_fhir_to_a_file_that_is_not_replaced(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = results.with_name("fhir.json")
    words = ["export", "fhir", str(results), "--subject", "P01", "--out", str(out)]
    assert posture(capsys, *words, "--taken", "2026-03-21") == (0, "", "")
    observation = json.loads(out.read_text())["entry"][1]["resource"]
    assert observation["effectiveDateTime"] == "2026-03-21"
    assert observation["subject"] == {"identifier": {"value": "P01"}}
    code, _, err = posture(capsys, *words)
    assert code == 1 and "there already" in err
    assert posture(capsys, *words, "--overwrite")[0] == 0
    assert "effectiveDateTime" not in out.read_text()


def test_the_time_of_a_clock_without_a_zone_is_its_day(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for taken, told in (
        ("2026-03-21T10:00:00", "2026-03-21"),
        ("2026-03-21T10:00:00+01:00", "2026-03-21T10:00:00+01:00"),
    ):
        _, out, _ = posture(capsys, "export", "fhir", str(results), "--taken", taken)
        assert json.loads(out)["entry"][1]["resource"]["effectiveDateTime"] == told


def test_redcap_tells_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = measured_result()
    row = {**row_of(Job("a.jpg", "a", result.subject), result, 0.1), "clinic": "north"}
    write_csv([row], tmp_path / "results.csv", [*COLUMNS, "clinic"])
    code, out, err = posture(capsys, "export", "redcap", str(tmp_path / "results.csv"))
    assert code == 0 and out.startswith("record_id,path,")
    assert err == "posture: Left out, for REDCap's dictionary has no such fields: clinic.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "fhir", "missing.json"], "cannot be read: No such file"),
        (["export", "redcap", "RESULTS", "--subject", "P"], "are for fhir"),
        (["export", "redcap", "RESULTS"], "no column id"),
        (["export", "fhir", "RESULTS", "--out", "RESULTS", "--overwrite"], "being read"),
        (["export", "spss", "RESULTS"], "invalid choice"),
        (["export", "fhir", "RESULTS", "--subject", " "], "no pseudonym"),
        (["analyze", "a.jpg", "--motion", "trc", "--out", "x"], "--motion is about clips"),
        (["analyze", "a.mp4", "--motion", "trc"], "Add --out DIR"),
    ],
)
def test_what_does_not_fit_is_one_line(
    words: list[str], told: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [str(results) if word == "RESULTS" else word for word in words]
    code, out, err = posture(capsys, *typed)
    assert (code, out) == (1, "")
    assert told in err
    assert json.loads(results.read_text())["status"] == "measured"
