"""The numbers of the accuracy page, from evaluated pictures; their wording is in the template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import spread
from benchmarks.accuracy.gains import Gain, gains
from benchmarks.accuracy.rows import (
    MADE_UP,
    EvaluatedPicture,
    MeasuredCurve,
    TrueCurve,
    Truth,
    reading_of,
)
from posture.curve.calibration import Calibration, CurveErrorTerms, load_calibration
from posture.result import Measured
from posture.verdict.bands import BAND_NAMES, band_of, covered, verdict_of
from posture.verdict.norms import load_norms

Array = NDArray[np.float64]
Pictures = Sequence["JudgedPicture"]

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
    "loose-clothing": {"clothing-loose", "clothing-hangs"},
}
NOTHING_TOLD = "no warning"


@dataclass(frozen=True)
class JudgedPicture(EvaluatedPicture):
    """An evaluated picture, judged as if its family of bodies had never been seen.

    Attributes:
        left_out: the reading with error bars fitted on the other families.
    """

    left_out: MeasuredCurve | None


@dataclass(frozen=True)
class QuantityErrors:
    """Measured minus true of one quantity, its stated 95 % half-widths, and the truth; (n,) each.

    `ci95` is with the terms in use, `left_out_ci95` with those fitted on the other families.
    """

    error: Array
    ci95: Array
    left_out_ci95: Array
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
class HalfWidths:
    """How half-widths do: share of truths inside, their median, the largest error over its own."""

    inside: float
    median: float
    worst: float


@dataclass(frozen=True)
class ErrorSummary:
    """Mean absolute error, its 95th percentile, bias and SD, and how the half-widths do."""

    mae: float
    percentile_95: float
    bias: float
    sd: float
    in_use: HalfWidths
    left_out: HalfWidths


@dataclass(frozen=True)
class ErrorGroup:
    """One line of an error table; without summaries when too few pictures were measured."""

    name: str
    bodies: int
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

    `noticed` were refused or warned of, `rightly` for that reason; `inside` are those measured all
    the same whose angle and depth are inside ± (terms in use).
    """

    reason: str
    pictures: int
    refused: int
    noticed: int
    rightly: int
    inside: int


@dataclass(frozen=True)
class Verdicts:
    """What verdicts and warnings say of some pictures in protocol.

    Attributes:
        pictures, refused: counts.
        slca_correlation, depth_correlation: of measured and true.
        bands_named: by a verdict, mean.
        true_band_share: of verdicts that name the true band, 0 to 1.
        most_bands_off: how many bands the worst verdict is off.
        loose_clothes, hair, second_body: how many are told of these.
    """

    pictures: int
    refused: int
    slca_correlation: float
    depth_correlation: float
    bands_named: float
    true_band_share: float
    most_bands_off: int
    loose_clothes: int
    hair: int
    second_body: int


@dataclass(frozen=True)
class FittedOn:
    """What the half-widths in use were fitted on, if these rows are those: counts."""

    pictures: int
    bodies: int
    families: int


@dataclass(frozen=True)
class CorrectionGains:
    """What one correction would gain on a family left out."""

    name: str
    slca_deg: Gain
    depth_mm: Gain


@dataclass(frozen=True)
class AccuracyNumbers:
    """Everything that the page is filled with; a tuple of groups makes a table.

    `outside` are families of bodies that nobody here made, `made_up` the generator's.
    """

    pictures: int
    seeds: tuple[str, ...]
    fitted_on: FittedOn
    in_protocol: tuple[ErrorGroup, ...]
    by_renderer: tuple[ErrorGroup, ...]
    turned: tuple[ErrorGroup, ...]
    outside: Verdicts
    made_up: Verdicts
    corrections: tuple[CorrectionGains, ...]
    by_warning: tuple[ErrorGroup, ...]
    by_outfit: tuple[ErrorGroup, ...]
    by_stratum: tuple[ErrorGroup, ...]
    by_yaw: tuple[ErrorGroup, ...]
    by_arms: tuple[ErrorGroup, ...]
    by_background: tuple[ErrorGroup, ...]
    by_height: tuple[ErrorGroup, ...]
    against_skin: CurveDifference
    against_skin_of_camera: CurveDifference
    against_midline: CurveDifference
    refusals: tuple[Refusals, ...]


