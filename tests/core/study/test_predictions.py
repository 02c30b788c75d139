"""Predictions are stored once, in order, and never changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.pose.pose_track import PoseTrack
from core.study.study import Study, StudyReader
from tests.core.study.samples import (
    SKELETON,
    add_clip,
    add_prediction,
    make_chunk,
    move,
    placed,
    same_track,
)


@pytest.fixture
def prediction(study: Study) -> int:
    return add_prediction(study, add_clip(study).id, 150, outlines=True)


@pytest.fixture(params=["window", "reader"])
def view(request: pytest.FixtureRequest, study: Study) -> Iterator[StudyReader]:
    if request.param == "window":
        yield study
    else:
        with Study.read(study.path) as reader:
            yield reader


def test_a_track_comes_back_exactly(view: StudyReader, prediction: int) -> None:
    track = view.load_track(prediction, 200)
    for start in (0, 64, 128):
        chunk = make_chunk(start, min(64, 150 - start))
        assert same_track(track.part(start, chunk.stop), chunk.track)
    assert same_track(track.part(150, 200), PoseTrack.empty(SKELETON, 50))


def test_a_track_can_be_written_to(study: Study, prediction: int) -> None:
    track = study.load_track(prediction, 150)
    track.xy[3, 4] = (1, 2)
    track.confidence[3, 4] = track.visibility[3, 4] = track.source[3, 4] = 1
    assert np.array_equal(track.pose(3).xy[4], (1, 2))


def test_a_recording_shorter_than_its_prediction(study: Study, prediction: int) -> None:
    track = study.load_track(prediction, 70)
    assert len(track) == 70
    assert same_track(track.part(64, 70), make_chunk(64, 64).track.part(0, 6))


def test_silhouettes_by_frame(view: StudyReader, prediction: int) -> None:
    for frame in (0, 1, 63, 64, 65, 149, 2, 100):
        expected = make_chunk(frame // 64 * 64, 64, outlines=True).silhouettes[frame % 64]
        found = view.silhouette(prediction, frame)
        if expected is None:
            assert found is None
        else:
            assert found is not None
            assert np.array_equal(found.rings[0], expected.rings[0])
    assert view.silhouette(prediction, 150) is None
    assert view.silhouette(prediction, 10**6) is None


def test_no_silhouettes_without_segmentation(study: Study) -> None:
    prediction = add_prediction(study, add_clip(study).id, 10)
    assert study.silhouette(prediction, 3) is None


def test_infos_tell_how_far_a_prediction_is(study: Study) -> None:
    recording = add_clip(study)
    settings = {"roi": [1, 2, 3, 4], "job": "ab"}
    prediction = study.begin_prediction(recording.id, "thunder", "hash", settings)
    study.add_chunk(prediction, make_chunk(0, 64))
    info = study.prediction(prediction)
    assert (info.recording_id, info.model_name, info.model_hash) == (
        recording.id,
        "thunder",
        "hash",
    )
    assert (info.settings, info.frames, info.complete, info.warnings) == (settings, 64, False, ())
    study.add_chunk(prediction, make_chunk(64, 36))
    study.finish_prediction(prediction, ["Breaks off at 4 s."])
    info = study.prediction(prediction)
    assert (info.frames, info.complete, info.warnings) == (100, True, ("Breaks off at 4 s.",))
    study.finish_prediction(prediction, ["again"])
    assert study.prediction(prediction) == info


def test_the_same_stretch_again_is_nothing_new(study: Study, prediction: int) -> None:
    study.add_chunk(prediction, make_chunk(64, 64, outlines=True))
    study.finish_prediction(prediction)
    study.add_chunk(prediction, make_chunk(0, 64, outlines=True))
    assert study.prediction(prediction).frames == 150


@pytest.mark.parametrize(("start", "frames"), [(151, 10), (149, 10), (0, 63), (0, 65), (10, 20)])
def test_gaps_and_overlaps_are_refused(
    study: Study, prediction: int, start: int, frames: int
) -> None:
    with pytest.raises(ValueError, match="do not follow frame 150"):
        study.add_chunk(prediction, make_chunk(start, frames))
    assert study.prediction(prediction).frames == 150


def test_a_finished_prediction_takes_no_more(study: Study, prediction: int) -> None:
    study.finish_prediction(prediction)
    with pytest.raises(ValueError, match="takes no more frames"):
        study.add_chunk(prediction, make_chunk(150, 10))
    assert study.prediction(prediction).frames == 150


def test_the_current_prediction(study: Study) -> None:
    recording = add_clip(study)
    assert study.current_prediction(recording.id) is None

    def current() -> int:
        info = study.current_prediction(recording.id)
        assert info is not None
        return info.id

    first = study.begin_prediction(recording.id, "a", "1", {})
    assert current() == first
    study.add_chunk(first, make_chunk(0, 10))
    second = study.begin_prediction(recording.id, "b", "2", {})
    assert current() == first, "one without frames shows nothing"
    study.add_chunk(second, make_chunk(0, 5))
    assert current() == first, "one that has come less far hides nothing"
    study.add_chunk(second, make_chunk(5, 5))
    assert current() == second
    study.finish_prediction(first)
    assert current() == first, "a complete one is better than a part"
    study.finish_prediction(second)
    assert current() == second


def test_a_new_prediction_leaves_human_points_alone(study: Study) -> None:
    recording = add_clip(study)
    add_prediction(study, recording.id, 100)
    study.append_edit(recording.id, move(5, 3, to=placed(11, 12)))
    newer = add_prediction(study, recording.id, 100)
    shown = study.edit_log(recording.id).corrections.over_track(study.load_track(newer, 100))
    assert shown.pose(5).point(3) == placed(11, 12)


def test_summaries(study: Study) -> None:
    empty, part, done = (add_clip(study, f"{i}.mp4") for i in range(3))
    add_prediction(study, part.id, 70)
    study.finish_prediction(add_prediction(study, done.id, 100))
    for frame, keypoint in ((1, 0), (1, 1), (7, 0)):
        study.append_edit(done.id, move(frame, keypoint, to=placed(1, 1)))
    study.append_edit(done.id, move(7, 0, to=placed(1, 1)), action="undo")
    told = {
        i: (s.has_prediction, s.complete, s.predicted_frames, s.corrected_frames)
        for i, s in study.summaries().items()
    }
    assert told == {
        empty.id: (False, False, 0, 0),
        part.id: (True, False, 70, 0),
        done.id: (True, True, 100, 1),
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prediction_chunk SET poses = x'00'",
        "UPDATE prediction_chunk SET prediction = 7",
        "DELETE FROM prediction_chunk",
        "UPDATE prediction SET model_name = 'other'",
        "UPDATE prediction SET finished = NULL",
        "DELETE FROM prediction",
        "UPDATE edit SET after = '[]'",
        "UPDATE edit SET who = 'nobody'",
        "DELETE FROM edit",
    ],
)
def test_the_file_itself_forbids_changes(study: Study, path: Path, statement: str) -> None:
    recording = add_clip(study)
    study.finish_prediction(add_prediction(study, recording.id, 10))
    study.append_edit(recording.id, move(1, to=placed(1, 2)))
    with closing(sqlite3.connect(path)) as foreign:
        with pytest.raises(sqlite3.IntegrityError, match=r"immutable|only appended"):
            foreign.execute(statement)
        foreign.rollback()
