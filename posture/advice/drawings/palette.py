"""Colours of the drawings, and what becomes of them on a dark card."""

from __future__ import annotations

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
