"""Thresholds and words of the live view, read from ``data/live.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field

from posture._support.plain import stored_as
from posture._support.tables import data_table
from posture.verdict.stances import load_stances


@dataclass(frozen=True)
class LiveFrameSettings:
    """Which frames are looked at and when a person is asked to turn; see ``data/live.toml``."""

    long_side_px: int
    max_yaw_deg: float
    lost_s: float


@dataclass(frozen=True)
class SmoothingSettings:
    """Of the One-Euro filter; see ``data/live.toml``."""

    median_of: int
    still_hz: float
    per_unit_hz: float
    speed_hz: float


@dataclass(frozen=True)
class StillnessSettings:
    """What counts as standing still; see ``data/live.toml``."""

    still_s: float
    max_body_move: float
    max_hand_move: float
    max_gap_s: float


@dataclass(frozen=True)
class GuidanceSettings:
    """When something else is said and when pictures are forgotten; see ``data/live.toml``."""

    settle_s: float
    forget_s: float

    @property
    def pictures(self) -> int:
        """How many are taken: one of each stance of a session."""
        return load_stances().session.stances


@dataclass(frozen=True)
class StepAwaySettings:
    """What counts as a step away between two stances; see ``data/live.toml``."""

    trunks: float
    unseen_s: float


@dataclass(frozen=True)
class Instruction:
    """What the person is told.

    Attributes:
        key: its name.
        findings: codes of the findings that call for it.
        big: two or three words that can be read from three metres away.
        say: one sentence, for the voice and for those who are near.
    """

    key: str
    findings: tuple[str, ...]
    big: str
    say: str


@dataclass(frozen=True)
class LiveSettings:
    """All of ``data/live.toml``; `instructions` in the order of importance."""

    frame: LiveFrameSettings
    smoothing: SmoothingSettings
    stillness: StillnessSettings
    guidance: GuidanceSettings
    step_away: StepAwaySettings
    instructions: tuple[Instruction, ...] = field(metadata=stored_as("instruction"))


def live_settings() -> LiveSettings:
    """The built-in settings."""
    return data_table("live", LiveSettings)
