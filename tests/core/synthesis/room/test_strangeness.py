from dataclasses import replace

import numpy as np
import pytest

from core.synthesis.room.light import flash
from core.synthesis.room.solids import box
from core.synthesis.room.strangeness import Strangeness
from core.synthesis.room.viewpoint import View
from core.synthesis.scene import Finish
from core.synthesis.surface import Material, Role

VIEW = View("from above", 10.0, 70.0, 0.0, 45.0, 0.7)
LIGHT = flash(np.array([0.0, 0.0, 1.0]), 0.5)
ANGLES = ("upside down", "from below the feet", "from above the head", "extremely wide")
PICTURES = ("very dim", "night vision", "colour cast", "blurred", "compressed", "noisy")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("kind", ANGLES)
def test_odd_angles_change_the_view_and_say_so(kind: str, rng: np.random.Generator):
    view = Strangeness((kind,)).view(VIEW, rng)
    assert view.name == kind
    assert replace(view, name=VIEW.name) != VIEW


@pytest.mark.parametrize("kind", PICTURES)
def test_odd_pictures_change_the_finish(kind: str, rng: np.random.Generator):
    assert Strangeness((kind,)).finish(Finish(), rng, 256) != Finish()


def test_night_vision_is_grey_and_lit_from_the_camera(rng: np.random.Generator):
    night = Strangeness(("night vision",))
    assert night.finish(Finish(), rng, 256).saturation == 0
    towards = np.array([1.0, 0.0, 0.0])
    lamp = night.lighting(LIGHT, towards, rng).lamps[0]
    assert np.array(lamp.direction) @ towards > 0.99


def test_busy_patterns_touch_supports_only(rng: np.random.Generator):
    plain = Material(np.zeros((256, 256, 3), np.uint8))
    surfaces = tuple(box((1, 1, 1)).surface(role, plain) for role in (Role.SUPPORT, Role.OCCLUDER))
    support, occluder = Strangeness(("busy patterns",)).surfaces(surfaces, rng)
    assert support.material.albedo.std() > 10
    assert occluder.material is plain


def test_ordinary_rooms_are_left_alone(rng: np.random.Generator):
    ordinary = Strangeness()
    assert ordinary.view(VIEW, rng) is VIEW
    assert ordinary.lighting(LIGHT, np.zeros(3), rng) is LIGHT
    assert ordinary.finish(Finish(), rng, 256) == Finish()


def test_strange_rooms_have_one_or_two_oddities_of_every_sort():
    drawn = [Strangeness.drawn(np.random.default_rng(seed)).kinds for seed in range(200)]
    assert {len(kinds) for kinds in drawn} == {1, 2}
    assert {kind for kinds in drawn for kind in kinds} == {*ANGLES, *PICTURES, "busy patterns"}
