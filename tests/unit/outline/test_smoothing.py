"""The smoothing of a back line."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.smoothing import smooth


class TestSmooth:
    def test_quadratics_pass_unchanged(self) -> None:
        up = np.arange(0.0, 400.0, 2.0)
        back = 3 + 0.2 * up - 0.001 * up**2
        assert smooth(back, np.ones_like(up), 2.0, 130.0) == pytest.approx(back, abs=1e-4)

    def test_a_wave_of_the_half_wavelength_keeps_half_its_height(self) -> None:
        up = np.arange(0.0, 3000.0, 2.0)
        wave = np.sin(2 * np.pi * up / 130)
        middle = slice(500, 1000)
        kept = smooth(wave, np.ones_like(up), 2.0, 130.0)[middle]
        assert np.ptp(kept) / np.ptp(wave[middle]) == pytest.approx(0.5, abs=0.01)

    def test_long_waves_stay_and_short_ones_go(self) -> None:
        up = np.arange(0.0, 3000.0, 2.0)
        middle = slice(500, 1000)
        for wavelength, share in ((400, 0.99), (40, 0.01)):
            wave = np.sin(2 * np.pi * up / wavelength)
            kept = smooth(wave, np.ones_like(up), 2.0, 130.0)[middle]
            assert np.ptp(kept) / np.ptp(wave[middle]) == pytest.approx(share, abs=0.02)

    def test_missing_rows_are_bridged(self) -> None:
        up = np.arange(0.0, 400.0, 2.0)
        back = 0.001 * (up - 200) ** 2
        torn = back.copy()
        torn[80:110] = np.nan
        weight = np.isfinite(torn).astype(float)
        assert smooth(torn, weight, 2.0, 130.0) == pytest.approx(back, abs=0.5)
