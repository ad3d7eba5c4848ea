"""The thresholds of the checks, read from ``data/checks.toml``, which says what each one is."""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import Spaced, Span, data_table
from posture.view.body_reach import BodyReach


class PersonLimits(NamedTuple):
    """Whether a trunk is seen at all; see ``data/checks.toml``."""

    min_visibility: float


class SeveralPeopleLimits(NamedTuple):
    """Who else is in the picture; see ``data/checks.toml``."""

    background_size_ratio: float
    similar_size_ratio: float
    clear_gap: float
    max_stray_area: float
    max_thighs_width: float
    thighs_apart: float


class SideOnLimits(NamedTuple):
    """Seen from the side; see ``data/checks.toml``."""

    refuse_yaw_deg: float
    warn_yaw_deg: float
    refuse_shoulder_width: float
    min_facing: float
    either_way_deg: float


class FrameLimits(NamedTuple):
    """The trunk inside the picture; see ``data/checks.toml``."""

    margin_px: float
    thigh_share: float
    below_hips: float
    min_leg_share: float
    min_neck_share: float


class ResolutionLimits(NamedTuple):
    """Pixels along the trunk; see ``data/checks.toml``."""

    refuse_trunk_px: float
    warn_trunk_px: float


class StretchLimits(NamedTuple):
    """Width of the picture against its height; see ``data/checks.toml``."""

    max_yaw_deg: float
    refuse_below: float
    warn_below: float
    warn_above: float


class WornLimits(NamedTuple):
    """Corners of things on the back; see ``data/checks.toml``."""

    warn_corners_deg: float
    refuse_corners_deg: float
    warn_coloured_corner_deg: float


class ArmLimits(NamedTuple):
    """Arms and hands at the outline; see ``data/checks.toml``."""

    half_width_mm: float
    close_mm: float
    poking_out_mm: float
    hand_above_mm: float
    hand_behind_mm: float
    warn_along_mm: float
    refuse_along_mm: float


class HairLimits(NamedTuple):
    """Hair on the back; see ``data/checks.toml``."""

    min_above_shoulders_mm: float
    max_layer_mm: float
    min_neck_step_mm: float
    min_neck_step_with_colour_mm: float
    blades: Span
    neck_mm: float
    neck_step_mm: float
    columns_mm: Spaced


class ClothingLimits(NamedTuple):
    """Tops that hang or bunch; see ``data/checks.toml``."""

    min_hem_edge: float
    min_cover_mm: float
    cover_mm: Span
    top_hem_mm: Span
    waistband_mm: Span
    hem_blur_mm: float
    min_flare_deg: float
    max_waist_edge: float
    flare_mm: Span
    flare_percentile: float
    max_hem_step_mm: float
    hanging_flare_deg: float
    hanging_step_mm: float
    hem_height_mm: float
    hem_mm: Span
    warn_bend_deg_per_cm: float
    refuse_bend_deg_per_cm: float


class TrunkLimits(NamedTuple):
    """Standing upright; see ``data/checks.toml``."""

    refuse_lean_deg: float
    warn_lean_deg: float
    turned_deg: float
    max_turned_bend_deg: float


class LevelLimits(NamedTuple):
    """The camera's own turn; see ``data/checks.toml``."""

    warn_roll_deg: float


class StanceLimits(NamedTuple):
    """Thighs and feet; see ``data/checks.toml``."""

    refuse_thigh_deg: float
    warn_stride: float
    warn_heel_step: float


class LightLimits(NamedTuple):
    """Light, contrast and how clear the outline is; see ``data/checks.toml``."""

    dark_lightness: float
    burnt_lightness: float
    min_contrast: float
    max_faint_share: float
    max_doubt_mm: float
    max_rival_mm: float
    max_hesitation_mm: float
    hesitation_percentile: float


class SharpnessLimits(NamedTuple):
    """Edges that are edges; see ``data/checks.toml``."""

    warn_softness_mm: float
    refuse_edge_width_mm: float
    refuse_hesitation_mm: float
    sharp_edge_width_mm: float


class OutlineLimits(NamedTuple):
    """An outline that is a back's; see ``data/checks.toml``."""

    min_found: float
    found_share: float
    hollow_share: float
    max_thoracic_mm: float
    max_lumbar_mm: float
    max_poking_out_mm: float
    poking_width_mm: float
    poked_mm: Span
    max_step_mm: float
    step_height_mm: float
    stepped_mm: Span
    max_rival_mm: float
    min_bow_mm: float
    straight_mm: float
    bowed_mm: Span
    max_ci95_deg: float


class RegionLimits(NamedTuple):
    """What of the photo a finding marks; see ``data/checks.toml``."""

    margin: float
    outline_margin_mm: float
    cut_share: float


class Limits(NamedTuple):
    """All of ``data/checks.toml``."""

    person: PersonLimits
    several_people: SeveralPeopleLimits
    body_reach: BodyReach
    side_on: SideOnLimits
    frame: FrameLimits
    resolution: ResolutionLimits
    stretch: StretchLimits
    worn: WornLimits
    arm: ArmLimits
    hair: HairLimits
    clothing: ClothingLimits
    trunk: TrunkLimits
    level: LevelLimits
    stance: StanceLimits
    light: LightLimits
    sharpness: SharpnessLimits
    outline: OutlineLimits
    region: RegionLimits


def load_limits() -> Limits:
    """The built-in thresholds."""
    return data_table("checks", Limits)
