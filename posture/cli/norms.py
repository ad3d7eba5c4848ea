"""``posture norms``: the built-in reference values, or what an own file holds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from posture._support.language import printed
from posture._support.outside import printable
from posture._support.texts import filled, texts
from posture.verdict.norms import Norms, load_norms, norms_text
from posture.verdict.norms_check import odd_in


def run(options: argparse.Namespace) -> int:
    """Print the built-in file, or check the one that `options` name; 0 where it can be used.

    Raises:
        InvalidInput: when it cannot.
    """
    if options.file is None:
        print(norms_text(), end="")
        return 0
    for line in _told(options.file, load_norms(options.file)):
        print(printable(line))
    return 0


def _told(path: Path, norms: Norms) -> Iterator[str]:
    """What a file holds, in a few lines, and what is odd in it."""
    words: dict[str, Any] = texts()["norms_check"]
    built_in = norms == load_norms()
    yield filled(words["built_in" if built_in else "own"], version=norms.version, file=path)
    people = norms.distributions["slca_deg"].people
    yield filled(words["people"], men=people["m"], women=people["f"])
    for quantity, cuts in norms.cuts.items():
        for sex, who in words["who"].items():
            low, middle, high = (printed(f"{cut:g}") for cut in cuts[sex])
            yield filled(
                words["cuts"],
                title=words["title"][quantity],
                who=who,
                low=low,
                middle=middle,
                high=high,
            )
    for told in odd_in(norms):
        yield filled(words["odd"], told=told)
