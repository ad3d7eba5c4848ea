"""Which frames of a clip are kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from posture.clip.moments import Moments


def test_an_hour_keeps_as_few_frames_as_a_minute() -> None:
    """The best of each moment stays, moments cover all the time, nothing else is encoded."""
    encoded: list[float] = []

    def jpeg(time_s: float) -> Callable[[], bytes]:
        def encode() -> bytes:
            encoded.append(time_s)
            return b"x"

        return encode

    moments = Moments(kept=24, first_s=0.5)
    rng = np.random.default_rng(1)
    times = np.arange(0, 3600, 1 / 15)
    flaws = rng.random(len(times))
    for time_s, flaw in zip(times, flaws, strict=True):
        moments.offer(time_s, flaw, jpeg(time_s))
    stills = moments.stills
    assert 12 <= len(stills) <= 24
    assert [still.time_s for still in stills] == sorted(still.time_s for still in stills)
    assert stills[0].time_s < 300 and stills[-1].time_s > 3300
    assert min(still.flaw for still in stills) == flaws.min()
    assert len(encoded) < 0.02 * len(times)
