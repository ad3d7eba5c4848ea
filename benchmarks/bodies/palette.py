"""Skin, hair and cloth colours, linear RGB."""

from benchmarks.bodies.config import Rgb

# From very light to very dark.
SKINS: tuple[Rgb, ...] = (
    (0.72, 0.50, 0.40),
    (0.66, 0.43, 0.33),
    (0.58, 0.36, 0.26),
    (0.46, 0.27, 0.18),
    (0.32, 0.18, 0.115),
    (0.20, 0.11, 0.07),
)
BLACK_HAIR: Rgb = (0.015, 0.012, 0.010)
DARK_BROWN_HAIR: Rgb = (0.05, 0.03, 0.018)
BROWN_HAIR: Rgb = (0.12, 0.07, 0.035)
BLOND_HAIR: Rgb = (0.30, 0.20, 0.09)
GREY_HAIR: Rgb = (0.25, 0.24, 0.23)
HAIRS = (BLACK_HAIR, DARK_BROWN_HAIR, BROWN_HAIR, BLOND_HAIR, GREY_HAIR)

WHITE: Rgb = (0.68, 0.67, 0.64)
CHARCOAL: Rgb = (0.035, 0.037, 0.042)
NAVY: Rgb = (0.025, 0.04, 0.10)
TEAL: Rgb = (0.03, 0.16, 0.17)
OLIVE: Rgb = (0.10, 0.12, 0.05)
RUST: Rgb = (0.32, 0.09, 0.04)
PLUM: Rgb = (0.13, 0.04, 0.10)
SKY: Rgb = (0.20, 0.36, 0.52)
CREAM_WALL: Rgb = (0.66, 0.61, 0.52)
GREY_WALL: Rgb = (0.50, 0.50, 0.50)
SAGE_WALL: Rgb = (0.38, 0.43, 0.36)
BLUE_WALL: Rgb = (0.34, 0.41, 0.48)
