"""Draw all pictures anew into ``posture/advice/drawings/svg``."""

from __future__ import annotations

from pathlib import Path

from tools.drawings.gallery import drawn

FOLDER = Path(__file__).parents[2] / "posture" / "advice" / "drawings" / "svg"


def main() -> None:
    """Write every drawing; the files are part of the package."""
    for name, text in drawn().items():
        (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
