"""When a kept session was: as said, else as the photos tell, else now; and which is told."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from posture.cli.outcomes import PhotoOutcome
from posture.cli.saving import SaveOptions, keep
from posture.history import History
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer
from tests.support.example_results import measured_result

WORKER = cast(IsolatedAnalyzer, SimpleNamespace(settings=Settings()))


def outcome(taken: datetime | None, name: str = "a.jpg") -> PhotoOutcome:
    base = measured_result()
    sha256 = hashlib.sha256(f"{name} {taken}".encode()).hexdigest()
    result = replace(base, provenance=replace(base.provenance, image_sha256=sha256))
    return PhotoOutcome(name, result, taken=taken)


def kept(*outcomes: PhotoOutcome, when: date | None = None) -> list[str]:
    keep(WORKER, list(outcomes), SaveOptions("Ann", when, None, blur_face=False))
    with History() as history:
        return [session.taken_at for session in history.sessions("Ann")]


def test_the_photos_own_date_is_the_default_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert kept(outcome(datetime(2024, 5, 3, 23, 50))) == ["2024-05-03T23:50:00"]
    told = capsys.readouterr().err
    assert "Taken 2024-05-03 by the photo's own date; --taken sets another." in told
    assert "of Ann, 2024-05-03." in told


def test_a_date_with_a_zone_is_that_moment() -> None:
    taken = datetime.fromisoformat("2024-05-03T23:50:00+02:00")
    assert kept(outcome(taken)) == ["2024-05-03T21:50:00+00:00"]


def test_what_is_said_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert kept(outcome(datetime(2024, 5, 3)), when=date(2023, 1, 2)) == ["2023-01-02"]
    assert "own date" not in capsys.readouterr().err


@pytest.mark.parametrize("taken", [None, datetime.now() + timedelta(days=400)])
def test_without_a_date_that_can_be_it_is_now(
    taken: datetime | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (text,) = kept(outcome(taken))
    assert abs(datetime.fromisoformat(text) - datetime.now(UTC)) < timedelta(hours=1)
    assert "--taken sets another" in capsys.readouterr().err


def test_photos_of_several_days_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    days = (outcome(datetime(2024, 6, 1), "b.jpg"), outcome(datetime(2024, 5, 3), "a.jpg"))
    assert kept(*days) == ["2024-05-03T00:00:00"]
    assert "several days, 2024-05-03 to 2024-06-01" in capsys.readouterr().err


def test_the_same_photo_is_kept_once_and_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    kept(outcome(None), outcome(None))
    assert "kept once" in capsys.readouterr().err
    with History() as history:
        assert len(history.sessions("Ann")[0].kept) == 1


def test_what_a_short_session_costs_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    day = datetime(2024, 5, 3)
    kept(outcome(day))
    assert "Stances so far: 1. With 4" in capsys.readouterr().err
    kept(*(outcome(day, name) for name in "abcd"))
    assert "Stances so far" not in capsys.readouterr().err
    with History() as history:
        assert [session.stances for session in history.sessions("Ann")] == [1, 4]
