"""The verdict on a measured curve: bands, hands, wall-test sentence, repeatability."""

from __future__ import annotations

from dataclasses import dataclass

from posture.result import Bands, Measured, Percentiles, Repeatability
from posture.subject import Subject
from posture.verdict.bands import bands_for, hollow_in_hands, wall_test_sentence
from posture.verdict.norms import Norms
from posture.verdict.percentiles import percentiles_of


@dataclass(frozen=True)
class Verdict:
    """What reference values say of one measured curve; fields as in :class:`posture.Result`."""

    hollow_hands: Measured
    bands: Bands
    percentiles: Percentiles
    wall_test: str
    repeatability: Repeatability


def judged(
    slca_deg: Measured,
    depth_mm: Measured | None,
    depth_ratio: Measured,
    subject: Subject,
    norms: Norms,
) -> Verdict:
    """The verdict on an angle and a depth.

    Args:
        slca_deg: surface lumbar curve angle.
        depth_mm: depth of the hollow; None without a stature.
        depth_ratio: depth / bridge length.
        subject: chooses the cuts and the hand.
        norms: the reference values.
    """
    hands = hollow_in_hands(depth_mm, depth_ratio, subject, norms)
    share = norms.repeatability_fraction
    return Verdict(
        hollow_hands=hands,
        bands=bands_for(slca_deg, depth_mm, depth_ratio, subject, norms),
        percentiles=percentiles_of(slca_deg, depth_mm, depth_ratio, subject.sex, norms),
        wall_test=wall_test_sentence(hands, norms),
        repeatability=Repeatability(
            slca_deg=share * slca_deg.value,
            hollow_depth_mm=None if depth_mm is None else share * depth_mm.value,
        ),
    )
