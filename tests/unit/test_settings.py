"""The record of how numbers came about."""

from __future__ import annotations

from importlib import metadata
from importlib.machinery import PathFinder

import pytest

from posture import settings
from posture.settings import Settings


@pytest.mark.parametrize("findable", [True, False], ids=["by its folder", "by the library"])
def test_the_version_of_mediapipe_is_that_which_is_installed(
    monkeypatch: pytest.MonkeyPatch, findable: bool
) -> None:
    if not findable:
        monkeypatch.setattr(PathFinder, "find_spec", lambda *_: None)
    settings._mediapipe_version.cache_clear()
    expected = metadata.version("mediapipe")
    assert Settings().provenance(None).mediapipe_version == expected
    settings._mediapipe_version.cache_clear()
