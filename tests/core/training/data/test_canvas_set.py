import numpy as np
import pytest

from core.errors import BadInput, NoSpace
from core.pose.skeleton import shipped_skeleton
from core.training.data.canvas_set import has_canvases, open_canvases
from tests.core.training import toy


def test_a_set_comes_back_from_disk(tmp_path):
    canvases = toy.canvases(3, seed=1)
    assert not has_canvases(tmp_path)
    canvases.save(tmp_path)
    opened = open_canvases(tmp_path)
    assert has_canvases(tmp_path)
    assert opened.names == canvases.names
    for name in ("images", "xy", "infant"):
        np.testing.assert_array_equal(getattr(opened, name), getattr(canvases, name))


def test_labels_that_are_not_wanted():
    found = toy.canvases(3, seed=1)
    fewer = found.without_labels("left_hip", "head")
    gone = shipped_skeleton().indices("left_hip", "head")
    assert np.isnan(fewer.xy[:, gone]).all()
    assert np.isfinite(np.delete(fewer.xy, gone, axis=1)).all()
    assert np.isfinite(found.xy).all()
    assert fewer.names == found.names


def test_part_of_a_set():
    part = toy.canvases(4, seed=1).subset([2, 0])
    assert part.names == ("1-2", "1-0")
    assert len(part) == 2


@pytest.mark.parametrize("name", ["images.npy", "xy.npy", "canvases.json"])
def test_damage_is_said_in_a_sentence(tmp_path, name):
    toy.canvases(3, seed=1).save(tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 3])
    with pytest.raises(BadInput, match="damaged; start anew"):
        open_canvases(tmp_path)


def test_parts_of_two_sets_are_not_one(tmp_path):
    toy.canvases(3, seed=1).save(tmp_path)
    np.save(tmp_path / "xy.npy", np.zeros((2, 16, 2), np.float32))
    with pytest.raises(BadInput, match="damaged"):
        open_canvases(tmp_path)


def test_an_unfinished_set_does_not_count(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(NoSpace):
        toy.canvases(3, seed=1).save(tmp_path)
    assert not has_canvases(tmp_path)
