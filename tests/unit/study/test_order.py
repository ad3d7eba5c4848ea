"""The random order: whole, blocked by session, and the same for ever."""

from __future__ import annotations

from pathlib import Path

from posture.study.folder import Sitting, read_study
from posture.study.order import later_order, next_place, random_order
from tests.support.studies import new_study, taken

IDS = ("P01", "P02", "P03")


def test_everybody_sits_once_for_every_rater_in_every_session() -> None:
    order = random_order([f"P{k:02d}" for k in range(1, 31)], ("A", "B", "C"), 2, seed=1)
    assert len(order) == len(set(order)) == 30 * 3 * 2
    assert [one.session for one in order] == sorted(one.session for one in order)
    # Within a session each comes once, and stays for all raters.
    comings = [one.participant for one in order[::3]]
    assert comings == [one.participant for one in order[2::3]]


def test_a_seed_gives_the_same_order_for_ever() -> None:
    order = random_order(IDS, ("A", "B"), 2, seed=4)
    first = [(one.participant, one.rater) for one in order if one.session == 1]
    assert first == [
        ("P03", "B"), ("P03", "A"), ("P02", "A"), ("P02", "B"), ("P01", "B"), ("P01", "A"),
    ]  # fmt: skip
    assert order == random_order(IDS, ("A", "B"), 2, seed=4)
    assert order != random_order(IDS, ("A", "B"), 2, seed=5)


def test_raters_do_not_always_come_in_one_order() -> None:
    order = random_order([f"P{k:02d}" for k in range(1, 31)], ("A", "B"), 1, seed=1)
    firsts = [one.rater for one in order[::2]]
    assert 5 < firsts.count("A") < 25


def test_who_joins_later_sits_for_everybody_too() -> None:
    order = later_order("P04", ("A", "B"), 2, seed=4)
    assert set(order) == {Sitting("P04", rater, session) for rater in "AB" for session in (1, 2)}
    assert order == later_order("P04", ("A", "B"), 2, seed=4)


def test_the_next_place_is_the_first_that_is_not_whole(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "s")
    study = read_study(folder)
    first = study.order[0].sitting
    assert next_place(study) == study.order[0]
    taken(folder, ["40", "refused", "41", "42"], first)
    assert next_place(read_study(folder)) == study.order[0]
    taken(folder, ["43"], first)
    study = read_study(folder)
    assert next_place(study) == study.order[1]
    place = next_place(study, rater="A", session=2)
    assert place is not None and (place.sitting.rater, place.sitting.session) == ("A", 2)
    assert next_place(study, participant=first.participant, rater=first.rater, session=1) is None
