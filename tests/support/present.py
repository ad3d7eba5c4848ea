"""What a test takes to be there."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")


def known(thing: Thing | None) -> Thing:
    """`thing`, which must be there."""
    assert thing is not None
    return thing
