"""Constants of the refinement of the outline on the photo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EdgeSettings:
    """Tuned constants of the refinement, lengths in nominal mm.

    The weights are those of a conditional logit model (McFadden 1974): of all places in a row, at
    which is the edge?  Chosen for the least error of angle and depth on known bodies, rounded.

    Attributes:
        guide_half_wavelength_mm: of the smoothing of the mask outline that the band follows.
        max_offset_mm: how far from there the edge may lie.
        sample_mm: colours are learnt over this distance on either side of the unsure zone.
        step_mm: sampling step across the outline.
        along_mm: colour models are averaged over this length of outline (Gaussian sigma).
        mask_weight: per mm and unit of the mask's log-odds, which count up to `mask_clip`.
        colour_weight: per mm and unit of the colours' log-odds within `colour_mm` of the edge,
            which count up to `colour_clip`.
        change_weight: of the logarithm of the change of colour (Lab units) between the means of
            `change_mm` on either side, averaged over `change_along_mm` of outline (sigma).
        min_noise: standard deviation in Lab units below which colours are not told apart.
        foreign_weight: per mm inside the edge and unit of the log-odds by which a colour, along the
            whole band, belongs to the background.
        scene_weight: the same for the rival outline (the alternative hypothesis), with the colours
            of the whole scene instead.
        path_rows: a path takes one step over this many rows.
        smoothness: cost of a step aside by one column, per mm; it grows with the square.
        max_slope: steepest path, offset per length of outline.
        temperature: of the softmax over paths.  This many neighbouring rows tell much the same and
            count as one: evidence and smoothness are divided by it.
        straight_mm, bow_mm: the outline is no back where it is straight over this length, within
            this standard deviation ...
        apart_mm, seen_change: ... while the rival runs at least this much further in at its
            deepest, along a change of colour of at least this (logarithm, in the mean).
        straight_doubt_mm: the posterior standard deviation that the rival is given then.
    """

    guide_half_wavelength_mm: float = 150.0
    max_offset_mm: float = 30.0
    sample_mm: float = 22.0
    step_mm: float = 0.75
    along_mm: float = 20.0
    mask_weight: float = 0.4
    mask_clip: float = 0.8
    colour_weight: float = 0.08
    colour_mm: float = 3.75
    colour_clip: float = 5.0
    change_weight: float = 4.0
    change_mm: float = 3.0
    change_along_mm: float = 3.0
    min_noise: float = 7.0
    foreign_weight: float = 0.25
    scene_weight: float = 0.5
    path_rows: int = 2
    smoothness: float = 1.0
    max_slope: float = 1.0
    temperature: float = 6.0
    straight_mm: float = 100.0
    bow_mm: float = 1.0
    apart_mm: float = 8.0
    seen_change: float = 1.5
    straight_doubt_mm: float = 2.5

    @property
    def half_width_mm(self) -> float:
        """Half the width of the band of the photo that is looked at."""
        return self.max_offset_mm + self.sample_mm


DEFAULT_SETTINGS = EdgeSettings()
