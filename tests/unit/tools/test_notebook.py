"""The notebook runs, and shows what it is kept with."""

from __future__ import annotations

from tests.support.own_process import printed_by

CODE = """
from tools.notebook import executed, kept, shown

now, then = shown(executed()), shown(kept())
assert len(now) > 6 and now == then, (now, then)
print("same")
"""


def test_a_run_shows_what_is_kept() -> None:
    # In a process of its own: its loop and its kernel warn of what concerns no one here.
    assert printed_by(CODE).splitlines()[-1] == "same"
