import pytest

from core.training.data.sampled_frames import SampledFrames
from core.training.data.target_footage import Footage
from core.training.survey.estimate import cost
from core.training.survey.looking import Looked
from core.training.survey.pace import Pace
from tests.core.training import toy

PACE = Pace(
    start=5.0,
    source=10.0,
    step=2.0,
    saved=0.0,
    examined=0.5,
    pictured=1.0,
    source_canvases=100,
    canvas_bytes=1000,
    picture_bytes=50,
    kept_bytes=7,
)


def seen(tmp_path, length=1000, usable=2):
    kept = (None,) * usable  # only how many there are matters
    sampled = SampledFrames(kept, looked_at=4)  # pyright: ignore[reportArgumentType]
    return Looked(Footage(tmp_path, length=length), sampled, seconds=2.0)


def test_every_part_is_counted(tmp_path):
    recipe = toy.recipe(steps=10, save_every=5, frames=200, held_out=0.1)
    found = cost(recipe, PACE, [seen(tmp_path)])
    looking, steps, examining, pictures = 200 * 0.5, 10 * 2.0, 3 * 10 * 0.5, 3 * 1.0
    assert found.seconds == 5 + looking + 10 + steps + examining + pictures
    assert found.disk_bytes == (100 + 100) * 1000 + 3 * 50 + 7


def test_a_short_recording_gives_what_it_has(tmp_path):
    recipe = toy.recipe(steps=10, save_every=5, frames=200, held_out=0.0)
    whole, short = (cost(recipe, PACE, [seen(tmp_path, length=n)]) for n in (1000, 20))
    assert whole.seconds - short.seconds == 180 * 0.5
    assert whole.disk_bytes - short.disk_bytes == 90 * 1000


def test_a_recording_that_is_refused_costs_nothing(tmp_path):
    recipe = toy.recipe(steps=10, frames=200, held_out=0.0)
    one = seen(tmp_path)
    assert cost(recipe, PACE, [one, Looked(refused="gone")]) == cost(recipe, PACE, [one])


def test_nothing_can_be_told_of_nothing():
    with pytest.raises(ValueError, match="no frame"):
        cost(toy.recipe(), PACE, [Looked(refused="gone")])
