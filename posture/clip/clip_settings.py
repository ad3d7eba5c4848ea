"""Limits of the clip analysis, read from ``data/clip.toml``."""

from __future__ import annotations

from dataclasses import dataclass

from posture._support.tables import data_table


@dataclass(frozen=True)
class ClipFrameSettings:
    """Which frames are looked at and kept; see ``data/clip.toml``."""

    every_s: float
    kept: int
    first_moment_s: float


@dataclass(frozen=True)
class PeopleSettings:
    """Who is who from frame to frame; see ``data/clip.toml``."""

    same_within: float
    lost_s: float
    at_once: int
    around: float


@dataclass(frozen=True)
class GaitSettings:
    """What counts as a step; see ``data/clip.toml``."""

    min_steps: int
    min_prominence: float
    min_step_s: float
    max_step_s: float
    max_yaw_deg: float
    average_s: float
    lean_bias_deg: float
    lean_ci95_deg: float


@dataclass(frozen=True)
class MotionSettings:
    """What is told of every frame where somebody asks for it; see ``data/clip.toml``."""

    points: int
    lowest: float
    highest: float
    min_visibility: float


@dataclass(frozen=True)
class ClipSettings:
    """All of ``data/clip.toml``."""

    frames: ClipFrameSettings
    people: PeopleSettings
    gait: GaitSettings
    motion: MotionSettings


def clip_settings() -> ClipSettings:
    """The built-in settings."""
    return data_table("clip", ClipSettings)
