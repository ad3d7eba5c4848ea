"""What of a session's ± counts against another session of the same person.

What a body does to every reading of it cancels between two of them.  What does not cancel differs
from one set-up to the next and from photo to photo, and is the more the more the photos themselves
say that they may be off.  Standing again comes on top (:mod:`posture.history.repeatability`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from posture._support.tables import data_table
from posture.combine import SharedError, own_part, shared_error
from posture.curve.calibration import Calibration
from posture.history.records import Kept, Numbers, Session
from posture.result import Measured
from posture.subject import NOMINAL_STATURE_MM
from posture.verdict.norms import Norms
from posture.verdict.stances import error_of_median, that_count


@dataclass(frozen=True)
class BetweenTerms:
    """Terms of a 95 % half-width, added in quadrature; see ``data/change.toml``.

    Attributes:
        set_up: what differs from one set-up to the next.
        photo: what differs from photo to photo of one set-up.
        relative: times the value itself.
        noticed: times what the photos' own ± holds beyond what all photos share.
    """

    set_up: float
    photo: float
    relative: float
    noticed: float


@dataclass(frozen=True)
class ChangeTerms:
    """All of ``data/change.toml``: of the angle (degrees) and of the depth (nominal mm)."""

    slca_deg: BetweenTerms
    depth_mm: BetweenTerms


def load_change_terms() -> ChangeTerms:
    """The built-in terms."""
    return data_table("change", ChangeTerms)


@dataclass(frozen=True)
class Seen:
    """What a session's half-width follows from, degrees or nominal mm.

    Attributes:
        value: of the reading.
        own: root mean square of what its photos' ± holds beyond what all photos share.
        photos: how many of them count.
    """

    value: float
    own: float
    photos: int

    def ci95(self, terms: BetweenTerms) -> float:
        """The half-width (95 %), standing again left out."""
        return math.hypot(
            terms.set_up,
            error_of_median(self.photos) * terms.photo,
            terms.relative * self.value,
            terms.noticed * self.own,
        )


def photos_that_count(session: Session) -> tuple[Kept, ...]:
    """Those that make the reading: of one stance all, else all but the first of a whole session."""
    photos = session.photos
    return photos if (session.stances or 1) == 1 else that_count(photos)


def angle_seen(session: Session, norms: Norms, calibration: Calibration) -> Seen:
    """Of the curve angle, degrees."""
    numbers = [kept.numbers for kept in photos_that_count(session)]
    shared = [shared_of(one, norms, calibration).slca_deg for one in numbers]
    return _seen(session.reading.slca_deg, [one.slca_deg for one in numbers], shared, 1.0)


def depth_seen(session: Session, norms: Norms, calibration: Calibration) -> Seen:
    """Of the depth, in mm of a person of nominal stature."""
    numbers = [kept.numbers for kept in photos_that_count(session)]
    shared = [shared_of(one, norms, calibration).ratio for one in numbers]
    ratios = [one.hollow_depth_ratio for one in numbers]
    bridge_mm = nominal_bridge_mm(session.reading, norms)
    return _seen(session.reading.hollow_depth_ratio, ratios, shared, bridge_mm)


def shared_of(numbers: Numbers, norms: Norms, calibration: Calibration) -> SharedError:
    """What all photos of this person are off by alike, at the value of this one."""
    angle, ratio = numbers.slca_deg.value, numbers.hollow_depth_ratio.value
    return shared_error(angle, ratio, numbers.sex, norms, calibration)


def nominal_bridge_mm(numbers: Numbers, norms: Norms) -> float:
    """Length of the bridge of such people, were they of nominal stature."""
    return NOMINAL_STATURE_MM * norms.bridge_per_stature[numbers.sex]


def _seen(
    reading: Measured, photos: Sequence[Measured], shared: Sequence[float], per_unit: float
) -> Seen:
    squares = [own_part(item.ci95, part) ** 2 for item, part in zip(photos, shared, strict=True)]
    return Seen(per_unit * reading.value, per_unit * math.sqrt(fmean(squares)), len(photos))
