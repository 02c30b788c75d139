import io
import tracemalloc
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core.export.pose_csv import POINT_COLUMNS, PoseCsv, TableShape
from core.pose.pose_track import PoseTrack, Source
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()
WORDS = ["model", "human", "interpolated"]


def random_track(frames, seed=0):
    rng = np.random.default_rng(seed)
    shape = (frames, len(SKELETON))
    visibility = rng.integers(0, 3, shape).astype(np.uint8)
    visibility[frames // 2] = 0  # a frame without an infant
    xy = rng.uniform(-40, 4000, (*shape, 2)).astype(np.float32)
    xy[visibility == 0] = np.nan
    confidence = rng.random(shape).astype(np.float32)
    return PoseTrack(SKELETON, xy, confidence, visibility, rng.integers(0, 3, shape, np.uint8))


def written(track, times, layout, *, parts=1, file_names=None):
    file = io.BytesIO()
    table = PoseCsv(file, TableShape(SKELETON, layout, file_names))
    edges = np.linspace(0, len(track), parts + 1).astype(int)
    for start, stop in pairwise(edges):
        table.write(int(start), times[start:stop], track.part(start, stop))
    return file.getvalue()


def check_points(table, track, keypoint, prefix=""):
    k = SKELETON.index(keypoint)
    absent = track.visibility[:, k] == 0
    for axis, name in enumerate("xy"):
        expected = np.where(absent, np.nan, track.xy[:, k, axis])
        np.testing.assert_allclose(table[prefix + name], expected, atol=0.00501)
    confidence = np.where(absent, np.nan, track.confidence[:, k])
    np.testing.assert_allclose(table[prefix + "confidence"], confidence, atol=0.0000501)
    assert list(table[prefix + "visibility"]) == list(track.visibility[:, k])
    assert list(table[prefix + "source"]) == [WORDS[s] for s in track.source[:, k]]


def test_wide_is_read_back_by_pandas():
    track, times = random_track(50), np.cumsum(np.random.default_rng(1).random(50)) / 30
    table = pd.read_csv(io.BytesIO(written(track, times, "wide")))
    assert list(table.columns[:4]) == ["frame", "time_s", "left_ankle_x", "left_ankle_y"]
    assert len(table.columns) == 2 + 5 * 16
    assert list(table["frame"]) == list(range(50))
    np.testing.assert_allclose(table["time_s"], times, atol=5.01e-7)
    for keypoint in SKELETON.keypoints:
        check_points(table, track, keypoint, f"{keypoint}_")


def test_long_is_read_back_by_pandas():
    track, times = random_track(50), np.arange(50) / 25
    table = pd.read_csv(io.BytesIO(written(track, times, "long")))
    assert list(table.columns) == ["frame", "time_s", "keypoint", *POINT_COLUMNS]
    assert len(table) == 50 * 16
    assert list(table["keypoint"][:16]) == list(SKELETON.keypoints)
    for keypoint, rows in table.groupby("keypoint"):
        assert list(rows["frame"]) == list(range(50))
        np.testing.assert_allclose(rows["time_s"], times, atol=5.01e-7)
        check_points(rows, track, keypoint)


def test_an_absent_point_has_empty_cells():
    track = PoseTrack.empty(SKELETON, 1)
    track.source[0, 1] = Source.HUMAN  # a person says that there is none
    line = written(track, np.zeros(1), "wide").decode().splitlines()[1]
    assert line == "0,0.000000," + ",,,0,model," + ",,,0,human," + ",".join([",,,0,model"] * 14)


def test_numbers_have_the_pinned_decimals():
    track = PoseTrack.empty(SKELETON, 1)
    track.xy[0, 0] = (12.3456, 7)
    track.confidence[0, 0] = 0.87654321
    track.visibility[0, 0] = 2
    line = written(track, np.array([1 / 3]), "long").decode().splitlines()[1]
    assert line == "0,0.333333,left_ankle,12.35,7.00,0.8765,2,model"


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_writing_in_parts_makes_no_difference(layout):
    track, times = random_track(5000), np.arange(5000) / 60
    assert written(track, times, layout, parts=37) == written(track, times, layout)


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_the_files_of_a_folder_are_the_last_column(layout):
    track, names = random_track(3), ["a.png", 'b, "old".png', "ü.png"]
    table = pd.read_csv(io.BytesIO(written(track, np.arange(3.0), layout, file_names=names)))
    assert table.columns[-1] == "file"
    assert list(table.drop_duplicates("frame")["file"]) == names
    assert list(table.columns) == TableShape(SKELETON, layout, tuple(names)).columns


def test_nothing_is_quoted_and_lines_end_as_on_unix():
    text = written(random_track(4), np.arange(4.0), "wide")
    assert b'"' not in text
    assert b"\r" not in text
    assert text.endswith(b"\n")
    assert text.count(b"\n") == 5


class Nowhere(io.RawIOBase):
    def write(self, content):
        return len(content)


def test_memory_does_not_grow_with_the_recording():
    track, times = random_track(20_000), np.arange(20_000) / 30
    table = PoseCsv(Nowhere(), TableShape(SKELETON, "wide"))
    tracemalloc.start()
    table.write(0, times, track)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