def accuracy_numbers(pictures: Pictures) -> AccuracyNumbers:
    """Everything that the page is filled with."""
    taking_part = [picture for picture in pictures if spread.takes_part(picture)]
    outside, made_up = of_family(pictures, made_up=False), of_family(pictures, made_up=True)
    protocol, made_up_protocol = in_stratum(pictures), in_stratum(made_up)
    sides = [one for one in in_stratum(made_up, "in_protocol", "yaw") if one.truth.measurable]
    return AccuracyNumbers(
        pictures=len(pictures),
        seeds=tuple(sorted({picture.name.split("-")[0] for picture in made_up})),
        fitted_on=FittedOn(
            len(taking_part), bodies_of(taking_part), len({p.truth.family for p in taking_part})
        ),
        in_protocol=families(protocol),
        by_renderer=groups_by(in_stratum(outside), lambda truth: truth.renderer),
        turned=families(list(filter(turned_outside, pictures))),
        outside=verdicts(in_stratum(outside)),
        made_up=verdicts(made_up_protocol),
        corrections=correction_gains(protocol),
        by_warning=groups_by_warning([one for one in pictures if one.truth.measurable]),
        by_outfit=groups_by(protocol, lambda truth: truth.outfit),
        by_stratum=groups_by(
            [one for one in made_up if one.truth.measurable], lambda truth: truth.stratum
        ),
        by_yaw=groups_by_range(sides, lambda truth: abs(truth.yaw_deg), YAW_RANGES_DEG),
        by_arms=groups_by(made_up_protocol, lambda truth: truth.arms),
        by_background=groups_by(made_up_protocol, lambda truth: truth.background),
        by_height=groups_by_range(
            made_up_protocol, lambda truth: truth.height_px, HEIGHT_RANGES_PX
        ),
        against_skin=difference_to(made_up_protocol, lambda truth: truth.skin),
        against_skin_of_camera=difference_to(made_up_protocol, lambda truth: truth.skin_of_camera),
        against_midline=difference_to(made_up_protocol, lambda truth: truth.midline),
        refusals=refusals(pictures),
    )


def judged(
    pictures: Sequence[EvaluatedPicture], shipped: Calibration | None = None
) -> list[JudgedPicture]:
    """Every picture with the error bars that the other families ask for.

    Terms that hardly occur in them are as in `shipped`, the constants in use when None.

    Raises:
        ValueError: when of the made-up bodies or of the others fewer than two pictures in protocol
            were measured.
    """
    easy = [one for one in pictures if one.in_protocol and one.raw is not None]
    made_up = sum(one.truth.family == MADE_UP for one in easy)
    if min(made_up, len(easy) - made_up) < 2:
        raise ValueError("two measured pictures of made-up bodies are needed, and two of others")
    constants = constants_without(pictures, shipped or load_calibration())
    return [
        JudgedPicture(
            **vars(picture)
            | {
                "left_out": None
                if picture.raw is None
                else reading_of(picture.raw, picture.truth, constants[picture.truth.family])
            }
        )
        for picture in pictures
    ]


def constants_without(
    pictures: Sequence[EvaluatedPicture], shipped: Calibration
) -> dict[str, Calibration]:
    """For each family the constants with error bars fitted on the others."""
    used = [picture for picture in pictures if spread.takes_part(picture)]
    names = sorted({picture.truth.family for picture in pictures})
    slca_deg, depth_mm = (
        spread.fitted_without(
            spread.errors_of(used, quantity), getattr(shipped.error, quantity), names
        )
        for quantity in spread.QUANTITIES
    )
    return {
        family: replace(shipped, error=CurveErrorTerms(slca_deg[family], depth_mm[family]))
        for family in slca_deg
    }


def of_family(pictures: Pictures, *, made_up: bool) -> list[JudgedPicture]:
    """The made-up bodies, or all others."""
    return [one for one in pictures if (one.truth.family == MADE_UP) == made_up]


def in_stratum(pictures: Pictures, *names: str) -> list[JudgedPicture]:
    """The pictures of some strata; of those in protocol, measurable, without names."""
    if not names:
        return [picture for picture in pictures if picture.in_protocol]
    return [picture for picture in pictures if picture.truth.stratum in names]


def bodies_of(pictures: Pictures) -> int:
    """How many bodies they show."""
    return len({(picture.truth.family, picture.truth.body) for picture in pictures})


def readings(pictures: Iterable[JudgedPicture]) -> list[tuple[Truth, MeasuredCurve]]:
    """Truth and reading of those that were measured."""
    return [(picture.truth, picture.reading) for picture in pictures if picture.reading is not None]


def errors_of(pictures: Iterable[JudgedPicture]) -> Errors:
    """Of the measured ones, against the bare skin seen from the side."""
    three = [
        (one.truth.skin, one.reading, one.left_out)
        for one in pictures
        if one.reading is not None and one.left_out is not None
    ]
    return Errors(
        slca_deg=_errors(
            [(read.slca_deg, left.slca_deg, skin.slca_deg) for skin, read, left in three]
        ),
        depth_mm=_errors(
            [
                (read.hollow_depth_mm, left.hollow_depth_mm, skin.hollow_depth_mm)
                for skin, read, left in three
            ]
        ),
    )


