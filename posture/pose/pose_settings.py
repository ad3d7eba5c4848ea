"""Numbers of looking for people, read from ``data/pose.toml``, which says what each one is."""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import data_table


class PictureSettings(NamedTuple):
    """What of a photo the model is shown; see ``data/pose.toml``."""

    analysed_px: int


class MaskSettings(NamedTuple):
    """Where the mask calls a pixel the person's; see ``data/pose.toml``."""

    level: float


class DetectionSettings(NamedTuple):
    """Of the first look at a photo; see ``data/pose.toml``."""

    max_people: int
    confidence: float


class EagerSettings(NamedTuple):
    """Of the second look, with a margin round the photo; see ``data/pose.toml``."""

    confidence: float
    above: float
    below: float
    beside: float
    grey: int


class BesideSettings(NamedTuple):
    """Which parts of a photo may hold another person; see ``data/pose.toml``."""

    narrowest: float
    widest: float
    clearance: float
    above: float
    below: float
    looked_at_px: int


class SamePersonSettings(NamedTuple):
    """Which two readings are of one person; see ``data/pose.toml``."""

    trunks_apart: float
    masks_apart: float
    mask_share: float


class PoseSettings(NamedTuple):
    """All of ``data/pose.toml``."""

    picture: PictureSettings
    mask: MaskSettings
    detection: DetectionSettings
    eager: EagerSettings
    beside: BesideSettings
    same_person: SamePersonSettings


def pose_settings() -> PoseSettings:
    """The built-in settings."""
    return data_table("pose", PoseSettings)
