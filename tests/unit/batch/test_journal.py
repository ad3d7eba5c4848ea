"""What is planned and what is done survives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from posture.batch.journal import Journal, Written
from posture.batch.plan import Job, Request, planned
from posture.batch.visit import Visit
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
        journal.write([(numbers["7.jpg"], Written({"path": "7.jpg"}))])
    with Journal(tmp_path, {"model": "lite"}, resume=True) as journal:
        journal.plan(reversed(jobs))
        assert journal.count() == (1200, 1)
        assert len(list(journal.to_do())) == 1199
        assert next(journal.to_do())[1] == jobs[-1]
        assert list(journal.rows()) == [{"path": "7.jpg"}]
    with pytest.raises(InvalidInput, match="model 'lite'"):
        Journal(tmp_path, {"model": "heavy"}, resume=True)
    assert json.loads(jobs[0].key(0))[0] == "0.jpg"


def test_a_photo_of_a_visit_is_done_once_its_whole_result_is_there(tmp_path: Path) -> None:
    plain, of_visit = Job("a.jpg", "a", Subject()), Visit("Ann", "before", "2026-01-05")
    with Journal(tmp_path, {}, resume=True) as journal:
        journal.plan([plain])
        ((number, _),) = journal.to_do()
        journal.write([(number, Written({"path": "a.jpg"}))])
        assert journal.count() == (1, 1) and journal.people() == ()
        # The same photo, of which it is now told whose visit it is.
        journal.plan([replace(plain, visit=of_visit, more=(("person", "Ann"),))])
        assert journal.count() == (1, 0)
        ((number, job),) = journal.to_do()
        assert job.visit == of_visit
        journal.write([(number, Written({"path": "a.jpg"}, "{}", "2026-01-04"))])
        assert journal.count() == (1, 1) and journal.people() == (("Ann", 1),)
        (photo,) = journal.photos_of("Ann")
        assert (photo.visit, photo.path) == (of_visit, "a.jpg")
        assert (photo.result, photo.taken) == ("{}", "2026-01-04")
        assert photo.more == {"person": "Ann"}
