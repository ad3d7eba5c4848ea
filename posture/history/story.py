"""What the sessions of a person amount to, in honest sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import fmean

from posture._support.language import number_text, printed
from posture._support.texts import filled, texts
from posture.history.change import (
    MIN_SESSIONS_OF_TREND,
    Change,
    Trend,
    change_between,
    trend_of,
)
from posture.history.records import Numbers, Session, day_of, moment_of
from posture.history.repeatability import Standing, any_stance
from posture.history.words import history_texts
from posture.overlay import numbers
from posture.overlay.numbers import LengthUnit
from posture.result import Measured
from posture.verdict.norms import Norms
from posture.verdict.stances import load_stances, standing_again

WEEKS_PER_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Quantity:
    """One of the numbers that are followed over time.

    Attributes:
        name: as the data file calls it.
        of: the number of a reading with its own interval, None where it is not known.
        per_unit: what to multiply by for printing.
        unit_form, decimals: for printing; {of_bridge} stands for these words.
        figure: prints it with its own ±, as everywhere else.
    """

    name: str
    of: Callable[[Numbers], Measured | None]
    per_unit: float
    unit_form: str
    decimals: int
    figure: Callable[[Measured], numbers.NumberText]

    @property
    def unit(self) -> str:
        """As it stands behind a number."""
        return filled(self.unit_form, of_bridge=texts()["overlay"]["of_bridge"])

    def printed(self, value: float) -> str:
        """A value or a half-width with its unit."""
        return number_text(value * self.per_unit, self.decimals) + self.unit

    def signed(self, value: float) -> str:
        """A change with its sign and unit."""
        text = f"{value * self.per_unit:+.{self.decimals}f}"
        return printed(text.replace("-", "\N{MINUS SIGN}")) + self.unit

    def at_least(self, value: float) -> str:
        """A threshold, rounded up so that what is printed above it does count."""
        step = 10.0**-self.decimals
        return self.printed(math.ceil(value * self.per_unit / step - 1e-9) * step / self.per_unit)


ANGLE = Quantity("angle", lambda of: of.slca_deg, 1.0, "°", 0, numbers.degrees)
SHARE = Quantity(
    "share",
    lambda of: of.hollow_depth_ratio,
    100.0,
    " % {of_bridge}",
    1,
    lambda measured: numbers.percent(measured, texts()["overlay"]["of_bridge"]),
)


def depth_in(unit: LengthUnit) -> Quantity:
    """The depth as a length, printed in `unit`."""
    return Quantity(
        "depth",
        lambda of: of.hollow_depth_mm,
        1 / numbers.MM_PER[unit],
        f" {unit}",
        numbers.DECIMALS_OF[unit],
        partial(numbers.length, unit=unit),
    )


def depth_quantity(sessions: Sequence[Session], unit: LengthUnit = "mm") -> Quantity:
    """The depth in `unit` where most sessions have it, else as a share of the bridge.

    Of two sessions both must have it: they are compared.
    """
    depth = depth_in(unit)
    return depth if 2 * len(having(sessions, depth)) > len(sessions) else SHARE


def having(sessions: Sequence[Session], quantity: Quantity) -> tuple[Session, ...]:
    """The sessions of which the number is known."""
    return tuple(item for item in sessions if quantity.of(item.reading) is not None)


def comparable(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """The sessions that were measured by the same version of the method as the last one."""
    if not sessions:
        return ()
    version = sessions[-1].reading.method_version
    return tuple(item for item in sessions if item.reading.method_version == version)


def whole_interval(session: Session, quantity: Quantity, standing: Standing) -> Measured | None:
    """The number of a session with the interval that counts for a comparison over time."""
    return standing.against_others(session, quantity.of, quantity.name)


def change_of(
    before: Session, after: Session, quantity: Quantity, standing: Standing
) -> Change | None:
    """The change from one session to another; None where they cannot be compared."""
    if before.reading.method_version != after.reading.method_version:
        return None
    first = whole_interval(before, quantity, standing)
    second = whole_interval(after, quantity, standing)
    return None if first is None or second is None else change_between(first, second)


def trend_over(sessions: Sequence[Session], quantity: Quantity, standing: Standing) -> Trend | None:
    """The trend of all comparable sessions; None where there are too few."""
    readings = [
        (session.when, whole)
        for session in comparable(sessions)
        if (whole := whole_interval(session, quantity, standing)) is not None
    ]
    return trend_of(readings)


@dataclass(frozen=True)
class Quiet:
    """Between which values a session is no change from the first one it can be compared with."""

    session: Session
    low: float
    high: float


def quiet_band(
    sessions: Sequence[Session], quantity: Quantity, standing: Standing
) -> tuple[Quiet, ...]:
    """The band within which nothing is told; empty for fewer than two sessions to compare."""
    known = having(comparable(sessions), quantity)
    if len(known) < 2:
        return ()
    start = quantity.of(known[0].reading)
    band = []
    for session in known:
        change = change_of(known[0], session, quantity, standing)
        if start is not None and change is not None:
            low, high = start.value - change.detectable, start.value + change.detectable
            band.append(Quiet(session, low, high))
    return tuple(band)


def change_sentence(before: Session, after: Session, quantity: Quantity, standing: Standing) -> str:
    """What the difference of two sessions means."""
    words = history_texts()["change"]
    change = change_of(before, after, quantity, standing)
    if change is None:
        versions = [item.reading.method_version for item in (before, after)]
        return filled(words["other_method"], before=versions[0], after=versions[1])
    key = "counts" if change.counts else "within"
    first, second = told_apart(before, after)
    return filled(
        words[key],
        quantity=words[quantity.name],
        difference=quantity.signed(change.difference),
        detectable=quantity.at_least(change.detectable),
        before=first,
        after=second,
    )


def story(
    sessions: Sequence[Session], standing: Standing, unit: LengthUnit = "mm"
) -> tuple[str, ...]:
    """First against last session, then the trend: one sentence each for angle and depth.

    Last comes how much standing again moves this person's angle.

    Args:
        sessions: of a person, oldest first.
        standing: their repeatability.
        unit: of the depth where it is told as a length.
    """
    words = history_texts()["change"]
    if len(sessions) < 2:
        one = str(words["one_session"])
        return (one, standing_sentence(sessions, standing)) if sessions else ()
    known = {item: having(sessions, item) for item in (ANGLE, depth_quantity(sessions, unit))}
    sentences = [
        change_sentence(of[0], of[-1], quantity, standing) for quantity, of in known.items()
    ]
    if len(comparable(sessions)) < MIN_SESSIONS_OF_TREND:
        sentences.append(filled(words["no_trend_yet"], count=MIN_SESSIONS_OF_TREND))
    else:
        sentences += [_trend_sentence(of, quantity, standing) for quantity, of in known.items()]
    missing = len(sessions) - min(len(of) for of in known.values())
    if missing:
        form = str(words["without_height"])
        sentences.append(filled(form, count=missing, total=len(sessions)))
    sentences.append(standing_sentence(sessions, standing))
    # Two quantities that cannot be compared say so once.
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))


def standing_sentence(sessions: Sequence[Session], standing: Standing) -> str:
    """How much standing again moves the angle of this person, and how sure that is."""
    words, spread = history_texts()["repeatability"], standing.angle
    angle = fmean(session.reading.slca_deg.value for session in sessions)
    whole = load_stances().session.stances
    return filled(
        words["own" if spread.stances else "others"],
        one=number_text(any_stance(spread) * angle),
        session=number_text(any_stance(spread) * standing_again(whole) * angle, 1),
        low=number_text(spread.low * angle, 1),
        high=number_text(spread.high * angle, 1),
        stance=number_text(spread.ci95 * angle, 1),
        stances=spread.stances,
        sessions=spread.sessions,
        whole=whole,
    )


def cost_of_fewer(stances: int, angle_deg: float, norms: Norms) -> str:
    """What the stances that a session lacks would make of it; empty where none is missing."""
    whole = load_stances().session.stances
    if stances >= whole:
        return ""
    one = norms.repeatability_fraction * angle_deg
    return filled(
        history_texts()["repeatability"]["fewer"],
        stances=stances,
        whole=whole,
        now=number_text(one * standing_again(stances)),
        then=number_text(one * standing_again(whole)),
    )


def told_apart(before: Session, after: Session) -> tuple[str, str]:
    """The days of two sessions, for reading; of one day with their times."""
    if day(before) == day(after):
        return moment(before), moment(after)
    return day(before), day(after)


def day(session: Session) -> str:
    """The day of a session, for reading."""
    return day_of(session.taken_at)


def moment(session: Session) -> str:
    """The day of a session and, where it is known, the time."""
    return moment_of(session.taken_at)


def figure(reading: Numbers, quantity: Quantity) -> str:
    """A number with its own ± (95 %); empty where it is not known."""
    measured = quantity.of(reading)
    return "" if measured is None else str(quantity.figure(measured))


def notes(session: Session) -> str:
    """What else is to be known of a session."""
    words = history_texts()["table"]
    found = [words["edited"]] if session.reading.edited_by_hand else []
    found += [words["picture"]] if session.pictured is not None else []
    if session.notes.pain is not None:
        found.append(filled(words["pain"], pain=session.notes.pain))
    if session.notes.training:
        found.append(filled(words["training"], training=session.notes.training))
    return ", ".join(found)


def _trend_sentence(sessions: Sequence[Session], quantity: Quantity, standing: Standing) -> str:
    words = history_texts()["change"]
    trend = trend_over(sessions, quantity, standing)
    if trend is None:
        return ""
    return filled(
        words["trend" if trend.counts else "flat_trend"],
        quantity=words[quantity.name],
        count=len(comparable(sessions)),
        weeks=number_text(trend.weeks) if trend.weeks >= 2 else number_text(trend.weeks, 1),
        change=quantity.signed(trend.change),
        ci95=quantity.at_least(trend.ci95),
        pace=_pace(trend, quantity) if trend.weeks >= WEEKS_PER_MONTH else "",
    )


def _pace(trend: Trend, quantity: Quantity) -> str:
    """The slope of a trend over a month and more."""
    per_month = WEEKS_PER_MONTH / trend.weeks
    finer = replace(quantity, decimals=quantity.decimals + 1)
    return filled(
        history_texts()["change"]["pace"],
        slope=finer.signed(trend.change * per_month),
        slope_ci95=finer.at_least(trend.ci95 * per_month),
    )
