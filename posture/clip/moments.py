"""The best frame of every moment; the moments grow with the clip, their number does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Still:
    """One frame that may be worth measuring.

    Attributes:
        time_s: in the clip.
        flaw: how far from ideal, 0 is best.
        jpeg: the picture round the person.
    """

    time_s: float
    flaw: float
    jpeg: bytes


class Moments:
    """Keeps at most `kept` stills, spread over all the time there was.

    Args:
        kept: how many.
        first_s: length of a moment in the beginning.
    """

    def __init__(self, kept: int, first_s: float) -> None:
        self._kept, self._length_s = kept, first_s
        self._best: dict[int, Still] = {}

    def offer(self, time_s: float, flaw: float, picture: Callable[[], bytes]) -> None:
        """A frame that is fit; `picture` is called only when it is the best of its moment."""
        place = int(time_s / self._length_s)
        held = self._best.get(place)
        if held is not None and held.flaw <= flaw:
            return
        self._best[place] = Still(time_s, flaw, picture())
        while len(self._best) > self._kept:
            self._length_s *= 2
            self._merge()

    @property
    def stills(self) -> tuple[Still, ...]:
        """In the order of time."""
        return tuple(self._best[place] for place in sorted(self._best))

    def _merge(self) -> None:
        merged: dict[int, Still] = {}
        for still in self._best.values():
            place = int(still.time_s / self._length_s)
            other = merged.get(place)
            if other is None or still.flaw < other.flaw:
                merged[place] = still
        self._best = merged
