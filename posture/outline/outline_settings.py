"""Numbers of the outline, read from ``data/outline.toml``, which says what each one is.

Lengths are in nominal mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from posture._support.tables import Spaced, Span, data_table

Lab = tuple[float, float, float]


class DefinitionSettings(NamedTuple):
    """The scale at which the curve is defined; see ``data/outline.toml``."""

    step_mm: float
    half_wavelength_mm: float


class MaskSettings(NamedTuple):
    """Where the mask's rear edge is looked for; see ``data/outline.toml``."""

    rows_mm: Span
    behind_mm: float


class LineSettings(NamedTuple):
    """How sure the outline is; see ``data/outline.toml``."""

    usual_doubt_mm: float
    stretch_mm: float


class PhotoSettings(NamedTuple):
    """What of the photo is looked at, and told; see ``data/outline.toml``."""

    finest_px_per_mm: float
    margin_mm: float
    contour_step_mm: float


@dataclass(frozen=True)
class EdgeSettings:
    """The refinement on the photo; see ``data/outline.toml``."""

    guide_half_wavelength_mm: float
    max_offset_mm: float
    sample_mm: float
    step_mm: float
    along_mm: float
    mask_weight: float
    mask_clip: float
    colour_weight: float
    colour_mm: float
    colour_clip: float
    change_weight: float
    change_mm: float
    change_along_mm: float
    min_noise: float
    foreign_weight: float
    scene_weight: float
    path_rows: int
    smoothness: float
    max_slope: float
    temperature: float
    apart_from_mm: float
    straight_mm: float
    apart_mm: float
    seen_change: float
    bow_mm: float
    straight_doubt_mm: float
    softness_mm: float

    @property
    def half_width_mm(self) -> float:
        """Half the width of the band of the photo that is looked at."""
        return self.max_offset_mm + self.sample_mm


class ColourSettings(NamedTuple):
    """Which colours are the person's; see ``data/outline.toml``."""

    lab_low: Lab
    lab_high: Lab
    bin_lab: float
    blur_bins: float
    rare_share: float
    most_foreign: float
    scene_step_mm: float
    scene_across_mm: float
    middle_mm: float
    middle_from_mm: float
    sure: float


class ClothingSettings(NamedTuple):
    """Bare skin or tight cloth; see ``data/outline.toml``."""

    cloth_mm: float
    under_mm: Spaced
    lightness: float
    even_colour: float
    colour_scale: float
    along_mm: float
    cheek_up_mm: Span
    cheek_back: Span
    cheek_places: int


class HairSettings(NamedTuple):
    """Hair at the outline; see ``data/outline.toml``."""

    row_mm: float
    head_below_ear_mm: float
    head_above_ear_mm: float
    under_mm: Spaced
    outermost_mm: float
    beneath_mm: float
    trunk_under_mm: Spaced
    near_trunk_mm: float
    layers: int
    layer_samples: int
    layer_from_mm: float
    layer_to_mm: float
    columns_mm: Spaced
    gap_mm: float
    steadied_lightness: float
    lit_lightness: float
    same_colour: float
    same_hair: float
    share_of_row: float
    first_rows: int
    unlike_skin: float
    same_layer: float
    other_layer: float
    most_on_trunk: float


class WornSettings(NamedTuple):
    """Things with corners on the back; see ``data/outline.toml``."""

    levels_mm: Span
    piece_mm: float
    edge_mm: float
    colour_reach_mm: float
    other_colour: float


class SharpnessSettings(NamedTuple):
    """How sharp the picture is; see ``data/outline.toml``."""

    steepest_share: float
    extremes: Span


class OutlineSettings(NamedTuple):
    """All of ``data/outline.toml``."""

    definition: DefinitionSettings
    mask: MaskSettings
    line: LineSettings
    photo: PhotoSettings
    edge: EdgeSettings
    colours: ColourSettings
    clothing: ClothingSettings
    hair: HairSettings
    worn: WornSettings
    sharpness: SharpnessSettings


def outline_settings() -> OutlineSettings:
    """The built-in settings."""
    return data_table("outline", OutlineSettings)
