import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pose.pose_edit import removed
from core.pose.pose_track import Pose, Source, Visibility
from core.study.study import Study
from core.training.data.corrected_frames import body_of, corrected_frames, labels_of
from tests.core.training.data import corrected_study as wards

WRIST, ANKLE = wards.SKELETON.index("left_wrist"), wards.SKELETON.index("left_ankle")


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "ward.shift") as study:
        yield study


@pytest.fixture
def recording(study, tmp_path):
    recording = wards.add(study, wards.write_pictures(tmp_path / "kick", 6))
    wards.predict(study, recording)
    return recording


def test_points_that_a_person_placed_are_labels_hidden_ones_too(study, recording):
    wards.correct(
        study, recording, 2, left_wrist=wards.placed(50, 60),
        left_ankle=wards.placed(70, 80, Visibility.HIDDEN),
    )  # fmt: skip
    found = corrected_frames(study, recording)
    assert found.frames.tolist() == [2]
    assert found.labels[0, WRIST].tolist() == [50, 60]
    assert found.labels[0, ANKLE].tolist() == [70, 80]
    assert np.isfinite(found.labels).all(axis=2).sum() == 2, "the model's points are none"


def test_a_removed_point_is_no_label(study, recording):
    wards.correct(study, recording, 1, left_wrist=removed(), left_ankle=wards.placed(7, 8))
    found = corrected_frames(study, recording)
    assert np.isnan(found.labels[0, WRIST]).all()
    assert found.poses.visibility[0, WRIST] == Visibility.ABSENT


def test_a_frame_whose_points_were_only_removed_teaches_nothing(study, recording):
    wards.correct(study, recording, 1, left_wrist=removed())
    assert corrected_frames(study, recording) is None


def test_interpolated_points_count_only_beside_one_of_a_person(study, recording):
    between = wards.placed(30, 40, source=Source.INTERPOLATED)
    wards.correct(study, recording, 3, left_wrist=between)
    wards.correct(study, recording, 4, left_wrist=between, left_ankle=wards.placed(1, 2))
    found = corrected_frames(study, recording)
    assert found.frames.tolist() == [4]
    assert found.labels[0, WRIST].tolist() == [30, 40]


def test_what_was_taken_back_is_no_label(study, recording):
    wards.correct(study, recording, 3, left_wrist=wards.placed(30, 40))
    study.append_edit(recording.id, study.edit_log(recording.id).undo_edits[-1], action="undo")
    assert corrected_frames(study, recording) is None


def test_frames_that_no_model_saw_may_be_labelled(study, tmp_path):
    recording = wards.add(study, wards.write_pictures(tmp_path / "new", 3))
    wards.correct(study, recording, 1, left_wrist=wards.placed(30, 40))
    found = corrected_frames(study, recording)
    assert found.labels[0, WRIST].tolist() == [30, 40]
    assert np.isfinite(body_of(found.poses.pose(0))).all(axis=1).sum() == 1


points = st.tuples(st.sampled_from(Source), st.sampled_from(Visibility))


@given(st.lists(points, min_size=16, max_size=16))
def test_labels_are_placed_points_that_are_not_the_models(cells):
    source = np.array([one for one, _ in cells], np.uint8)
    visibility = np.array([one for _, one in cells], np.uint8)
    xy = np.where(visibility[:, None] > 0, 5.0, np.nan).astype(np.float32).repeat(2, axis=1)
    pose = Pose(xy, np.ones(16, np.float32), visibility, source)
    is_label = np.isfinite(labels_of(pose)).all(axis=1)
    tells = np.isfinite(body_of(pose)).all(axis=1)
    for number, (by, seen) in enumerate(cells):
        assert is_label[number] == (by is not Source.MODEL and seen is not Visibility.ABSENT)
        assert tells[number] == (is_label[number] or seen is Visibility.SEEN)
