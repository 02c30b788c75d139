import numpy as np
import pytest

from core.synthesis.cloth.flooring import FLOORINGS, draw_flooring
from tests.core.synthesis.cloth.tiles import assert_sound


@pytest.mark.parametrize("kind", sorted(FLOORINGS))
def test_every_flooring_repeats_without_a_seam(kind: str):
    for seed in range(3):
        assert_sound(draw_flooring(np.random.default_rng(seed), kind))


@pytest.mark.parametrize("kind", sorted(FLOORINGS))
def test_the_same_seed_gives_the_same_flooring(kind: str):
    one, two = (draw_flooring(np.random.default_rng(5), kind) for _ in range(2))
    assert (one.albedo == two.albedo).all()


def test_kinds_have_patterns_of_their_own():
    reliefs = [draw_flooring(np.random.default_rng(0), kind).bumps for kind in sorted(FLOORINGS)]
    likeness = np.corrcoef(np.stack([relief.ravel() for relief in reliefs]))
    off_diagonal = likeness[~np.eye(len(likeness), dtype=bool)]
    assert off_diagonal.max() < 0.95


def test_joints_between_tiles_are_darker_and_deeper():
    tiles = draw_flooring(np.random.default_rng(2), "tiles")
    assert tiles.bumps is not None
    deep = tiles.bumps < tiles.bumps.min() / 2
    assert tiles.albedo[deep].mean() < tiles.albedo[~deep].mean()
