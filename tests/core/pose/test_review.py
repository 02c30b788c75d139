"""The way to the next frame to check, against plain loops that do the same slowly."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pose.pose_edit import Corrections, PointChange, PoseEdit, moved, removed
from core.pose.pose_track import PoseTrack
from core.pose.review import frame_score, frame_scores, low_stretches, next_in, next_low
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()
LIMBS = SKELETON.limb_indices.tolist()
SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.29, 0.3, 0.9, float("nan")]), max_size=40).map(
    lambda scores: np.array(scores, np.float32)
)
DIRECTIONS = st.sampled_from([1, -1])


def make_track(frames: int) -> PoseTrack:
    track = PoseTrack.empty(SKELETON, frames)
    rng = np.random.default_rng(frames)
    track.xy[:] = rng.uniform(0, 100, track.xy.shape)
    track.confidence[:] = rng.uniform(0, 1, track.confidence.shape)
    track.visibility[:] = 2
    return track


def place(corrections: Corrections, track: PoseTrack, frame: int, keypoint: int) -> None:
    before = track.pose(frame).point(keypoint)
    after = moved(before, (1.0, 1.0)) if keypoint % 2 else removed()
    corrections.apply(PoseEdit("Place", (PointChange(frame, keypoint, before, after),)))


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 15)), max_size=40), st.integers(0, 40))
def test_scores_are_the_least_sure_limb_that_nobody_placed(placed, predicted: int) -> None:
    track, corrections = make_track(30), Corrections()
    for cell in placed:
        place(corrections, track, *cell)
    scores = frame_scores(track, corrections, predicted=predicted)
    assert scores.dtype == np.float32
    for frame in range(30):
        left = [track.confidence[frame, k] for k in LIMBS if (frame, k) not in placed]
        if frame >= predicted:
            assert np.isnan(scores[frame])
        else:
            assert scores[frame] == min(left, default=1.0)
            pose = corrections.over(track.pose(frame), frame)
            assert np.float32(frame_score(pose, SKELETON.limb_indices)) == scores[frame]


def test_scores_of_more_frames_than_a_block() -> None:
    track = make_track(10_000)
    assert np.array_equal(frame_scores(track), track.confidence[:, LIMBS].min(axis=1))


def test_a_frame_without_an_infant_scores_nothing() -> None:
    assert frame_scores(PoseTrack.empty(SKELETON, 2)).tolist() == [0, 0]
    assert frame_scores(PoseTrack.empty(SKELETON, 0)).tolist() == []


def test_a_frame_that_is_all_checked_scores_one() -> None:
    track, corrections = make_track(1), Corrections()
    for keypoint in range(16):
        place(corrections, track, 0, keypoint)
    assert frame_scores(track, corrections).tolist() == [1.0]


@given(SCORES)
def test_stretches_are_the_low_frames(scores: np.ndarray) -> None:
    stretches = low_stretches(scores, 0.3).tolist()
    covered = [frame for start, stop in stretches for frame in range(start, stop)]
    assert covered == [i for i, score in enumerate(scores) if score < np.float32(0.3)]
    assert all(a[1] < b[0] for a, b in pairwise(stretches))


@given(SCORES, st.integers(-1, 41), DIRECTIONS)
def test_the_next_low_frame_is_the_worst_of_its_stretch(
    scores: np.ndarray, current: int, direction: int
) -> None:
    worst = [a + int(np.argmin(scores[a:b])) for a, b in low_stretches(scores, 0.3).tolist()]
    beyond = [frame for frame in worst if (frame - current) * direction > 0]
    expected = min(beyond, key=lambda frame: abs(frame - current), default=None)
    assert next_low(scores, 0.3, current=current, direction=direction) == expected


@given(SCORES)
def test_checking_frame_by_frame_ends_and_misses_none(scores: np.ndarray) -> None:
    scores = scores.copy()
    low = int((scores < 0.3).sum())
    for _ in range(low):
        frame = next_low(scores, 0.3, current=-1, direction=1)
        assert frame is not None
        scores[frame] = 1.0
    assert next_low(scores, 0.3, current=-1, direction=1) is None


@given(st.sets(st.integers(0, 50)), st.integers(-1, 51), DIRECTIONS)
def test_next_in_a_list_of_frames(frames: set[int], current: int, direction: int) -> None:
    beyond = [frame for frame in frames if (frame - current) * direction > 0]
    expected = min(beyond, key=lambda frame: abs(frame - current), default=None)
    assert next_in(np.array(sorted(frames), np.int64), current, direction) == expected
