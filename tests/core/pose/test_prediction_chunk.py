"""Chunks keep poses to the bit and silhouettes to an eighth of a pixel, or say they are damaged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()


def make_chunk(seed: int, frames: int, *, outlines: bool, start: int = 0) -> PredictionChunk:
    rng = np.random.default_rng(seed)
    track = PoseTrack.empty(SKELETON, frames)
    shown = rng.random(track.confidence.shape) < 0.8  # the others stay absent
    track.xy[shown] = rng.uniform(-50, 4000, (shown.sum(), 2))
    track.confidence[shown] = rng.random(shown.sum())
    track.visibility[shown] = rng.integers(1, 3, shown.sum())
    rings = [(rng.integers(0, 800, (12, 2)) / 8).astype(np.float32) for _ in range(frames)]
    kinds = [None, Silhouette(()), *(Silhouette((ring,)) for ring in rings)]
    chosen = tuple(kinds[i] for i in rng.integers(0, len(kinds), frames if outlines else 0))
    return PredictionChunk(start, track, chosen)


def assert_same(a: PredictionChunk, b: PredictionChunk) -> None:
    assert (a.start, a.stop) == (b.start, b.stop)
    assert_same_poses(a, b)
    assert len(a.silhouettes) == len(b.silhouettes)
    for x, y in zip(a.silhouettes, b.silhouettes, strict=True):
        assert (x is None) == (y is None)
        if x is not None and y is not None:
            assert [r.tolist() for r in x.rings] == [r.tolist() for r in y.rings]


def assert_same_poses(a: PredictionChunk, b: PredictionChunk) -> None:
    assert np.array_equal(a.track.xy, b.track.xy, equal_nan=True)
    assert np.array_equal(a.track.confidence, b.track.confidence)
    assert np.array_equal(a.track.visibility, b.track.visibility)
    assert not b.track.source.any()


CHUNKS = st.builds(
    make_chunk,
    st.integers(0, 1000),
    st.integers(0, 20),
    outlines=st.booleans(),
    start=st.integers(0, 2**32 - 1),
)


@given(CHUNKS)
def test_a_chunk_comes_back(chunk: PredictionChunk) -> None:
    assert_same(chunk, PredictionChunk.decode(chunk.encode(), SKELETON))


@given(CHUNKS)
def test_poses_come_back_alone(chunk: PredictionChunk) -> None:
    poses, outlines = chunk.encode_parts()
    assert poses + outlines == chunk.encode()
    for alone in (
        PredictionChunk.decode_poses(poses, SKELETON),
        PredictionChunk.decode(chunk.encode(), SKELETON, silhouettes=False),
    ):
        assert (alone.start, alone.stop, alone.silhouettes) == (chunk.start, chunk.stop, ())
        assert_same_poses(chunk, alone)


def test_a_cut_off_chunk_is_a_value_error() -> None:
    content = make_chunk(1, 5, outlines=True).encode()
    for length in range(len(content)):
        with pytest.raises(ValueError, match=r"chunk|damaged"):
            PredictionChunk.decode(content[:length], SKELETON)
    with pytest.raises(ValueError, match="cut off"):
        PredictionChunk.decode(content + b"x", SKELETON)


@given(st.data())
def test_damage_is_a_value_error_or_another_chunk(data: st.DataObject) -> None:
    content = bytearray(make_chunk(2, 5, outlines=True).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        chunk = PredictionChunk.decode(bytes(content), SKELETON)
    except ValueError:
        return
    assert len(chunk.track) * 16 == chunk.track.confidence.size


@given(st.binary(max_size=100))
def test_foreign_bytes_are_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="chunk"):
        PredictionChunk.decode(content, SKELETON)


def test_another_skeleton_is_a_value_error() -> None:
    content = make_chunk(3, 2, outlines=False).encode()
    with pytest.raises(ValueError, match="skeleton"):
        PredictionChunk.decode(content, shipped_skeleton("coco17"))


def test_silhouettes_belong_to_the_frames() -> None:
    with pytest.raises(ValueError, match="2 silhouettes for 3 frames"):
        PredictionChunk(0, PoseTrack.empty(SKELETON, 3), (None, None))
