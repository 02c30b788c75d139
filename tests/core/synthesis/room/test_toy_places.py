import numpy as np
import pytest

from core.synthesis.camera import Camera
from core.synthesis.room.mesh import bounds
from core.synthesis.room.relief import Raster, grown
from core.synthesis.room.subject import Subject
from core.synthesis.room.toy_places import play_gym, toy_on, toys_around
from core.synthesis.room.toys import TOYS, draw_toy
from core.synthesis.room.viewpoint import View, placed
from core.synthesis.surface import Role

FAR = View("from above", 0.0, 70.0, 0.0, 30.0, 0.6)


@pytest.fixture
def camera(lying: Subject) -> Camera:
    return placed(FAR, lying, (256, 256))


@pytest.mark.parametrize("seed", range(8))
def test_toys_stand_on_the_ground_and_fit_their_radius(seed: int):
    toy, radius, name = draw_toy(np.random.default_rng(seed))
    low, high = bounds(toy.vertices)
    assert low[2] == pytest.approx(0, abs=1e-6)
    assert (high - low).max() < 0.4
    assert max(np.abs(low[:2]).max(), np.abs(high[:2]).max()) <= radius + 1e-6
    assert name


def test_there_are_many_toys():
    rng = np.random.default_rng(0)
    assert len({draw_toy(rng)[2] for _ in range(200)}) == len(set(TOYS))


@pytest.mark.parametrize("seed", range(6))
def test_toys_lie_beside_the_infant_and_beside_each_other(lying: Subject, seed: int):
    layer = toys_around(lying, (), np.random.default_rng(seed), 5)
    (toys,) = layer.surfaces
    raster = Raster.over(np.array([-1.5, -1.5]), np.array([1.5, 1.5]), 0.01)
    person = np.isfinite(grown(raster.highest(lying.points), 1))
    assert not (np.isfinite(raster.highest(toys.vertices)) & person).any()
    assert toys.role == Role.OCCLUDER


def test_nothing_is_laid_out_when_nothing_was_asked_for(lying: Subject):
    assert toys_around(lying, (), np.random.default_rng(0), 0).surfaces == ()


def test_a_toy_on_the_infant_rests_on_its_skin(lying: Subject):
    for seed in range(10):
        (toy,) = toy_on(lying, np.random.default_rng(seed)).surfaces
        low, high = bounds(toy.vertices)
        under = (lying.points[:, :2] > low[:2]) & (lying.points[:, :2] < high[:2])
        skin = lying.points[under.all(axis=1)]
        assert low[2] < skin[:, 2].max() + 1e-3
        assert high[2] > skin[:, 2].max()


def test_the_gym_spans_the_infant(lying: Subject, camera: Camera):
    (gym,) = play_gym(lying, camera, np.random.default_rng(0)).surfaces
    low, high = bounds(gym.vertices)
    assert high[2] > lying.high[2] + 0.1
    assert low[2] < 0.02
    assert (low[:2] < lying.middle[:2]).all()
    assert (high[:2] > lying.middle[:2]).all()


def test_no_gym_stands_close_before_the_lens(lying: Subject):
    close = placed(View("near", 0.0, 40.0, 0.0, 72.0, 0.9), lying, (256, 256))
    assert play_gym(lying, close, np.random.default_rng(0)).surfaces == ()
