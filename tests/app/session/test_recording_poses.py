"""Scores follow predictions and corrections as if they were computed anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.session.recording_poses import RecordingPoses
from core.pose.pose_edit import Corrections, PointChange, PoseEdit, moved, removed
from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.review import frame_scores
from tests.app.opened import made_track

FRAMES = 30


@given(
    cuts=st.lists(st.integers(1, 12), max_size=6),
    corrected=st.lists(st.tuples(st.integers(0, FRAMES - 1), st.integers(0, 15)), max_size=12),
)
def test_growing_and_correcting_equals_loading_at_once(cuts, corrected):
    track, corrections = made_track(FRAMES), Corrections()
    empty = PoseTrack.empty(track.skeleton, FRAMES)
    poses = RecordingPoses(empty, predicted=0, corrections=corrections)
    start = 0
    for length in cuts:
        part = track.part(start, min(start + length, FRAMES))
        poses.adopt(PredictionChunk(start, part))
        start = min(start + length, FRAMES)
        for frame, keypoint in corrected[: len(cuts)]:
            point = poses.pose(frame).point(keypoint)
            after = removed() if keypoint % 3 else moved(point, (1.0, 2.0))
            edit = PoseEdit("edit", (PointChange(frame, keypoint, point, after),))
            corrections.apply(edit)
            poses.rescore(np.array(edit.frames))
    np.testing.assert_array_equal(
        poses.scores, frame_scores(track, corrections, predicted=poses.predicted)
    )
    assert poses.predicted == start


def test_frames_outside_are_absent():
    track = made_track(FRAMES)
    poses = RecordingPoses(track, predicted=FRAMES, corrections=Corrections())
    assert poses.pose(-1).is_empty
    assert poses.pose(FRAMES).is_empty


def test_a_chunk_beyond_the_end_is_cut():
    track = made_track(FRAMES)
    empty = PoseTrack.empty(track.skeleton, 20)
    poses = RecordingPoses(empty, predicted=0, corrections=Corrections())
    assert poses.adopt(PredictionChunk(10, track.part(10, 30))) == range(10, 20)


def test_frames_behind_the_last_are_passed_over():
    track = made_track(20)
    poses = RecordingPoses(
        PoseTrack.empty(track.skeleton, 10), predicted=0, corrections=Corrections()
    )
    assert poses.adopt(PredictionChunk(0, track.part(0, 12))) == range(10)
    assert poses.adopt(PredictionChunk(12, track.part(12, 20))) == range(10, 10)
    assert poses.predicted == 10
