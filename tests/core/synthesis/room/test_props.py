from dataclasses import dataclass

import numpy as np
import pytest

from core.synthesis.body.body_model import ShapedBody
from core.synthesis.room.mesh import bounds
from core.synthesis.room.props import furniture_for
from core.synthesis.room.rails import bars_around, rim_around
from core.synthesis.room.subject import Subject
from tests.core.synthesis.room.conftest import posed


@dataclass(frozen=True)
class Block:
    name: str
    centre: tuple[float, float, float] = (0.1, -0.2, 0.44)
    size: tuple[float, float, float] = (0.4, 0.45, 0.04)


@pytest.fixture(scope="module")
def grown_up(adult: ShapedBody) -> Subject:
    return Subject((posed(adult, "sitting", heading=0.0),), "sitting")


def test_every_kind_of_seat_carries_at_the_height_of_the_prop(grown_up: Subject):
    kinds = set()
    for seed in range(40):
        layer = furniture_for(grown_up, (Block("seat"),), np.random.default_rng(seed))
        kinds.update(layer.names)
        points = layer.surfaces[0].vertices
        before = points[points[:, 1] < -0.25]  # where the thighs are: no back rest there
        assert before[:, 2].max() == pytest.approx(0.46, abs=1e-3)
        assert points[:, 2].min() >= -1e-6
    assert len(kinds) >= 5


def test_back_rests_are_behind_the_person(grown_up: Subject):
    for seed in range(40):
        layer = furniture_for(grown_up, (Block("seat"),), np.random.default_rng(seed))
        points = layer.surfaces[0].vertices
        high = points[points[:, 2] > 0.5]
        assert not len(high) or ((high - [0.1, -0.2, 0]) @ grown_up.front).max() < -0.15


def test_a_rail_has_its_top_where_the_hands_are(grown_up: Subject):
    names = set()
    for seed in range(20):
        layer = furniture_for(grown_up, (Block("rail"),), np.random.default_rng(seed))
        names.update(layer.names)
        assert bounds(layer.surfaces[0].vertices)[1][2] == pytest.approx(0.46, abs=0.005)
    assert names == {"table", "bar", "block"}


def test_what_is_not_furniture_is_left_out(grown_up: Subject):
    assert furniture_for(grown_up, (Block("arms"),), np.random.default_rng(0)).surfaces == ()


@pytest.mark.parametrize("side", [(0.5, 0.0), (0.0, -0.9)])
def test_no_bars_stand_close_before_the_lens(side: tuple[float, float]):
    lens = np.array([*side, 0.2])
    for seed in range(12):
        bars = bars_around((0.6, 1.2), np.random.default_rng(seed), lens)
        upright = bars.vertices[bars.vertices[:, 2] > 0.05]
        middle = np.abs(upright[:, 1 if side[0] else 0]) < 0.2
        assert np.linalg.norm(upright[middle] - lens, axis=1).min() > 0.3


def test_bars_stand_around_the_mattress_not_on_it():
    bars = bars_around((0.6, 1.2), np.random.default_rng(0), np.array([0.0, 0.0, 3.0]))
    inside = (np.abs(bars.vertices[:, 0]) < 0.29) & (np.abs(bars.vertices[:, 1]) < 0.59)
    assert not (inside & (bars.vertices[:, 2] > -0.05)).any()
    assert bars.vertices[:, 2].max() > 0.2


def test_clear_walls_end_in_a_rim():
    rim = rim_around((0.4, 0.8), 0.2)
    assert bounds(rim.vertices)[1][2] == pytest.approx(0.207, abs=1e-3)
