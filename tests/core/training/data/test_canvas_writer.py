import numpy as np
import pytest

from core.training.data.canvas import Canvas
from core.training.data.canvas_set import has_canvases, open_canvases
from core.training.data.canvas_writer import writing_canvases
from tests.core.training import toy


@pytest.mark.parametrize("counts", [(1,), (9, 3)])
def test_what_was_written_one_by_one_is_read_as_a_set(tmp_path, counts):
    parts = [toy.canvases(count, seed) for seed, count in enumerate(counts)]
    with writing_canvases(tmp_path) as writer:
        for part in parts:
            writer.add_set(part)
        assert not has_canvases(tmp_path)
    found = open_canvases(tmp_path)
    assert len(found) == sum(counts)
    assert found.names == tuple(name for part in parts for name in part.names)
    for name in ("images", "xy", "infant"):
        expected = np.concatenate([getattr(part, name) for part in parts])
        np.testing.assert_array_equal(getattr(found, name), expected)


def broken_off(folder):
    with writing_canvases(folder) as writer:
        writer.add_set(toy.canvases(2, seed=1))
        raise RuntimeError


def test_a_fault_on_the_way_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError):
        broken_off(tmp_path)
    assert not has_canvases(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_canvas_of_another_kind_is_refused(tmp_path):
    one = toy.canvases(1, seed=1)
    wrong = Canvas(one.images[0], one.xy[0].astype(np.float64), one.infant[0])
    with writing_canvases(tmp_path) as writer, pytest.raises(ValueError, match="in an array of"):
        writer.add(wrong, "name", "group")
