"""What is known of a clip in the end: frozen, typed, and the same object in JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from posture._support.outside import json_text
from posture.clip.gait import Gait
from posture.clip.motion import Motion
from posture.findings import Finding
from posture.photo.decode import Photo
from posture.result import Result


@dataclass(frozen=True)
class MeasuredMoment:
    """One frame that was measured as a photo is.

    Attributes:
        time_s: in the clip.
        result: what was measured, in pixels of `photo`.
        photo: the picture round the person.
    """

    time_s: float
    result: Result
    photo: Photo

    @property
    def warnings(self) -> int:
        """How many warnings the frame has."""
        return sum(item.severity == "warning" for item in self.result.findings)


@dataclass(frozen=True)
class Spread:
    """The frames' median with its 95 % half-width, and their standard deviation."""

    median: float
    ci95: float
    spread: float


@dataclass(frozen=True)
class Trace:
    """The quick readings over the whole clip, for the plot; NaN where there was none."""

    time_s: tuple[float, ...]
    angle_deg: tuple[float, ...]


@dataclass(frozen=True)
class ClipOutcome:
    """Everything that is known about one clip.

    Attributes:
        clip: path as it was given.
        status: "refused" when there is neither a curve nor a gait.
        duration_s: up to the last frame that was looked at.
        looked_at: frames; seen: those with the person; fit: those fit to be measured.
        readings: frames that were measured, in the order of time.
        together: their numbers as one result; the one frame's own when there is just one.
        slca_deg, hollow_depth_ratio, hollow_depth_mm: median and spread of the readings.
        gait: steps and lean, when the person walks or runs in profile.
        refusal: why nothing was measured.
        findings: what is to be said about the clip as a whole.
        refused_frames: how often each reason was met, by finding code.
        trace: the quick readings.
        motion: the person frame by frame; None where nobody asked, or nobody was seen.
    """

    clip: str
    status: Literal["measured", "refused"]
    duration_s: float
    looked_at: int
    seen: int
    fit: int
    readings: tuple[MeasuredMoment, ...]
    together: Result | None
    slca_deg: Spread | None
    hollow_depth_ratio: Spread | None
    hollow_depth_mm: Spread | None
    gait: Gait | None
    refusal: Finding | None
    findings: tuple[Finding, ...]
    refused_frames: dict[str, int]
    trace: Trace = field(repr=False)
    disclaimer: str
    motion: Motion | None = field(default=None, repr=False)

    @property
    def best(self) -> MeasuredMoment | None:
        """The reading with the fewest warnings, of these the one with the narrowest error bar."""

        def flaws(reading: MeasuredMoment) -> tuple[int, float]:
            return reading.warnings, reading.result.numbers().slca_deg.ci95

        return min(self.readings, key=flaws, default=None)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for JSON; without pictures and trace."""

        def plain(value: object) -> Any:
            return None if value is None else asdict(value)  # type: ignore[call-overload]

        return {
            "kind": "clip",
            "clip": self.clip,
            "status": self.status,
            "duration_s": round(self.duration_s, 3),
            "frames": {"looked_at": self.looked_at, "seen": self.seen, "fit": self.fit},
            "slca_deg": plain(self.slca_deg),
            "hollow_depth_ratio": plain(self.hollow_depth_ratio),
            "hollow_depth_mm": plain(self.hollow_depth_mm),
            "verdict": self.verdict,
            "best_time_s": None if self.best is None else round(self.best.time_s, 3),
            "readings": [
                {
                    "time_s": round(reading.time_s, 3),
                    "slca_deg": plain(reading.result.slca_deg),
                    "hollow_depth_ratio": plain(reading.result.hollow_depth_ratio),
                    "hollow_depth_mm": plain(reading.result.hollow_depth_mm),
                }
                for reading in self.readings
            ],
            "gait": plain(self.gait),
            "refusal": plain(self.refusal),
            "findings": [plain(item) for item in self.findings],
            "refused_frames": self.refused_frames,
            "disclaimer": self.disclaimer,
        }

    @property
    def verdict(self) -> str | None:
        """The band of a standing person; None while walking, for the bands are of standing ones."""
        if self.gait is not None or self.together is None or self.together.bands is None:
            return None
        return self.together.bands.verdict

    def to_json(self) -> str:
        """One line of JSON."""
        return json_text(self.to_dict())
