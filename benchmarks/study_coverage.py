"""How often the 95 % intervals of a study's report hold the truth: simulated studies, one table.

    python -m benchmarks.study_coverage
    python -m benchmarks.study_coverage --studies 10000 --seed 3

Participants differ by a standard deviation of 6 (degrees, say), raters or sessions and errors by
what each line says; the last line simulates whole studies of 2 raters, 2 sessions and 4 stances, of
which a reading is the median of three, so that its errors are not quite normal.  With 1,000 studies
a share is known to ± 1.4 percentage points, with 10,000 to ± 0.4.  docs/study.md shows the table.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.result import Z95
from posture.study.agreement import deming, limits_of_agreement, proportional_bias
from posture.study.estimates import Estimate
from posture.study.reliability import reliability

Floats = NDArray[np.float64]
PERSON_SD = 6.0
# The variance of the median of three normal numbers, of that of one.
MEDIAN_OF_THREE = 0.448671
STANCES, SESSIONS = 4, 2
# Another instrument: its error, and the line that it follows.
OTHER_SD, SLOPE, INTERCEPT = 3.0, 0.9, 3.0


@dataclass(frozen=True)
class Scenario:
    """Studies of one kind.

    Attributes:
        participants, conditions: shape of the table.
        apart: standard deviation of the conditions.
        error: of a reading; of a sitting and a stance where `whole`.
        whole: whether stances are simulated, too.
    """

    participants: int
    conditions: int
    apart: float
    error: float
    whole: bool = False

    @property
    def error_of_reading(self) -> float:
        """Standard deviation of the error of a reading."""
        return self.error * math.sqrt(1 + MEDIAN_OF_THREE) if self.whole else self.error

    def __str__(self) -> str:
        shape = f"{self.participants} × {self.conditions}"
        if self.whole:
            shape += f" × {SESSIONS} × {STANCES}"
        return f"{shape}, apart by {self.apart:g}, error {self.error:g}"


SCENARIOS = (
    Scenario(30, 2, 0.0, 2.0),
    Scenario(30, 2, 1.0, 2.0),
    Scenario(30, 2, 2.0, 1.0),
    Scenario(30, 3, 1.0, 2.0),
    Scenario(30, 6, 1.0, 2.0),
    Scenario(12, 2, 1.0, 2.0),
    Scenario(60, 2, 1.0, 2.0),
    Scenario(30, 2, 1.0, 1.5, whole=True),
)

Checked = tuple[str, Estimate, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    columns = [
        share_held(one, options.studies, (options.seed, index))
        for index, one in enumerate(SCENARIOS)
    ]
    letters = [chr(ord("A") + index) for index in range(len(SCENARIOS))]
    print(f"| interval | {' | '.join(letters)} |\n|---|{'---|' * len(letters)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(f'{100 * column[name]:.1f}' for column in columns)} |")
    print()
    for letter, scenario in zip(letters, SCENARIOS, strict=True):
        print(f"{letter}: {scenario}")
    return 0


def share_held(scenario: Scenario, studies: int, seed: tuple[int, ...]) -> dict[str, float]:
    """In which share of the studies each interval holds the truth."""
    held: Counter[str] = Counter()
    for study in range(studies):
        chance = np.random.default_rng((*seed, study))
        for name, estimate, truth in _checked(scenario, chance):
            held[name] += int(estimate.low <= truth <= estimate.high)
    return {name: count / studies for name, count in held.items()}


def readings(scenario: Scenario, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Readings (participants, conditions, sessions), and the conditions' own shifts."""
    n, k = scenario.participants, scenario.conditions
    person = PERSON_SD * chance.standard_normal((n, 1, 1))
    shift = scenario.apart * chance.standard_normal((1, k, 1))
    shape = (n, k, SESSIONS)
    values = person + shift + scenario.error * chance.standard_normal(shape)
    if scenario.whole:
        stances = scenario.error * chance.standard_normal((*shape, STANCES - 1))
        values = values + np.median(stances, axis=-1)
    return values, shift[0, :, 0]


def _checked(scenario: Scenario, chance: np.random.Generator) -> Iterator[Checked]:
    """Each interval with what it should hold."""
    values, shift = readings(scenario, chance)
    error = scenario.error_of_reading
    agreed = math.hypot(scenario.apart, error)
    found = reliability(values[:, :, 0])
    true_agreement = PERSON_SD**2 / (PERSON_SD**2 + agreed**2)
    yield "ICC(2,1)", found.icc_agreement, true_agreement
    yield "ICC(2,1), McGraw & Wong 1996", found.icc_agreement_1996, true_agreement
    yield "ICC(3,1)", found.icc_consistency, PERSON_SD**2 / (PERSON_SD**2 + error**2)
    yield "SEM, MDC95 of agreement", found.sem_agreement, agreed
    yield "SEM, MDC95 of consistency", found.sem_consistency, error
    yield from _of_two(values, float(shift[0] - shift[1]), error)
    yield from _of_instruments(scenario, chance)


def _of_two(values: Floats, bias: float, error: float) -> Iterator[Checked]:
    """The first two conditions, in one session and in all."""
    sd = math.sqrt(2) * error
    for name, part in (("one pair each", values[:, :, :1]), ("several pairs each", values)):
        found = limits_of_agreement(list(part[:, 0] - part[:, 1]))
        yield f"bias, {name}", found.bias, bias
        yield f"lower limit, {name}", found.lower, bias - Z95 * sd
        yield f"upper limit, {name}", found.upper, bias + Z95 * sd
    slope = proportional_bias(list(values[:, 0]), list(values[:, 1]))
    # Both scatter alike: the difference has nothing to do with the mean.
    yield "slope of the difference", slope.slope, 0.0


def _of_instruments(scenario: Scenario, chance: np.random.Generator) -> Iterator[Checked]:
    n = scenario.participants
    true = PERSON_SD * chance.standard_normal((n, 1))
    first = true + scenario.error * chance.standard_normal((n, SESSIONS))
    second = INTERCEPT + SLOPE * true + OTHER_SD * chance.standard_normal((n, SESSIONS))
    known = deming(list(first), list(second), ratio=(OTHER_SD / scenario.error) ** 2)
    told = deming(list(first), list(second))
    yield "Deming's slope, ratio known", known.slope, SLOPE
    yield "Deming's intercept, ratio known", known.intercept, INTERCEPT
    yield "Deming's slope, ratio from repeats", told.slope, SLOPE
    yield "Deming's intercept, ratio from repeats", told.intercept, INTERCEPT


if __name__ == "__main__":
    raise SystemExit(main())
