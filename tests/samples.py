"""The pictures that come with the program."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE_FOLDER = ROOT / "sample_images"


def sample_paths() -> list[Path]:
    """Every sample picture, sorted by name."""
    return sorted(
        path for path in SAMPLE_FOLDER.iterdir() if path.suffix in {".jpg", ".png", ".heic"}
    )
