import io

import numpy as np
import pytest
from PIL import Image

from core.errors import NoSpace
from core.training.log.event_file import EventFile
from tests.core.training.log.curves import curve, read


def test_tensorboard_reads_the_curves_with_their_times(tmp_path):
    times = iter(range(1000, 1010))
    with EventFile(tmp_path / "curves", 0, lambda: next(times)) as file:
        file.numbers(10, {"loss/total": 0.5, "rate": 1e-4})
        file.numbers(20, {"loss/total": 0.25, "rate": 1e-5})
    assert curve(tmp_path / "curves", "loss/total") == [(10, 0.5), (20, 0.25)]
    assert curve(tmp_path / "curves", "rate")[1] == (20, pytest.approx(1e-5))
    points = read(tmp_path / "curves").Scalars("rate")
    assert [point.wall_time for point in points] == [1002, 1003]


def test_tensorboard_shows_the_picture(tmp_path):
    encoded = io.BytesIO()
    Image.fromarray(np.full((30, 40, 3), 99, np.uint8)).save(encoded, "PNG")
    with EventFile(tmp_path, 0, lambda: 0.0) as file:
        file.picture(100, "found", encoded.getvalue(), (40, 30))
    (picture,) = read(tmp_path).Images("found")
    assert (picture.step, picture.width, picture.height) == (100, 40, 30)
    assert picture.encoded_image_string == encoded.getvalue()


def test_a_resumed_run_takes_back_what_it_does_again(tmp_path):
    with EventFile(tmp_path, 0, lambda: 0.0) as file:
        for step in (10, 20, 30, 40):
            file.numbers(step, {"rate": 1.0})
    with EventFile(tmp_path, 30, lambda: 0.0) as file:
        file.numbers(30, {"rate": 2.0})
    assert curve(tmp_path, "rate") == [(10, 1.0), (20, 1.0), (30, 2.0)]


def test_what_is_told_is_on_disk_at_once(tmp_path):
    with EventFile(tmp_path, 0, lambda: 0.0) as file:
        file.numbers(10, {"rate": 1.0})
        assert curve(tmp_path, "rate") == [(10, 1.0)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "tensorboard").write_text("")
    with pytest.raises(NoSpace, match="tensorboard: cannot be written"):
        EventFile(tmp_path / "tensorboard", 0, lambda: 0.0)
