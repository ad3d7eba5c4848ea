"""The notebook of the documents: ``python -m tools.notebook`` runs it and keeps what it shows."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "docs" / "notebooks" / "posture.ipynb"
TIMEOUT_S = 120


def executed() -> NotebookNode:
    """The notebook as it looks after a run from its first cell to its last.

    Raises:
        nbclient.exceptions.CellExecutionError: when a cell fails.
    """
    # The kernel is a process of its own.
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), others)))
    notebook = kept()
    folder = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=TIMEOUT_S, resources=folder, record_timing=False).execute()
    return notebook


def kept() -> NotebookNode:
    """The notebook as it is kept, with what it showed when it was run last."""
    notebook: NotebookNode = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def shown(notebook: NotebookNode) -> list[str]:
    """What each cell shows as text; pictures differ by a release of what draws them."""
    return [
        "".join(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    ]


def main() -> None:
    """Run the notebook and write it."""
    nbformat.write(executed(), NOTEBOOK)  # type: ignore[no-untyped-call]
    print(f"{NOTEBOOK} holds what it showed now.")


if __name__ == "__main__":
    main()
