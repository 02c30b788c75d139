"""Every gesture is in the file, readable by people, and undo survives a restart."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from core.pose.pose_edit import PointChange, PoseEdit, removed
from core.pose.pose_track import Point, Source, Visibility
from core.study import edit_log
from core.study.edit_log import LoggedEdit
from core.study.study import Study
from tests.core.study.samples import FROM_MODEL, add_clip, move, placed


@pytest.fixture
def recording(study: Study) -> int:
    return add_clip(study).id


def test_the_log_is_readable_without_this_program(study: Study, path: Path, recording: int) -> None:
    when = datetime(2026, 11, 22, 16, 30, 5, 250, tzinfo=timezone(timedelta(hours=1)))
    edit = PoseEdit("Remove left wrist", (PointChange(7, 10, FROM_MODEL, removed()),))
    study.append_edit(recording, edit, who="Dr. Käfer", when=when)
    with closing(sqlite3.connect(path)) as foreign:
        row = foreign.execute("SELECT action, who, at, what, before, after FROM edit").fetchone()
    assert row[:4] == ("do", "Dr. Käfer", "2026-11-22T15:30:05.000250+00:00", "Remove left wrist")
    cell = {"frame": 7, "keypoint": "left_wrist"}
    before = {"x": 10.5, "y": 20.25, "confidence": 0.5, "visibility": "seen", "source": "model"}
    after = {"x": None, "y": None, "confidence": 0.0, "visibility": "absent", "source": "human"}
    assert json.loads(row[4]) == [cell | before]
    assert json.loads(row[5]) == [cell | after]


def test_an_undo_is_logged_as_what_it_does(study: Study, recording: int) -> None:
    edit = move(3, to=placed(1, 2))
    study.append_edit(recording, edit)
    study.append_edit(recording, edit, action="undo")
    study.append_edit(recording, edit, action="redo")
    done, undone, redone = study.edits(recording)
    assert (done.change, undone.change, redone.change) == (edit, edit.inverse, edit)
    assert (done.edit, undone.edit, redone.edit) == (edit, edit, edit)


def test_who_and_when_are_filled_in(study: Study, recording: int) -> None:
    before = datetime.now(UTC)
    study.append_edit(recording, move(3, to=placed(1, 2)))
    (entry,) = study.edits(recording)
    assert before <= entry.when <= datetime.now(UTC)
    assert entry.who


def test_undo_and_redo_survive_a_restart(study: Study, path: Path, recording: int) -> None:
    edits = [move(frame, to=placed(frame, 1)) for frame in range(60)]
    for edit in edits:
        study.append_edit(recording, edit)
    for edit in reversed(edits[20:]):
        study.append_edit(recording, edit, action="undo")
    study.close()
    with Study.open(path) as reopened:
        history = reopened.edit_log(recording)
        assert list(history.undo_edits) == edits[:20]
        assert list(history.redo_edits) == edits[:19:-1]
        assert history.corrections.frames.tolist() == list(range(20))
        for edit in reversed(edits[:20]):
            reopened.append_edit(recording, edit, action="undo")
        assert reopened.edit_log(recording).corrections.frames.tolist() == []


def test_nudges_amend_one_step(study: Study, path: Path, recording: int) -> None:
    study.append_edit(recording, move(3, to=placed(1, 1)))
    for x in (2, 3, 4):
        study.append_edit(recording, move(3, to=placed(x, 1)), action="amend")
    study.close()
    with Study.open(path) as reopened:
        history = reopened.edit_log(recording)
        assert history.corrections.at(3)[0] == placed(4, 1)
        assert len(reopened.edits(recording)) == 4
        (only,) = history.undo_edits
        reopened.append_edit(recording, only, action="undo")
        assert reopened.edit_log(recording).corrections.at(3) == {}


def test_an_action_out_of_turn_is_refused_and_not_logged(study: Study, recording: int) -> None:
    edit, other = move(3, to=placed(1, 1)), move(4, to=placed(1, 1))
    study.append_edit(recording, edit)
    for wrong, action in ((other, "undo"), (edit, "redo"), (other, "amend")):
        with pytest.raises(ValueError, match=r"next edit|amended"):
            study.append_edit(recording, wrong, action=action)  # type: ignore[arg-type]
    assert len(study.edits(recording)) == 1
    assert list(study.edit_log(recording).undo_edits) == [edit]


def test_recordings_have_logs_of_their_own(study: Study, recording: int) -> None:
    other = add_clip(study, "other.mp4").id
    study.append_edit(recording, move(3, to=placed(1, 1)))
    study.append_edit(other, move(4, to=placed(2, 2)))
    assert study.edit_log(recording).corrections.frames.tolist() == [3]
    assert study.edit_log(other).corrections.frames.tolist() == [4]


def test_the_history_given_out_is_the_callers_own(study: Study, recording: int) -> None:
    mine = study.edit_log(recording)
    mine.apply(move(3, to=placed(1, 1)), "do")
    assert study.edit_log(recording).corrections.frames.tolist() == []


def test_numbers_of_numpy_are_written_as_numbers(study: Study, path: Path, recording: int) -> None:
    x, y = np.array([1.1, 2.2], np.float32)
    point = Point((x, y), np.float32(0.3), Visibility.SEEN, Source.HUMAN)  # type: ignore[arg-type]
    study.append_edit(recording, move(3, to=point))
    study.close()
    with Study.open(path) as reopened:
        stored = reopened.edit_log(recording).corrections.at(3)[0]
    assert stored.xy == (float(x), float(y))
    assert stored.confidence == float(np.float32(0.3))


def test_a_point_that_is_no_number_is_refused(study: Study, recording: int) -> None:
    with pytest.raises(ValueError, match="finite"):
        study.append_edit(recording, move(3, to=placed(float("nan"), 1)))
    assert study.edits(recording) == []
    assert study.edit_log(recording).corrections.frames.tolist() == []


def test_an_edit_of_an_unknown_recording_is_refused(study: Study) -> None:
    with pytest.raises(KeyError):
        study.append_edit(99, move(3, to=placed(1, 1)))


def test_an_entry_that_does_not_fit_still_moves_its_point(
    study: Study, path: Path, recording: int
) -> None:
    first, second = move(3, to=placed(1, 2)), move(4, to=placed(5, 6))
    study.append_edit(recording, first)
    study.append_edit(recording, second)
    study.close()
    with closing(sqlite3.connect(path)) as file:  # as two windows once could leave it
        reader = Study.read(path)
        entry = LoggedEdit("undo", "?", datetime.now(UTC), first.inverse, corrected_frames=1)
        edit_log.append(file, recording, entry=entry, skeleton=reader.skeleton)
        file.commit()
        reader.close()
    with Study.open(path) as reopened:
        history = reopened.edit_log(recording)
        assert history.corrections.frames.tolist() == [4]
        assert (*history.undo_edits, *history.redo_edits) == ()
        reopened.append_edit(recording, move(5, to=placed(7, 8)))
        assert reopened.edit_log(recording).corrections.frames.tolist() == [4, 5]
