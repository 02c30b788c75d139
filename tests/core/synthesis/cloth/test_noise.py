import numpy as np
import pytest

from core.synthesis.cloth.noise import periodic_noise


def lag_correlation(noise, axis: int) -> float:
    return float((noise * np.roll(noise, 4, axis=axis)).mean())


def test_noise_is_centred_and_of_unit_strength():
    noise = periodic_noise(np.random.default_rng(0), (4, 30))
    assert noise.mean() == pytest.approx(0, abs=1e-4)
    assert noise.std() == pytest.approx(1, abs=1e-3)


def test_stretched_grain_runs_along_the_columns():
    noise = periodic_noise(np.random.default_rng(1), (4, 60), stretch=10.0)
    assert lag_correlation(noise, axis=0) > lag_correlation(noise, axis=1) + 0.2


def test_more_waves_make_finer_grain():
    coarse, fine = (periodic_noise(np.random.default_rng(2), band) for band in ((1, 5), (30, 80)))
    assert lag_correlation(coarse, axis=1) > lag_correlation(fine, axis=1) + 0.3
