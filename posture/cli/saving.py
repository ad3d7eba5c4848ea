"""``posture analyze --save``: keeps what was measured in the history."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from posture.cli.inputs import tell
from posture.cli.outcomes import PhotoOutcome
from posture.combine import distinct_photos
from posture.history import History, KeptPicture
from posture.history.keeping import picture_of_file, session_of
from posture.history.records import (
    NO_NOTES,
    Notes,
    PictureKind,
    clean_name,
    day_of,
    has_been,
    taken_text,
)
from posture.history.story import cost_of_fewer
from posture.worker import IsolatedAnalyzer


@dataclass(frozen=True)
class SaveOptions:
    """What to keep, and under which name.

    Attributes:
        when: a day or a time; None leaves it to the photos.
        picture: None keeps numbers only.
        notes: of the person.
    """

    name: str
    when: date | None
    picture: PictureKind | None
    blur_face: bool
    notes: Notes = NO_NOTES


def keep(worker: IsolatedAnalyzer, measured: Sequence[PhotoOutcome], options: SaveOptions) -> None:
    """Keep these photos, which `worker` has measured, as one session, and say so.

    Raises:
        PostureError: when the history cannot be written.
    """
    if not measured:
        print("posture: nothing was measured, so nothing was kept.", file=sys.stderr)
        return
    results = distinct_photos([outcome.result for outcome in measured])
    if len(results) < len(measured):
        tell("The same photo was given more than once; it is kept once.")
        measured = [outcome for outcome in measured if any(outcome.result is r for r in results)]
    when = options.when or _date_of_photos(measured)
    session = session_of(results, when, worker.settings.norms, options.notes)
    pictures = {}
    for kept, outcome in zip(session.photos, measured, strict=True):
        picture = _picture(worker, outcome, options)
        if picture is not None:
            pictures[kept.uid] = picture
    with History() as history:
        history.save(options.name, session, pictures)
    day = day_of(session.taken_at)
    print(f"Kept as session {session.uid} of {clean_name(options.name)}, {day}.", file=sys.stderr)
    cost = cost_of_fewer(len(results), session.reading.slca_deg.value, worker.settings.norms)
    if cost:
        tell(cost)


def _date_of_photos(measured: Sequence[PhotoOutcome]) -> date:
    """When the first of the photos was taken by its own account, else now; says which."""
    now = datetime.now().astimezone()
    dates = [outcome.taken for outcome in measured if outcome.taken is not None]
    times = sorted((time for time in dates if has_been(time, now)), key=datetime.isoformat)
    if not times:
        tell(
            "The photos do not tell when they were taken: today's date holds; --taken sets another."
        )
        return now
    days = list(dict.fromkeys(day_of(taken_text(time)) for time in times))
    if len(days) > 1:
        tell(f"The photos are of several days, {days[0]} to {days[-1]}: the first one holds.")
    tell(f"Taken {days[0]} by the photo's own date; --taken sets another.")
    return times[0]


def _picture(
    worker: IsolatedAnalyzer, outcome: PhotoOutcome, options: SaveOptions
) -> KeptPicture | None:
    if options.picture is None:
        return None
    return worker.run(
        picture_of_file, outcome.photo, outcome.result, options.picture, options.blur_face
    )
