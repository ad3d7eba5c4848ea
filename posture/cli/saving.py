"""``posture analyze --save``: keeps what was measured in the history."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from posture.cli.measuring import Outcome
from posture.history import History, KeptPicture
from posture.history.keeping import picture_of, session_of
from posture.history.records import PictureKind, clean_name
from posture.norms import Norms
from posture.photo import Photo, load_photo


@dataclass(frozen=True)
class SaveOptions:
    """What to keep, and under which name.

    Attributes:
        picture: None keeps numbers only.
    """

    name: str
    when: datetime
    picture: PictureKind | None
    blur_face: bool
    norms: Norms


def keep(measured: Sequence[Outcome], options: SaveOptions) -> None:
    """Keep these measured photos as one session, and say so.

    Raises:
        PostureError: when the history cannot be written.
    """
    if not measured:
        print("posture: nothing was measured, so nothing was kept.", file=sys.stderr)
        return
    session = session_of([outcome.result for outcome in measured], options.when, options.norms)
    pictures = {}
    for kept, outcome in zip(session.photos, measured, strict=True):
        picture = _picture(outcome, options)
        if picture is not None:
            pictures[kept.uid] = picture
    with History() as history:
        history.save(options.name, session, pictures)
    print(f"Kept as session {session.uid} of {clean_name(options.name)}.", file=sys.stderr)


def _picture(outcome: Outcome, options: SaveOptions) -> KeptPicture | None:
    if options.picture is None:
        return None
    photo = load_photo(outcome.photo)
    if not isinstance(photo, Photo):
        return None
    return picture_of(photo, outcome.result, options.picture, blur_face=options.blur_face)
