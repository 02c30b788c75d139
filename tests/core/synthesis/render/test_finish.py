"""What the finish does to light."""

import numpy as np
import pytest

from core.synthesis.render.finish import finished
from core.synthesis.scene import Finish


def grey(value: float, size=(40, 60)):
    return np.full((*size, 3), value, np.float32)


def developed(light, **settings):
    finish = Finish(**{"jpeg": 100, **settings})
    return finished(light, finish, np.random.default_rng(0)).astype(float)


@pytest.mark.parametrize(("linear", "srgb"), [(0.0, 0), (0.2159, 128), (0.5, 188)])
def test_below_the_knee_the_curve_is_srgb(linear: float, srgb: int):
    assert developed(grey(linear)) == pytest.approx(srgb, abs=1.5)


def test_highlights_roll_off_and_stay_in_order():
    values = [developed(grey(light)).mean() for light in (0.7, 1.0, 1.5, 3.0, 50.0)]
    assert values == sorted(values)
    assert values[1] < 250 < values[-1]


def test_exposure_and_white_balance_are_factors_of_light():
    assert developed(grey(0.2), exposure=2.0) == pytest.approx(developed(grey(0.4)), abs=1)
    warm = developed(grey(0.2), white_balance=(1.2, 1.0, 0.8)).mean(axis=(0, 1))
    assert warm[0] > warm[1] > warm[2]


def test_night_vision_has_no_colour_even_with_noise():
    light = grey(0.3) * np.array([1.5, 1.0, 0.4], np.float32)
    image = developed(light, saturation=0.0, noise=8.0)
    assert np.ptp(image, axis=2).max() == 0
    assert image.std() == pytest.approx(8, rel=0.1)


def test_contrast_turns_about_a_middle_grey():
    dark, bright = developed(grey(0.05), contrast=1.3), developed(grey(0.5), contrast=1.3)
    assert dark.mean() < developed(grey(0.05)).mean()
    assert bright.mean() > developed(grey(0.5)).mean()


def test_the_vignette_darkens_corners_and_leaves_the_middle():
    image = developed(grey(0.4), vignette=0.5)[..., 0]
    plain = developed(grey(0.4))[0, 0, 0]
    assert image[20, 30] == pytest.approx(plain, abs=1)
    assert image[0, 0] < 0.85 * plain


def dot(size=41):
    light = grey(0.0, (size, size))
    light[size // 2, size // 2] = 30.0
    return light


def test_defocus_spreads_a_point_evenly():
    image = developed(dot(), defocus=1.5)[..., 0]
    spread = np.argwhere(image > 20) - 20
    assert len(spread) > 9
    assert np.abs(spread.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize(("motion", "axis"), [((7.0, 0.0), 1), ((0.0, 7.0), 0)])
def test_motion_smears_along_its_direction(motion: tuple[float, float], axis: int):
    places = np.argwhere(developed(dot(), motion=motion)[..., 0] > 20)
    extent = np.ptp(places, axis=0)
    assert extent[axis] in (6, 7, 8)
    assert extent[1 - axis] == 0


def test_noise_has_the_asked_strength_and_differs_between_pictures():
    rng = np.random.default_rng(3)
    first, second = (finished(grey(0.2), Finish(noise=5.0, jpeg=100), rng) for _ in range(2))
    assert first.astype(float).std() == pytest.approx(5, rel=0.1)
    assert (first != second).mean() > 0.5


def test_noise_fills_pictures_larger_than_its_stock():
    image = developed(grey(0.2, (900, 1200)), noise=5.0)
    assert image[-100:].std() == pytest.approx(5, rel=0.1)


def test_a_codec_leaves_the_picture_recognisable_and_worse():
    rng = np.random.default_rng(0)
    light = rng.random((64, 64, 3), np.float32)
    clean, rough = developed(light), developed(light, jpeg=30)
    assert 1 < np.abs(clean - rough).mean() < 60
    assert developed(grey(0.2), jpeg=50).mean(axis=(0, 1)) == pytest.approx([123] * 3, abs=4)
