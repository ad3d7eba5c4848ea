"""Who is drawn, and the colours of everything else."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#eef3f7"
FLOOR = "#9fb0c0"
PROP = "#b9c7d4"
PROP_DARK = "#93a5b6"
MAT = "#a9d5c8"
WALL = "#d3dce5"
INK = "#31465a"
BROWN_HAIR, BLACK_HAIR = "#4a2f27", "#2a2230"
ACCENT = "#d55e00"
NIGHT = {
    PAPER: "#1d2833",
    FLOOR: "#5d7084",
    PROP: "#50647a",
    PROP_DARK: "#64798f",
    MAT: "#2f6a5d",
    WALL: "#33475a",
    INK: "#d5e0ea",
    ACCENT: "#f08a3c",
    # Dark hair would vanish on a dark card.
    BROWN_HAIR: "#75503f",
    BLACK_HAIR: "#5a525c",
}


@dataclass(frozen=True)
class Person:
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


ADA = Person(
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
BEN = Person(
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
CLEO = Person(
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
