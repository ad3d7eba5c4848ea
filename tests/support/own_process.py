"""What a program prints in a process of its own, where nothing was imported before."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.paths import ROOT


def printed_by(code: str, *arguments: str) -> str:
    """Standard output of ``python -c code arguments``, run where the tests are."""
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout
