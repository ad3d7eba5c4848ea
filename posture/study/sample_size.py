"""How many participants a study of raters needs, by published formulas.

Walter SD, Eliasziw M, Donner A. Sample size and optimal designs for reliability studies. Stat Med
1998;17:101-110 (PMID 9463853).  Bonett DG. Sample size requirements for estimating intraclass
correlations with desired precision. Stat Med 2002;21:1331-1335 (doi 10.1002/sim.1108).  Bland JM,
Altman DG. Measuring agreement in method comparison studies. Stat Methods Med Res 1999;8:135-160
(doi 10.1177/096228029900800204).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from posture.errors import InvalidInput
from posture.result import Z95

_NORMAL = NormalDist()
# Bonett's own correction of his approximation, for two raters and an ICC from this on.
_TWO_RATERS_FROM, _TWO_RATERS_MORE = 0.7, 5.0
# The variance of a limit of agreement is about three times s squared over n (Bland & Altman).
_LIMIT_VARIANCE = 3.0


def to_show_above(icc: float, least_icc: float, raters: int, *, alpha: float, power: float) -> int:
    """Participants with which a one-sided test shows that the ICC is above a least value.

    Walter, Eliasziw & Donner 1998: n = 1 + 2 (z_alpha + z_beta)^2 k / ((ln C)^2 (k - 1)), with
    C = (1 + k t0) / (1 + k t1) and t = ICC / (1 - ICC), k being the readings of a participant.

    Args:
        icc: the one that is expected, 0 to 1.
        least_icc: the one that is to be excluded, below `icc`.
        raters: readings of each participant, 2 or more.
        alpha: of the test.
        power: the chance that it succeeds.

    Raises:
        InvalidInput: when the numbers are none of these.
    """
    _require_raters(raters)
    _require_share("The ICC", icc)
    _require_share("The least ICC", least_icc)
    _require_share("The error of the test", alpha)
    _require_share("The power", power)
    if least_icc >= icc:
        raise InvalidInput(
            f"The least ICC, {least_icc:g}, is not below the expected one, {icc:g}.",
            "Give a smaller one.",
        )
    ratio = (1 + raters * _odds(least_icc)) / (1 + raters * _odds(icc))
    both = _NORMAL.inv_cdf(1 - alpha) + _NORMAL.inv_cdf(power)
    return math.ceil(1 + 2 * both**2 * raters / (math.log(ratio) ** 2 * (raters - 1)))


def to_know_within(icc: float, width: float, raters: int, *, sure: float) -> int:
    """Participants with which the interval of an ICC is that wide (Bonett 2002, formula 3).

    Args:
        icc: the one that is expected, 0 to 1.
        width: whole width of its interval, 0 to 1.
        raters: readings of each participant, 2 or more.
        sure: of the interval.

    Raises:
        InvalidInput: when the numbers are none of these.
    """
    _require_share("The width", width)
    return math.ceil(1 + _more(icc, raters) + _per_square(icc, raters, sure) / width**2)


def expected_width(icc: float, participants: int, raters: int, *, sure: float) -> float | None:
    """How wide the interval of an ICC is with so many: inverse of :func:`to_know_within`.

    None where there are too few to tell.
    """
    left = participants - 1 - _more(icc, raters)
    return min(1.0, math.sqrt(_per_square(icc, raters, sure) / left)) if left > 0 else None


def to_know_limits(width: float, *, sure: float) -> int:
    """Participants with which each limit of agreement is known to ± `width`.

    Bland & Altman 1999: the standard error of a limit is about s sqrt(3 / n), s being the standard
    deviation of the differences.

    Args:
        width: half-width of its interval, in standard deviations of the differences.
        sure: of the interval.

    Raises:
        InvalidInput: when the numbers are none of these.
    """
    _require_share("The interval", sure)
    if width <= 0:
        raise InvalidInput(f"A half-width of {width:g} cannot be.", "Give one above 0.")
    return math.ceil(_LIMIT_VARIANCE * (_two_sided(sure) / width) ** 2)


def with_dropout(count: int, dropout: float) -> int:
    """So many that `count` are left when that share of them does not come back.

    Raises:
        InvalidInput: when the share is not from 0 up to 1.
    """
    if not 0 <= dropout < 1:
        raise InvalidInput(f"A share of {dropout:g} cannot be.", "Give 0 to 0.9.")
    return math.ceil(count / (1 - dropout))


def _per_square(icc: float, raters: int, sure: float) -> float:
    _require_raters(raters)
    _require_share("The ICC", icc)
    _require_share("The interval", sure)
    k = raters
    spread = (1 - icc) * (1 + (k - 1) * icc)
    return 8 * _two_sided(sure) ** 2 * spread**2 / (k * (k - 1))


def _more(icc: float, raters: int) -> float:
    return _TWO_RATERS_MORE * icc if raters == 2 and icc >= _TWO_RATERS_FROM else 0.0


def _two_sided(sure: float) -> float:
    # The papers round as the rest of the program does.
    return Z95 if sure == 0.95 else _NORMAL.inv_cdf((1 + sure) / 2)


def _odds(icc: float) -> float:
    return icc / (1 - icc)


def _require_raters(raters: int) -> None:
    if raters < 2:
        raise InvalidInput(f"{raters} reading cannot be compared.", "Plan two or more.")


def _require_share(what: str, value: float) -> None:
    if not 0 < value < 1:
        raise InvalidInput(f"{what} of {value:g} cannot be.", "Give a number between 0 and 1.")
