"""Numbers of the view, read from ``data/view.toml``, which says what each one is."""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import Spaced, Span, data_table


class FrameSettings(NamedTuple):
    """Size of the trunk's own coordinates; see ``data/view.toml``."""

    trunk_per_stature: float


class FacingSettings(NamedTuple):
    """Which way a person faces; see ``data/view.toml``."""

    min_visibility: float
    head_part: float
    feet_part: float
    min_vote: float


class YawSettings(NamedTuple):
    """How sure the turn away from side-on is; see ``data/view.toml``."""

    ci95_deg: float


class Yardstick(NamedTuple):
    """A length in the photo whose ratio to stature (at the depth of the back line) is known.

    Attributes:
        per_stature: its length as a fraction of stature.
        relative_sd: standard deviation of that fraction between people and views.
    """

    per_stature: float
    relative_sd: float


class ScaleSettings(NamedTuple):
    """Yardsticks, and when the person is cut off; see ``data/view.toml``."""

    edge_margin_px: float
    feet_below_ankles: float
    crown_to_sole: Yardstick
    shoulder_to_sole: Yardstick
    trunk: Yardstick


class StretchSettings(NamedTuple):
    """Proportions of foot and head; see ``data/view.toml``."""

    constant: float
    foot: float
    head: float
    head_levels: tuple[float, ...]
    least_share: float


class BodySettings(NamedTuple):
    """Where the bones of a body end; see ``data/view.toml``."""

    crown: float
    fingertips: float
    belly: float
    thighs: Span


class LevelSettings(NamedTuple):
    """Upright lines round the person; see ``data/view.toml``."""

    lines_px: int
    squeezed: float
    min_line: float
    max_lean_deg: float
    person_level: float
    person_margin: float
    rolls_deg: Spaced
    convergences_deg: Spaced
    agreement_deg: float
    agreeing: float
    convergence_cost: float
    min_support: float
    min_lines: int


class ViewSettings(NamedTuple):
    """All of ``data/view.toml``."""

    frame: FrameSettings
    facing: FacingSettings
    yaw: YawSettings
    scale: ScaleSettings
    stretch: StretchSettings
    body: BodySettings
    level: LevelSettings


def view_settings() -> ViewSettings:
    """The built-in settings."""
    return data_table("view", ViewSettings)
