"""Made-up backs whose curve can be worked out by hand."""

from __future__ import annotations

import numpy as np


def raised_cosine(depth, wavelength, slant=0.0):
    """(up, back) of a cosine hollow between two apexes, with ends that fall away."""
    up = np.arange(-150.0, wavelength + 150.0, 1.0)
    inside = (up >= 0) & (up <= wavelength)
    wave = -depth / 2 * (1 - np.cos(2 * np.pi * up / wavelength))
    beyond = np.where(up < 0, up, wavelength - up)
    back = np.where(inside, wave, -(beyond**2) / 400)
    return up, back + slant * up
