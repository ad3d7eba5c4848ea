"""Which photos a batch is to measure, and what is known of the person in each."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from posture._support.outside import is_address
from posture._support.tables import plain_table
from posture._support.texts import filled
from posture.batch.manifest import Tell, is_manifest, read_manifest
from posture.batch.remote import address_label, expand_url
from posture.batch.visit import VISIT_COLUMNS, Visit, visit_of_folders
from posture.errors import InvalidInput
from posture.photo.find import find_photos, folders_of, passed_over_words
from posture.subject import Subject

_FOLDERS_OF_A_VISIT = 2
_FIX = "Give a folder, a pattern in quotes, or a manifest."


@dataclass(frozen=True)
class Job:
    """One photo to measure.

    Attributes:
        path: of the file, or its address on other storage.
        id: what the photo is called in the table.
        subject: the person in it, as far as known.
        problem: why its line of the manifest cannot be used; None when it can.
        more: names and texts of the manifest's own columns, for the table.
        visit: whose visit it is of; None when that is not told.
    """

    path: str
    id: str
    subject: Subject
    problem: str | None = None
    more: tuple[tuple[str, str], ...] = ()
    visit: Visit | None = None

    def key(self, occurrence: int) -> str:
        """Equal for two runs' same photo of the same person, and for nothing else.

        Args:
            occurrence: 0, or how often the very same line came before in this plan.
        """
        fields = [self.path, self.id, asdict(self.subject), self.problem, occurrence]
        return json.dumps(fields, sort_keys=True)


@dataclass(frozen=True)
class Request:
    """What a batch was asked to measure.

    Attributes:
        words: folders, patterns, manifests and addresses, as they were typed.
        subject: of all photos about which a manifest says nothing else.
        out: the batch's own folder, whose pictures are not photos to measure.
        allow_urls: whether addresses may be opened.
        visits: whether the folders that were named hold folders PERSON/VISIT.
    """

    words: Sequence[str]
    subject: Subject
    out: Path
    allow_urls: bool = False
    visits: bool = False


def planned(request: Request, tell: Tell = lambda sentence: None) -> Iterator[Job]:
    """The photos that the words stand for, in order.

    Args:
        request: what was asked for.
        tell: is told what is passed over, or taken in another way than one might think.

    Raises:
        InvalidInput: when a word stands for nothing, a manifest cannot be read, or one of them
            names an address although that is not allowed.
    """
    _require_there(request.words)
    for word in request.words:
        if is_manifest(word):
            yield from _from_manifest(Path(word), request, tell)
        elif is_address(word):
            _require_allowed(word, request)
            for address in _some(expand_url(word), word):
                yield Job(address, address_label(address), request.subject)
        else:
            found = find_photos([word], besides=request.out)
            if found.passed_over:
                tell(passed_over_words(found.passed_over))
            labelled = zip(_some(found.photos, word), found.labels, strict=True)
            jobs = [Job(path, label, request.subject) for path, label in labelled]
            if request.visits:
                yield from _of_visits(jobs, word, tell)
            else:
                if all(len(folders_of(job.path, word)) == _FOLDERS_OF_A_VISIT for job in jobs):
                    tell(plain_table("batch")["visits"]["alike"])
                yield from jobs


def _of_visits(jobs: Sequence[Job], word: str, tell: Tell) -> Iterator[Job]:
    """The same photos with the visits that their folders PERSON/VISIT name."""
    stray = 0
    for job in jobs:
        visit = visit_of_folders(folders_of(job.path, word))
        stray += visit is None
        told = () if visit is None else tuple(zip(VISIT_COLUMNS[:2], visit.key, strict=True))
        yield replace(job, visit=visit, more=told)
    if stray:
        tell(filled(plain_table("batch")["visits"]["stray"], count=stray))


def _from_manifest(path: Path, request: Request, tell: Tell) -> Iterator[Job]:
    empty = True
    for line in read_manifest(path, request.subject, tell):
        empty = False
        if is_address(line.path):
            _require_allowed(line.path, request)
        yield Job(line.path, line.id, line.subject, line.problem, line.more, line.visit)
    if empty:
        raise InvalidInput(f"The manifest {path} names no photo.", "Add a line for each photo.")


def _require_there(words: Sequence[str]) -> None:
    """A word that is mistyped must not pass for a photo that cannot be read."""
    missing = [
        word
        for word in words
        if not (is_address(word) or os.path.lexists(word) or glob.has_magic(word))
    ]
    if missing:
        raise InvalidInput(f"There is nothing at {', '.join(missing)}.", "Check the path.")


def _require_allowed(address: str, request: Request) -> None:
    if not request.allow_urls:
        raise InvalidInput(
            f"{address} is an address, and a batch opens none by itself.",
            "Add --allow-urls to let it connect there, or save the photos on this computer.",
        )


def _some(paths: Sequence[str], word: str) -> Sequence[str]:
    if not paths:
        raise InvalidInput(f"No photo was found at {word}.", _FIX)
    return paths
