"""The numbers of the accuracy page, from evaluated pictures; their wording is in the template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.rows import EvaluatedPicture, Reading, TrueCurve, Truth
from posture.result import Measured
from posture.verdict.bands import BAND_NAMES, band_of, covered, verdict_of
from posture.verdict.norms import load_norms

Array = NDArray[np.float64]
Pictures = Sequence[EvaluatedPicture]

# Fewer measured pictures than this say nothing about a group.
FEWEST_MEASURED = 3
# Turned by this much or more, a picture is no longer in the protocol (degrees, both included).
JUST_OUTSIDE_YAW_DEG = (10.0, 20.0)
YAW_RANGES_DEG = ((0, 5), (5, 10), (10, 15), (15, 21))
HEIGHT_RANGES_PX = ((0, 800), (800, 1600), (1600, 9999))

# Which findings count as the right reason for a picture that cannot be measured.
RIGHT_REASONS = {
    "not-side-on": {"not-side-on", "turned-away-from-side", "facing-unclear"},
    "arm-over-back": {
        "arm-over-back",
        "arm-near-back",
        "arm-beside-back",
        "something-behind-back",  # "another person, a hand or a thing"
    },
    "several-people": {
        "several-people",
        "more-than-one-body",
        "something-behind-back",
        "others-in-background",
    },
    "trunk-out-of-frame": {"trunk-out-of-frame", "no-person"},
    "hair-over-back": {"hair-over-back"},
    "loose-clothing": {"clothing-loose"},
}


@dataclass(frozen=True)
class QuantityErrors:
    """Measured minus true of one quantity, its stated 95 % half-width, and the truth; (n,) each."""

    error: Array
    ci95: Array
    true: Array

    @property
    def correlation(self) -> float:
        """Of measured and true."""
        return float(np.corrcoef(self.true, self.true + self.error)[0, 1])


@dataclass(frozen=True)
class Errors:
    """Angle and depth of the measured ones among some pictures."""

    slca_deg: QuantityErrors
    depth_mm: QuantityErrors

    @property
    def measured(self) -> int:
        """How many pictures."""
        return len(self.slca_deg.error)


@dataclass(frozen=True)
class ErrorSummary:
    """Mean absolute error, its 95th percentile, bias, and the share of truths inside ±."""

    mae: float
    percentile_95: float
    bias: float
    coverage: float


@dataclass(frozen=True)
class Group:
    """One line of an error table; without summaries when too few pictures were measured."""

    name: str
    pictures: int
    measured: int
    slca_deg: ErrorSummary | None
    depth_mm: ErrorSummary | None


@dataclass(frozen=True)
class Difference:
    """Mean and standard deviation of measured minus true, and their correlation."""

    mean: float
    sd: float
    correlation: float


@dataclass(frozen=True)
class CurveDifference:
    """The readings against one kind of truth."""

    slca_deg: Difference
    depth_mm: Difference


@dataclass(frozen=True)
class Refusals:
    """How pictures that cannot be measured for one reason were taken: counts.

    `noticed` were refused or warned of, `rightly` for that reason.
    """

    reason: str
    pictures: int
    refused: int
    noticed: int
    rightly: int


@dataclass(frozen=True)
class InProtocol:
    """What the page says of the pictures in protocol as a whole.

    Attributes:
        pictures, refused: counts.
        slca_correlation, depth_correlation: of measured and true.
        slca_ci95_deg, depth_ci95_mm: median half-widths.
        true_band_share: of verdicts that name the true band, 0 to 1.
        most_bands_off: how many bands the worst verdict is off.
        loose_clothes, hair, second_body: how many are falsely told of these.
    """

    pictures: int
    refused: int
    slca_correlation: float
    depth_correlation: float
    slca_ci95_deg: float
    depth_ci95_mm: float
    true_band_share: float
    most_bands_off: int
    loose_clothes: int
    hair: int
    second_body: int


@dataclass(frozen=True)
class AccuracyNumbers:
    """Everything that the page is filled with; a tuple of groups makes a table."""

    pictures: int
    seeds: tuple[str, ...]
    in_protocol: InProtocol
    against_skin: CurveDifference
    against_skin_of_camera: CurveDifference
    against_midline: CurveDifference
    whole_protocol: Group
    just_outside: tuple[Group, ...]
    by_stratum: tuple[Group, ...]
    by_yaw: tuple[Group, ...]
    by_arms: tuple[Group, ...]
    by_outfit: tuple[Group, ...]
    by_background: tuple[Group, ...]
    by_height: tuple[Group, ...]
    refusals: tuple[Refusals, ...]


def accuracy_numbers(pictures: Pictures) -> AccuracyNumbers:
    """Everything that the page is filled with.

    Raises:
        ValueError: when fewer than two pictures in protocol were measured.
    """
    easy = in_stratum(pictures, "in_protocol")
    if len(readings(easy)) < 2:
        raise ValueError("a page needs at least two measured pictures in protocol")
    sides = in_stratum(pictures, "in_protocol", "yaw")
    measurable = [picture for picture in pictures if picture.truth.measurable]
    near = [*sides, *in_stratum(pictures, "arms_hanging")]
    return AccuracyNumbers(
        pictures=len(pictures),
        seeds=tuple(sorted({picture.seed for picture in pictures})),
        in_protocol=in_protocol(easy),
        against_skin=difference_to(easy, lambda truth: truth.skin),
        against_skin_of_camera=difference_to(easy, lambda truth: truth.skin_of_camera),
        against_midline=difference_to(easy, lambda truth: truth.midline),
        whole_protocol=group("in protocol", easy),
        just_outside=(
            group("turned by 10 to 20°", list(filter(turned_outside, near))),
            group("arms hanging, not over the hollow", list(filter(arms_hang_clear, near))),
        ),
        by_stratum=groups_by(measurable, lambda truth: truth.stratum),
        by_yaw=groups_by_range(sides, lambda truth: abs(truth.yaw_deg), YAW_RANGES_DEG),
        by_arms=groups_by(easy, lambda truth: truth.arms),
        by_outfit=groups_by(easy, lambda truth: truth.outfit),
        by_background=groups_by(easy, lambda truth: truth.background),
        by_height=groups_by_range(easy, lambda truth: truth.height_px, HEIGHT_RANGES_PX),
        refusals=refusals(pictures),
    )


def in_stratum(pictures: Pictures, *names: str) -> list[EvaluatedPicture]:
    """The pictures of some strata."""
    return [picture for picture in pictures if picture.truth.stratum in names]


def readings(pictures: Iterable[EvaluatedPicture]) -> list[tuple[Truth, Reading]]:
    """Truth and reading of those that were measured."""
    return [(picture.truth, picture.reading) for picture in pictures if picture.reading is not None]


def errors_of(pictures: Iterable[EvaluatedPicture]) -> Errors:
    """Of the measured ones, against the bare skin seen from the side."""
    pairs = readings(pictures)
    return Errors(
        slca_deg=_errors([(r.slca_deg, t.skin.slca_deg) for t, r in pairs]),
        depth_mm=_errors([(r.hollow_depth_mm, t.skin.hollow_depth_mm) for t, r in pairs]),
    )


def _errors(pairs: Sequence[tuple[Measured, float]]) -> QuantityErrors:
    table = [(measured.value - true, measured.ci95, true) for measured, true in pairs]
    error, ci95, true = np.array(table, dtype=float).reshape(-1, 3).T
    return QuantityErrors(error, ci95, true)


def summary(errors: QuantityErrors) -> ErrorSummary:
    """Of at least one picture."""
    size = np.abs(errors.error)
    return ErrorSummary(
        mae=float(size.mean()),
        percentile_95=float(np.percentile(size, 95)),
        bias=float(errors.error.mean()),
        coverage=float(np.mean(size <= errors.ci95)),
    )


def group(name: str, pictures: Pictures) -> Group:
    """One line of an error table."""
    errors = errors_of(pictures)
    enough = errors.measured >= FEWEST_MEASURED
    return Group(
        name=name,
        pictures=len(pictures),
        measured=errors.measured,
        slca_deg=summary(errors.slca_deg) if enough else None,
        depth_mm=summary(errors.depth_mm) if enough else None,
    )


def groups_by(pictures: Pictures, value: Callable[[Truth], str]) -> tuple[Group, ...]:
    """One group for each value that occurs, in alphabetical order."""
    names = sorted({value(picture.truth) for picture in pictures})
    return tuple(
        group(name, [picture for picture in pictures if value(picture.truth) == name])
        for name in names
    )


def groups_by_range(
    pictures: Pictures, value: Callable[[Truth], float], ranges: Iterable[tuple[int, int]]
) -> tuple[Group, ...]:
    """One group for each range; its lower end is included, its upper end is not."""
    return tuple(
        group(
            f"{low} to {high}",
            [picture for picture in pictures if low <= value(picture.truth) < high],
        )
        for low, high in ranges
    )


def turned_outside(picture: EvaluatedPicture) -> bool:
    """Whether the person is turned a little more than the protocol allows."""
    low, high = JUST_OUTSIDE_YAW_DEG
    return low <= abs(picture.truth.yaw_deg) <= high


def arms_hang_clear(picture: EvaluatedPicture) -> bool:
    """Whether the arms hang, but not over the hollow."""
    truth = picture.truth
    return truth.stratum == "arms_hanging" and truth.measurable and truth.hidden_by_arms_mm == 0


def in_protocol(pictures: Pictures) -> InProtocol:
    """What the page says of all pictures in protocol."""
    errors = errors_of(pictures)
    bands_off = [band_distance(truth, reading) for truth, reading in readings(pictures)]

    def told(code: str) -> int:
        return sum(code in picture.noticed for picture in pictures)

    return InProtocol(
        pictures=len(pictures),
        refused=len(pictures) - errors.measured,
        slca_correlation=errors.slca_deg.correlation,
        depth_correlation=errors.depth_mm.correlation,
        slca_ci95_deg=float(np.median(errors.slca_deg.ci95)),
        depth_ci95_mm=float(np.median(errors.depth_mm.ci95)),
        true_band_share=float(np.mean(np.array(bands_off) == 0)),
        most_bands_off=max(bands_off),
        loose_clothes=told("clothing-loose"),
        hair=told("hair-over-back"),
        second_body=told("more-than-one-body"),
    )


def difference_to(pictures: Pictures, truth_of: Callable[[Truth], TrueCurve]) -> CurveDifference:
    """The readings against one kind of truth."""
    pairs = [(reading, truth_of(truth)) for truth, reading in readings(pictures)]
    return CurveDifference(
        slca_deg=_difference([(r.slca_deg.value, t.slca_deg) for r, t in pairs]),
        depth_mm=_difference([(r.hollow_depth_mm.value, t.hollow_depth_mm) for r, t in pairs]),
    )


def _difference(pairs: Sequence[tuple[float, float]]) -> Difference:
    read, true = np.array(pairs).T
    apart = read - true
    return Difference(
        mean=float(apart.mean()),
        sd=float(apart.std(ddof=1)),
        correlation=float(np.corrcoef(read, true)[0, 1]),
    )


def true_verdict(truth: Truth) -> str:
    """The band that the true values come to."""
    norms = load_norms()
    return verdict_of(
        band_of(Measured(truth.skin.slca_deg, 0.0), norms.slca_cuts_deg[truth.sex]),
        band_of(Measured(truth.skin.hollow_depth_mm, 0.0), norms.depth_cuts_mm[truth.sex]),
    )


def band_distance(truth: Truth, reading: Reading) -> int:
    """How many bands lie between what is said and what is true; 0 when they share one."""
    said = [BAND_NAMES.index(name) for name in covered(reading.verdict)]
    true = [BAND_NAMES.index(name) for name in covered(true_verdict(truth))]
    return min(abs(a - b) for a in said for b in true)


def refusals(pictures: Pictures) -> tuple[Refusals, ...]:
    """By reason, for the reasons that occur."""
    found = []
    for reason, codes in RIGHT_REASONS.items():
        those = [picture for picture in pictures if picture.truth.reason == reason]
        if those:
            found.append(
                Refusals(
                    reason=reason,
                    pictures=len(those),
                    refused=sum(picture.reading is None for picture in those),
                    noticed=sum(bool(picture.noticed) for picture in those),
                    rightly=sum(bool(picture.noticed & codes) for picture in those),
                )
            )
    return tuple(found)
