import csv

import av
import numpy as np
import pytest

from core.errors import BadInput
from core.pose.skeleton import shipped_skeleton
from core.shards.reader import ShardSet
from core.synthesis.production.shard_task import SampleFailed, ShardTask
from tests.core.synthesis.production.conftest import CLIPS, STILLS, made_here
from tests.core.synthesis.production.painter import Painter


def make(request, folder, painter, shard=0):
    ShardTask(request, folder, shard).make(painter, on_sample=lambda: None)


def test_a_shard_holds_its_own_numbers_and_counts_them(tmp_path):
    counted = []
    ShardTask(STILLS, tmp_path, 2).make(Painter(), on_sample=lambda: counted.append(1))
    samples = ShardSet.open(tmp_path / "synthetic-000002.tar")
    labels = [samples.labels(i) for i in range(len(samples))]
    assert [(one.kind, one.index) for one in labels] == [("infant", 8), ("infant", 9)]
    assert len(counted) == 2


def test_a_clip_is_a_video_a_table_and_a_shard(tmp_path):
    assert sorted(made_here(CLIPS, tmp_path)) == [
        "clip-000000.mp4",
        "clip-000000_truth.csv",
        "clip-000001.mp4",
        "clip-000001_truth.csv",
        "synthetic-000000.tar",
        "synthetic-000001.tar",
    ]
    samples = ShardSet.open(tmp_path / "synthetic-000001.tar")
    with av.open(str(tmp_path / "clip-000001.mp4")) as video:
        frames = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in video.decode(video=0)]
    with (tmp_path / "clip-000001_truth.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(frames) == len(rows) == len(samples) == 12
    for number, ((time_s, image), row) in enumerate(zip(frames, rows, strict=True)):
        sample = samples[number]
        assert time_s == pytest.approx(sample.labels.time_s, abs=1e-3)
        assert np.abs(image.astype(int) - sample.image).mean() < 20
        assert int(row["frame"]) == sample.labels.frame == number
        assert_row_tells(row, sample.labels)


def assert_row_tells(row, labels):
    for k, name in enumerate(shipped_skeleton().keypoints):
        xy = [float(row[f"{name}_{axis}"]) for axis in "xy"]
        np.testing.assert_allclose(xy, labels.xy[k], atol=1e-9)
        assert int(row[f"{name}_visibility"]) == labels.visibility[k]


@pytest.mark.parametrize("request_", [STILLS, CLIPS])
def test_the_same_request_gives_the_same_bytes(tmp_path, request_):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert made_here(request_, tmp_path / "a") == made_here(request_, tmp_path / "b")


def test_a_fault_names_the_sample_and_leaves_nothing(tmp_path):
    with pytest.raises(SampleFailed, match="infants, seed 5, number 2: FileNotFoundError"):
        make(STILLS, tmp_path, Painter(fails_at=2))
    assert list(tmp_path.iterdir()) == []


def test_what_is_said_to_the_user_is_passed_on(tmp_path):
    with pytest.raises(BadInput, match="this machine has none"):
        make(STILLS, tmp_path, Painter(refuses_at=1))


@pytest.mark.parametrize("frames", [11, 13])
def test_a_clip_of_another_length_is_a_fault(tmp_path, frames):
    class Stray(Painter):
        def clip(self, seed, index, form, strange):
            yield from super().clip(
                seed, index, form.model_copy(update={"seconds": frames / form.fps}), strange
            )

    with pytest.raises(SampleFailed, match="clip, seed 5, number 1"):
        make(CLIPS, tmp_path, Stray(), shard=1)
    assert list(tmp_path.iterdir()) == []
