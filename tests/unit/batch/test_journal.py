"""What is planned and what is done survives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from posture.batch.journal import Journal
from posture.batch.plan import Job, Request, planned
from posture.errors import InvalidInput
from posture.subject import Subject


def plan(words: list[str], tmp_path: Path) -> list[Job]:
    return list(planned(Request(words, Subject(), tmp_path / "out")))


def test_the_same_line_twice_is_two_rows_each_time(tmp_path: Path) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text("path\na.jpg\na.jpg\n")
    for _ in range(2):
        with Journal(tmp_path, {}, resume=True) as journal:
            journal.plan(plan([str(manifest)], tmp_path))
            assert journal.count() == (2, 0)
            assert len(list(journal.to_do())) == 2


def test_a_journal_keeps_what_is_planned_and_done(tmp_path: Path) -> None:
    jobs = [Job(f"{k}.jpg", str(k), Subject(1000.0 + k, "f", 40.0, 28.0)) for k in range(1200)]
    with Journal(tmp_path, {"model": "lite"}, resume=False) as journal:
        journal.plan(jobs)
        assert [job for _, job in journal.to_do()] == jobs
        numbers = {job.path: number for number, job in journal.to_do()}
        journal.write([(numbers["7.jpg"], {"path": "7.jpg"})])
    with Journal(tmp_path, {"model": "lite"}, resume=True) as journal:
        journal.plan(reversed(jobs))
        assert journal.count() == (1200, 1)
        assert len(list(journal.to_do())) == 1199
        assert next(journal.to_do())[1] == jobs[-1]
        assert list(journal.rows()) == [{"path": "7.jpg"}]
    with pytest.raises(InvalidInput, match="model 'lite'"):
        Journal(tmp_path, {"model": "heavy"}, resume=True)
    assert json.loads(jobs[0].key(0))[0] == "0.jpg"
