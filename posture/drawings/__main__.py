"""Draw all pictures anew into ``posture/drawings/svg``."""

from __future__ import annotations

from pathlib import Path

from posture.drawings.gallery import drawn

FOLDER = Path(__file__).parent / "svg"


def main() -> None:
    """Write every drawing; the files are part of the package."""
    for name, text in drawn().items():
        (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