def _errors(rows: Sequence[tuple[Measured, Measured, float]]) -> QuantityErrors:
    table = [(read.value - true, read.ci95, left.ci95, true) for read, left, true in rows]
    error, ci95, left_out_ci95, true = np.array(table, dtype=float).reshape(-1, 4).T
    return QuantityErrors(error, ci95, left_out_ci95, true)


def summary(errors: QuantityErrors) -> ErrorSummary:
    """Of at least two pictures."""
    size = np.abs(errors.error)

    def half_widths(ci95: Array) -> HalfWidths:
        return HalfWidths(
            inside=float(np.mean(size <= ci95)),
            median=float(np.median(ci95)),
            worst=float((size / ci95).max()),
        )

    return ErrorSummary(
        mae=float(size.mean()),
        percentile_95=float(np.percentile(size, 95)),
        bias=float(errors.error.mean()),
        sd=float(errors.error.std(ddof=1)),
        in_use=half_widths(errors.ci95),
        left_out=half_widths(errors.left_out_ci95),
    )


def group(name: str, pictures: Pictures) -> ErrorGroup:
    """One line of an error table."""
    errors = errors_of(pictures)
    enough = errors.measured >= FEWEST_MEASURED
    return ErrorGroup(
        name=name,
        bodies=bodies_of(pictures),
        pictures=len(pictures),
        measured=errors.measured,
        slca_deg=summary(errors.slca_deg) if enough else None,
        depth_mm=summary(errors.depth_mm) if enough else None,
    )


def families(pictures: Pictures) -> tuple[ErrorGroup, ...]:
    """One group for each family from outside, all of these together, and the made-up bodies."""
    outside = of_family(pictures, made_up=False)
    return (
        *groups_by(outside, lambda truth: truth.family),
        group("all from outside", outside),
        group(MADE_UP, of_family(pictures, made_up=True)),
    )


def groups_by_warning(pictures: Pictures) -> tuple[ErrorGroup, ...]:
    """One group for each warning that measured pictures have, and those without any."""
    measured = [picture for picture in pictures if picture.reading is not None]
    codes = sorted({code for picture in measured for code in picture.noticed})
    return (
        group(NOTHING_TOLD, [picture for picture in measured if not picture.noticed]),
        *(group(code, [one for one in measured if code in one.noticed]) for code in codes),
    )


def correction_gains(pictures: Pictures) -> tuple[CorrectionGains, ...]:
    """What corrections would gain, each fitted without the family that it is judged on."""
    slca_deg, depth_mm = (
        gains(spread.errors_of(pictures, quantity)) for quantity in spread.QUANTITIES
    )
    return tuple(
        CorrectionGains(angle.correction, angle, depth)
        for angle, depth in zip(slca_deg, depth_mm, strict=True)
    )


def groups_by(pictures: Pictures, value: Callable[[Truth], str]) -> tuple[ErrorGroup, ...]:
    """One group for each value that occurs, in alphabetical order."""
    names = sorted({value(picture.truth) for picture in pictures})
    return tuple(
        group(name, [picture for picture in pictures if value(picture.truth) == name])
        for name in names
    )


def groups_by_range(
    pictures: Pictures, value: Callable[[Truth], float], ranges: Iterable[tuple[int, int]]
) -> tuple[ErrorGroup, ...]:
    """One group for each range; its lower end is included, its upper end is not."""
    return tuple(
        group(
            f"{low} to {high}",
            [picture for picture in pictures if low <= value(picture.truth) < high],
        )
        for low, high in ranges
    )


def turned_outside(picture: JudgedPicture) -> bool:
    """Whether nothing is wrong but a little more turn than the protocol allows."""
    (low, high), truth = JUST_OUTSIDE_YAW_DEG, picture.truth
    turned = low <= abs(truth.yaw_deg) <= high
    return turned and truth.measurable and truth.stratum in ("in_protocol", "yaw")


def verdicts(pictures: Pictures) -> Verdicts:
    """What the page says of verdicts and warnings."""
    errors = errors_of(pictures)
    bands_off = [band_distance(truth, reading) for truth, reading in readings(pictures)]

    def told(code: str) -> int:
        return sum(code in picture.noticed for picture in pictures)

    return Verdicts(
        pictures=len(pictures),
        refused=len(pictures) - errors.measured,
        slca_correlation=errors.slca_deg.correlation,
        depth_correlation=errors.depth_mm.correlation,
        bands_named=float(np.mean([len(covered(one.verdict)) for _, one in readings(pictures)])),
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


def band_distance(truth: Truth, reading: MeasuredCurve) -> int:
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
                    inside=inside(errors_of(those)),
                )
            )
    return tuple(found)


def inside(errors: Errors) -> int:
    """How many have both angle and depth inside ±."""
    angle, depth = (np.abs(one.error) <= one.ci95 for one in (errors.slca_deg, errors.depth_mm))
    return int(np.sum(angle & depth))
