"""The pictures that are taken, one of each stance of a session, measured as one reading."""

from __future__ import annotations

from collections.abc import Sequence

from posture.combine import combined
from posture.live.guidance import Guidance
from posture.live.sources import Frame
from posture.pose.record import RgbImage
from posture.result import Result
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer


class Pictures:
    """Keeps the pictures of one round until all are taken."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._kept: list[RgbImage] = []

    def add(self, frame: Frame, guidance: Guidance) -> tuple[RgbImage, ...] | None:
        """All pictures of the round when this frame is the last of them, else None."""
        if guidance.taken == 0 or (guidance.take and guidance.taken == 1):
            self._kept = []
        if not guidance.take:
            return None
        self._kept.append(frame.rgb)
        if len(self._kept) < self._count:
            return None
        whole, self._kept = tuple(self._kept), []
        return whole

    def so_far(self) -> tuple[RgbImage, ...]:
        """Those of a round that is not whole."""
        return tuple(self._kept)


def measured_together(
    analyzer: IsolatedAnalyzer, pictures: Sequence[RgbImage], subject: Subject
) -> Result:
    """The pictures' median on the first one that could be measured; else the first refusal."""
    results = [analyzer.analyze(picture, subject) for picture in pictures]
    good = [result for result in results if result.status == "measured"]
    if not good:
        return results[0]
    return combined(good, analyzer.settings.norms).on(good[0]) if len(good) > 1 else good[0]
