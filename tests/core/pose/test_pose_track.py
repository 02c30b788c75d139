"""Poses and tracks: columns that fit each other, and values read from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pose.pose_track import Point, Pose, PoseTrack, Source, Visibility
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()


def random_track(frames: int) -> PoseTrack:
    rng = np.random.default_rng(frames)
    shape = (frames, len(SKELETON))
    return PoseTrack(
        SKELETON,
        rng.uniform(0, 100, (*shape, 2)).astype(np.float32),
        rng.uniform(0, 1, shape).astype(np.float32),
        rng.integers(1, 3, shape).astype(np.uint8),
        rng.integers(0, 3, shape).astype(np.uint8),
    )


def test_an_empty_track_shows_no_infant() -> None:
    track = PoseTrack.empty(SKELETON, 3)
    assert len(track) == 3
    for frame in range(3):
        assert track.pose(frame).is_empty
        for keypoint in range(len(SKELETON)):
            absent = Point(None, 0.0, Visibility.ABSENT, Source.MODEL)
            assert track.pose(frame).point(keypoint) == absent
    assert Pose.absent(16).is_empty


@given(st.integers(0, 12))
def test_stacking_poses_gives_the_track_back(frames: int) -> None:
    track = random_track(frames)
    again = PoseTrack.stack(SKELETON, [track.pose(i) for i in range(frames)])
    for column in ("xy", "confidence", "visibility", "source"):
        assert np.array_equal(getattr(again, column), getattr(track, column))
        assert getattr(again, column).dtype == getattr(track, column).dtype


@given(st.integers(0, 8), st.integers(0, 8))
def test_joined_parts_give_the_track_back(first: int, second: int) -> None:
    cuts = sorted((first, second))
    track = random_track(8)
    parts = [track.part(*span) for span in ((0, cuts[0]), tuple(cuts), (cuts[1], 8))]
    joined = PoseTrack.joined(SKELETON, parts)
    for name in ("xy", "confidence", "visibility", "source"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(track, name))
    assert joined.xy.dtype == np.float32
    assert joined.visibility.dtype == np.uint8


@given(st.integers(0, 10), st.integers(0, 12))
def test_a_part_is_a_view(start: int, stop: int) -> None:
    track = random_track(10)
    part = track.part(start, stop)
    assert len(part) == max(0, min(stop, 10) - start)
    if len(part):
        part.confidence[0, 0] = 0.125
        assert track.confidence[start, 0] == 0.125


def test_a_pose_is_a_view() -> None:
    track = random_track(2)
    track.pose(1).xy[3] = (5, 6)
    assert np.array_equal(track.xy[1, 3], (5, 6))


def test_a_point_is_read_with_its_kinds() -> None:
    track = random_track(1)
    track.visibility[0, 4], track.source[0, 4] = Visibility.HIDDEN, Source.INTERPOLATED
    point = track.pose(0).point(4)
    assert point.xy == tuple(track.xy[0, 4].tolist())
    assert point.visibility is Visibility.HIDDEN
    assert point.source is Source.INTERPOLATED


def test_columns_that_do_not_fit_are_refused() -> None:
    track = random_track(4)
    with pytest.raises(ValueError, match="do not fit"):
        PoseTrack(SKELETON, track.xy[:3], track.confidence, track.visibility, track.source)
    coco = shipped_skeleton("coco17")
    with pytest.raises(ValueError, match="do not fit"):
        PoseTrack(coco, track.xy, track.confidence, track.visibility, track.source)


def test_the_numbers_and_words_that_are_exported() -> None:
    assert [int(v) for v in Visibility] == [0, 1, 2]
    assert [source.word for source in Source] == ["model", "human", "interpolated"]
