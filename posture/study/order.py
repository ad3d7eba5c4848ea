"""The random order: who sits for whom when, the same for one seed for ever."""

from __future__ import annotations

import random
from collections.abc import Sequence

from posture.study.folder import Place, Sitting, Study


def random_order(
    participants: Sequence[str], raters: Sequence[str], sessions: int, seed: int
) -> tuple[Sitting, ...]:
    """Every participant before every rater in every session.

    One session is finished before the next begins.  Within it participants come in random order,
    each of them once, and sit for the raters in a random order of their own.
    """
    sittings: list[Sitting] = []
    for session in range(1, sessions + 1):
        chance = random.Random(f"{seed} session {session}")
        for participant in _shuffled(participants, chance):
            sittings += (
                Sitting(participant, rater, session) for rater in _shuffled(raters, chance)
            )
    return tuple(sittings)


def later_order(
    participant: str, raters: Sequence[str], sessions: int, seed: int
) -> tuple[Sitting, ...]:
    """The sittings of somebody who joins when the order is made already."""
    chance = random.Random(f"{seed} participant {participant}")
    return tuple(
        Sitting(participant, rater, session)
        for session in range(1, sessions + 1)
        for rater in _shuffled(raters, chance)
    )


def next_place(
    study: Study,
    *,
    participant: str | None = None,
    rater: str | None = None,
    session: int | None = None,
) -> Place | None:
    """The first place of the order that is not whole; None when there is none.

    Args:
        study: as far as it has come.
        participant, rater, session: only places of these; any where None.
    """
    wanted, whole = (participant, rater, session), study.whole()
    for place in study.order:
        at = place.sitting
        here = (at.participant, at.rater, at.session)
        fits = all(one in (None, is_) for one, is_ in zip(wanted, here, strict=True))
        if fits and at not in whole:
            return place
    return None


def _shuffled(codes: Sequence[str], chance: random.Random) -> list[str]:
    """In random order: by numbers drawn, for Python promises to draw the same ones for ever."""
    return [code for _, code in sorted((chance.random(), code) for code in codes)]
