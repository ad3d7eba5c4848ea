"""A day is a day, wherever it is read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from posture.history import History
from posture.history.exchange import exported, parsed
from posture.history.keeping import session_of
from posture.history.records import day_of, has_been, taken_text
from posture.history.story import day
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result
from tests.support.histories import save

Move = Callable[[str], None]
ZONES = ("Pacific/Kiritimati", "Europe/Berlin", "UTC", "America/New_York", "Pacific/Pago_Pago")


@pytest.fixture
def move() -> Iterator[Move]:
    """Moves this computer to another zone."""
    before = os.environ.get("TZ")

    def to(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield to
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_and_a_wall_clock_stay_that_day_everywhere(move: Move, zone: str) -> None:
    move(zone)
    assert day_of(taken_text(date(2026, 3, 21))) == "2026-03-21"
    for hour in (0, 12, 23):
        assert day_of(taken_text(datetime(2026, 3, 21, hour, 30))) == "2026-03-21"
    kept = session_of([measured_result()], date(2026, 3, 21), load_norms())
    assert day(kept) == "2026-03-21" == f"{kept.when:%Y-%m-%d}"


def test_a_moment_has_the_day_of_the_reader(move: Move) -> None:
    # Half past midnight of 21 March in Berlin.
    moment = datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
    days = {}
    for zone in ("Europe/Berlin", "America/New_York"):
        move(zone)
        days[zone] = day_of(taken_text(moment))
    assert days == {"Europe/Berlin": "2026-03-21", "America/New_York": "2026-03-20"}


def test_days_and_moments_are_put_in_order(path: Path, tmp_path: Path) -> None:
    texts = ["2026-03-22", "2026-03-21T08:00:00+00:00", "2026-03-21T23:00:00", "2026-03-20"]
    with History(path) as history:
        for text in texts:
            save(history, taken_at=text)
        sessions = history.sessions("Ann")
        assert [item.taken_at for item in sessions] == [texts[3], texts[1], texts[2], texts[0]]
        with History(tmp_path / "other.sqlite3") as other:
            assert other.add(parsed(exported(history, ["Ann"]))) == 4
            assert other.sessions("Ann") == sessions


def test_what_lies_ahead_has_not_been(move: Move) -> None:
    move("America/New_York")
    # Half past eight in the evening of 20 March in New York.
    now = datetime(2026, 3, 21, 0, 30, tzinfo=UTC)
    assert has_been(date(2026, 3, 20), now) and not has_been(date(2026, 3, 21), now)
    assert has_been(datetime(2026, 3, 20, 20, 29), now)
    assert not has_been(datetime(2026, 3, 20, 20, 31), now)
    assert has_been(now, now) and not has_been(now + timedelta(seconds=1), now)
