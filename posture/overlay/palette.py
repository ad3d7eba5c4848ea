"""Colours of the overlay: calm, and told apart by colour-blind people.

The bands use the set of Okabe and Ito (2008).  There is no red and no traffic light: a deep curve
is a shape, not an alarm.
"""

from __future__ import annotations

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
PAPER: Rgb = (250, 251, 252)
MIST: Rgb = (236, 240, 244)
HAIRLINE: Rgb = (216, 223, 230)
MUTED: Rgb = (84, 99, 115)
INK: Rgb = (22, 33, 45)

CONTOUR: Rgb = (0, 114, 178)
TANGENT: Rgb = (213, 94, 0)
NOTICE: Rgb = (230, 159, 0)

BAND: dict[str, Rgb] = {
    "flat": (86, 180, 233),
    "typical": (0, 158, 115),
    "borderline": (230, 159, 0),
    "deep": (204, 121, 167),
}


def band_colours(bands: str) -> tuple[Rgb, Rgb]:
    """The colours of a band, or of the first and last of several, as in "typical/borderline"."""
    names = bands.split("/")
    return BAND[names[0]], BAND[names[-1]]


def css(colour: Rgb) -> str:
    """A colour as pages and plots write it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with a `share` (0 to 1) of `second`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)
