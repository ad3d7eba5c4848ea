"""From numbers to bands and to the words of the home wall test."""

from __future__ import annotations

from posture._support.texts import filled, texts
from posture.result import Z95, Bands, Measured
from posture.subject import Subject
from posture.verdict.norms import Norms

BAND_NAMES = ("flat", "typical", "borderline", "deep")
# One band, or the first and the last of several, in the order of the curve.
VERDICTS = tuple(
    low if low == high else f"{low}/{high}"
    for first, low in enumerate(BAND_NAMES)
    for high in BAND_NAMES[first:]
)

Cuts = tuple[float, float, float]


def band_of(measured: Measured, cuts: Cuts) -> str:
    """The band of a value; where its interval reaches over cuts, the first and last band in it.

    The two are joined by "/": all bands from one to the other are covered.
    """
    low, high = measured.value - measured.ci95, measured.value + measured.ci95
    first = sum(cut <= low for cut in cuts)
    # An interval that ends at a cut does not reach over it.
    last = max(first, sum(cut < high for cut in cuts))
    return _joined(first, last)


def verdict_of(slca_band: str, depth_band: str) -> str:
    """All bands that angle or depth may lie in: one where both are sure of the same one."""
    indices = [BAND_NAMES.index(name) for name in (slca_band + "/" + depth_band).split("/")]
    return _joined(min(indices), max(indices))


def covered(bands: str) -> tuple[str, ...]:
    """The bands that :func:`band_of` or :func:`verdict_of` name, those in between included."""
    indices = [BAND_NAMES.index(name) for name in bands.split("/")]
    return BAND_NAMES[min(indices) : max(indices) + 1]


def bands_for(
    slca_deg: Measured,
    depth_mm: Measured | None,
    depth_ratio: Measured,
    subject: Subject,
    norms: Norms,
) -> Bands:
    """Bands on the angle, on the depth (ratio when there is no scale), and the verdict."""
    slca = band_of(slca_deg, norms.slca_cuts_deg[subject.sex])
    if depth_mm is not None:
        depth = band_of(depth_mm, norms.depth_cuts_mm[subject.sex])
    else:
        depth = band_of(depth_ratio, norms.ratio_cuts[subject.sex])
    return Bands(slca=slca, depth=depth, verdict=verdict_of(slca, depth))


def hollow_in_hands(
    depth_mm: Measured | None, depth_ratio: Measured, subject: Subject, norms: Norms
) -> Measured:
    """Depth in thicknesses of a flat hand; its error includes the spread between people's hands.

    Without a stature the depth is taken at the reference stature of the person's sex.
    """
    if depth_mm is None:
        bridge_mm = norms.bridge_per_stature[subject.sex] * norms.reference_stature_mm[subject.sex]
        depth_mm = Measured(depth_ratio.value * bridge_mm, depth_ratio.ci95 * bridge_mm)
    own = subject.hand_thickness_mm
    hand_mm = own if own is not None else norms.hand_thickness_mm[subject.sex]
    hand_ci_mm = 0.0 if own is not None else Z95 * norms.hand_thickness_sd_mm
    hands = depth_mm.value / hand_mm
    spread = ((depth_mm.ci95 / hand_mm) ** 2 + (hands * hand_ci_mm / hand_mm) ** 2) ** 0.5
    return Measured(hands, spread)


def wall_test_sentence(hands: Measured, norms: Norms) -> str:
    """What the popular home test would say of this many hands (the rule is unvalidated)."""
    little, one, more = norms.wall_test_cuts_hands
    words = texts()["wall_test"]
    if hands.value < little:
        sentence = words["little_room"]
    elif hands.value < one:
        sentence = words["one_hand"]
    elif hands.value < more:
        sentence = f"{words['more_than_one']} {words['above_one_hand']}"
    else:
        sentence = f"{words['two_or_more']} {words['above_one_hand']}"
    return filled(sentence, hands=hands.value)


def _joined(first: int, last: int) -> str:
    low, high = BAND_NAMES[first], BAND_NAMES[last]
    return low if first == last else f"{low}/{high}"
