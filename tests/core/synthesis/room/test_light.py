import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.synthesis.room.camera_faults import draw_finish
from core.synthesis.room.light import INDOORS, OUTDOORS, draw_lighting, flash, lit, tinted
from core.synthesis.scene import Lighting

TOWARDS = np.array([0.6, 0.0, 0.8])


def on_a_sheet(lighting: Lighting) -> np.ndarray:
    """The light on a flat white sheet without shadows, (3,)."""
    lamps = [np.array(lamp.colour) * lamp.direction[2] for lamp in lighting.lamps]
    return np.array(lighting.sky) + np.sum(lamps, axis=0)


@given(seed=st.integers(0, 10_000), outdoors=st.booleans())
def test_all_light_is_plausible(seed: int, outdoors: bool):
    lighting, name = draw_lighting(np.random.default_rng(seed), TOWARDS, outdoors)
    assert name
    for lamp in lighting.lamps:
        assert np.linalg.norm(lamp.direction) == pytest.approx(1)
        assert lamp.direction[2] > 0
        assert 0 < lamp.spread < 1
        assert min(lamp.colour) >= 0
    assert min(lighting.sky) > 0.1
    assert min(lighting.ground) > 0.05
    assert 0.3 < on_a_sheet(lighting).mean() < 1.8


def test_lamps_stand_where_no_wall_is():
    rng = np.random.default_rng(0)
    sides = [lamp.direction[0] for _ in range(100)
             for lamp in draw_lighting(rng, TOWARDS, False)[0].lamps]  # fmt: skip
    assert np.mean(np.array(sides) > -0.25) > 0.97


def test_two_lamps_are_two():
    kind = next(one for one in INDOORS if one.lamps == 2)
    assert len(lit(kind, np.random.default_rng(0), TOWARDS).lamps) == 2


def test_the_sun_is_sharper_than_a_cloudy_sky():
    sun, cloudy = (lit(kind, np.random.default_rng(0), TOWARDS) for kind in OUTDOORS)
    assert sun.lamps[0].spread < cloudy.lamps[0].spread / 5


def test_a_flash_shines_from_the_camera():
    (lamp,) = flash(TOWARDS, 0.7).lamps
    assert np.array(lamp.direction) @ TOWARDS > 0.99


def test_warm_light_is_red_and_cold_light_blue():
    assert tinted(0.0)[0] > tinted(0.0)[2]
    assert tinted(1.0)[2] > tinted(1.0)[0]


@given(seed=st.integers(0, 10_000))
def test_ordinary_cameras_have_ordinary_faults(seed: int):
    finish = draw_finish(np.random.default_rng(seed), 256)
    assert 0.6 < finish.exposure < 1.6
    assert np.mean(finish.white_balance) == pytest.approx(1)
    assert 0.5 < finish.saturation <= 1.2
    assert 0 <= finish.defocus < 3
    assert np.hypot(*finish.motion) <= 3.01
    assert 0 <= finish.noise < 25
    assert 50 <= finish.jpeg < 100


def test_blur_grows_with_the_picture():
    small, large = (draw_finish(np.random.default_rng(3), side) for side in (256, 1024))
    assert large.defocus == pytest.approx(4 * small.defocus)
