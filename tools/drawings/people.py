"""Who is drawn, and the colours of everything else."""

from __future__ import annotations

from dataclasses import dataclass

from posture.advice.drawings.palette import (
    BLACK_HAIR,
    BROWN_HAIR,
)


@dataclass(frozen=True)
class FigureStyle:
    """Colours and hair of one figure; the far limbs are drawn in the `_far` shades."""

    skin: str
    skin_far: str
    hair: str
    top: str
    top_far: str
    trousers: str
    trousers_far: str
    face: str
    bun: bool


ADA = FigureStyle(
    skin="#c98a62",
    skin_far="#ac7350",
    hair=BROWN_HAIR,
    top="#2b7fb8",
    top_far="#22679a",
    trousers="#4d5f8f",
    trousers_far="#3f4f79",
    face="#7a4a31",
    bun=True,
)
BEN = FigureStyle(
    skin="#e3b18c",
    skin_far="#c79673",
    hair="#6b4a2b",
    top="#2f9c86",
    top_far="#25806d",
    trousers="#5b6470",
    trousers_far="#4a525c",
    face="#94633f",
    bun=False,
)
CLEO = FigureStyle(
    skin="#8d5a3c",
    skin_far="#74482f",
    hair=BLACK_HAIR,
    top="#c98a1b",
    top_far="#a87214",
    trousers="#3f6d82",
    trousers_far="#335a6c",
    face="#4d2c1b",
    bun=True,
)
