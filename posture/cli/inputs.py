"""What was typed as a photo: words that cannot be one; and what else is to be told."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from posture._support.outside import in_one_line, is_address
from posture.errors import InvalidInput
from posture.photo.find import Inputs, find_photos, passed_over_words


def require_local(words: Sequence[str]) -> None:
    """Do nothing when each word may be a file, a folder or a pattern.

    Raises:
        InvalidInput: for standard input and for addresses, which this command does not take.
    """
    for word in words:
        if word == "-":
            raise InvalidInput(
                "Nothing is read from standard input.", "Give the path of a file; see --help."
            )
        if is_address(word):
            raise InvalidInput(
                f"{word} is an address, and this command opens none.",
                "Save the file on this computer and give its path.",
            )


def photos_named(words: Sequence[str]) -> Inputs:
    """The photos that words stand for; what is passed over, or stands for none, is told."""
    inputs = find_photos(words)
    if inputs.passed_over:
        tell(passed_over_words(inputs.passed_over))
    for word in inputs.barren:
        tell(f"No photo was found at {word}.")
    return inputs


def tell(sentence: str) -> None:
    """Say on standard error what a person might not expect."""
    print(f"posture: {in_one_line(sentence)}", file=sys.stderr)
