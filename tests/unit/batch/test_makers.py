"""What other processes make, and what becomes of it when one dies."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from posture.batch.makers import Makers, Piece
from posture.errors import WorkerDied


def told(_: object, word: str) -> str:
    return word


def dies(_: object, word: str | None) -> str:
    if word is not None:
        os._exit(1)
    return "without"


def fails(_: object) -> str:
    raise ValueError("no")


def made(*pieces: Piece, processes: int = 2) -> dict[int, object]:
    with Makers(processes) as makers:
        return dict(makers.made(pieces, threading.Event()))


def test_each_piece_is_made_with_its_place() -> None:
    pieces = [Piece(told, (f"{number}",)) for number in range(5)]
    assert made(*pieces) == {number: f"{number}" for number in range(5)}
    assert made() == {}


def test_a_piece_that_kills_is_made_without_its_photos() -> None:
    pieces = [Piece(dies, ("photo",), (None,)), Piece(dies, ("photo",)), Piece(told, ("fine",))]
    assert made(*pieces, processes=1) == {0: "without", 1: None, 2: "fine"}


def test_what_kills_without_photos_or_fails_is_told() -> None:
    with pytest.raises(WorkerDied):
        made(Piece(dies, ("photo",), ("photo",)))
    with pytest.raises(ValueError, match="no"):
        made(Piece(fails, ()))


def test_none_is_begun_after_a_stop() -> None:
    stop, begun = threading.Event(), list[int]()

    def pieces() -> Iterator[Piece]:
        for number in range(9):
            begun.append(number)
            yield Piece(told, (f"{number}",))

    with Makers(1) as makers:
        finished = []
        for place, _ in makers.made(pieces(), stop):
            finished.append(place)
            stop.set()
    assert finished == [0] == begun
