"""The one thing to do after a reading: what helps this person most, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posture._support.texts import filled, page_texts
from posture.findings import Finding, concerns_numbers, ranked
from posture.result import Result
from posture.verdict.stances import load_stances


@dataclass(frozen=True)
class NextStep:
    """What to do.

    Attributes:
        text: in one or two sentences.
        because: what was seen that asks for it; empty where nothing was.
        page: the page where it is done, if there is one.
    """

    text: str
    because: str = ""
    page: str | None = None


def next_step(
    reading: Result,
    together: Sequence[Finding],
    alone: Sequence[Finding],
    stances: int,
    *,
    more_photos: bool,
) -> NextStep:
    """What to do after a measured reading.

    What puts the numbers in doubt comes first, and before all that photos do not fit together;
    then what makes the numbers clearer, then what to do about them.

    Args:
        reading: one photo's, or the median of several.
        together: findings of the photos beside each other.
        alone: findings of the photo that is looked at.
        stances: how many there are of the session.
        more_photos: whether the person can take more; of a sample nobody can.
    """
    words = page_texts()["check"]["next"]
    in_mm = reading.hollow_depth_mm is not None
    doubts = [
        item
        for item in (*together, *ranked(alone, in_mm=in_mm))
        if item.severity == "warning" and concerns_numbers(item)
    ]
    if doubts:
        return NextStep(doubts[0].fix, doubts[0].message)
    verdict = "typical" if reading.bands is None else reading.bands.verdict
    if verdict == "typical":
        return NextStep(words["typical"])
    missing = load_stances().session.stances - stances
    if "/" in verdict and more_photos and missing > 0:
        return NextStep(filled(words["between"], missing=missing))
    return NextStep(words["exercises"], page="exercises")
