"""The line on the terminal that tells how far a long run has come."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import Progress, ProgressColumn


def bar(*columns: ProgressColumn, **options: Any) -> Progress:
    """A bar on standard error that goes when it is done; none where that is no terminal.

    Args:
        columns: what it shows.
        options: of :class:`rich.progress.Progress`.
    """
    console = Console(stderr=True)
    return Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
        **options,
    )
