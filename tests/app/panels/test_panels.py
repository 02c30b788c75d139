"""The lists beside the stage: what they say, what choosing in them does, and that they draw."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.controls import TextButton
from app.jobs.watched_job import JobSummary
from app.panels.durations import clock, percent, time_left
from app.panels.header import Header
from app.panels.jobs_panel import sentence
from app.panels.points_model import PointsModel
from app.panels.recordings_panel import badge
from app.session.session import Session
from core.jobs.status import JobState
from core.pose.pose_track import Source
from core.pose.skeleton import shipped_skeleton
from core.study.recordings import Recording
from core.study.study_reader import RecordingSummary
from tests.app.opened import made_track, session, write_clip
from tests.app.windows import Studio, predict_all, show_recording, take

RECORDING = Recording(
    id=1, name="a", path=Path("a.mp4"), fingerprint="", width=4, height=4, frame_count=200,
    duration=8.0, roi=None, added=datetime.now(UTC), is_missing=False,
)  # fmt: skip
JOB = JobSummary(
    key="k", title="a", kind="predict", recording=1, state=JobState.RUNNING, fraction=0.43,
    seconds_left=12.0, sentence="", details="", log=Path("log"), out=None,
    activity="",
)  # fmt: skip
FRESH = RecordingSummary(0, 0, has_prediction=False, complete=False)
DONE = RecordingSummary(200, 0, has_prediction=True, complete=True)

__all__ = ["session"]


@pytest.mark.parametrize(
    ("recording", "summary", "job", "text"),
    [
        (replace(RECORDING, is_missing=True), DONE, JOB, "File missing"),
        (RECORDING, None, None, ""),
        (RECORDING, FRESH, None, "Not predicted"),
        (RECORDING, FRESH, JOB, "Predicting 43 %"),
        (RECORDING, FRESH, replace(JOB, state=JobState.QUEUED), "Waiting"),
        (RECORDING, FRESH, replace(JOB, state=JobState.FAILED), "Failed"),
        (RECORDING, FRESH, replace(JOB, state=JobState.STOPPED), "Not predicted"),
        (RECORDING, replace(FRESH, predicted_frames=50), None, "25 % predicted"),
        (RECORDING, DONE, None, "Predicted"),
        (RECORDING, replace(DONE, corrected_frames=3), None, "3 corrected"),
    ],
)
def test_badges(recording, summary, job, text) -> None:
    assert badge(recording, summary, job).text == text


@pytest.mark.parametrize(
    ("job", "text"),
    [
        (JOB, "43 % · 10 s left"),
        (replace(JOB, seconds_left=None), "43 %"),
        (replace(JOB, fraction=0.0), "Getting ready…"),
        (replace(JOB, state=JobState.QUEUED), "Waiting for its turn"),
        (replace(JOB, state=JobState.FAILED, sentence="The disk is full."), "The disk is full."),
        (replace(JOB, state=JobState.INTERRUPTED), "Interrupted at 43 %; what was done is kept"),
    ],
)
def test_jobs_in_words(job: JobSummary, text: str) -> None:
    assert sentence(job) == text


def test_every_state_of_a_job_has_words() -> None:
    assert all(sentence(replace(JOB, state=state)) for state in JobState)


def test_times_as_people_read_them() -> None:
    assert [clock(s) for s in (0, 7.9, 61, 3729)] == ["0:00", "0:07", "1:01", "1:02:09"]
    lefts = [time_left(s) for s in (1, 43, 100, 3000, 6000)]
    assert lefts == ["a few seconds", "45 s", "2 min", "50 min", "1 h 40 min"]
    assert percent(0.426) == "43 %"


def test_points_stand_from_head_to_foot_by_side() -> None:
    model = PointsModel(shipped_skeleton())
    titles = [model.row(i).title for i in range(model.rowCount())]
    assert titles[:5] == ["Middle", "Head", "Neck", "Thorax", "Pelvis"]
    assert titles[5:12] == [
        "Left (the infant's)", "Shoulder", "Elbow", "Wrist", "Hip", "Knee", "Ankle",
    ]  # fmt: skip
    assert len(titles) == 16 + 3
    assert model.row(0).keypoint is None
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_click_in_the_list_selects_the_point_everywhere(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    view = studio.window.points.list
    model = view.model()
    assert isinstance(model, PointsModel)
    wrist = shipped_skeleton().index("right_wrist")
    place = view.visualRect(model.index(model.position(wrist))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert studio.session.keypoint == wrist
    studio.trigger("mark_hidden")
    said = model.row(model.position(wrist)).said
    assert said == "Wrist: hidden, placed by hand, confidence 100%"
    studio.trigger("restore_point")
    point = model.row(model.position(wrist)).point
    assert point is not None
    assert point.source is Source.MODEL
    studio.trigger("remove_point")
    assert model.row(model.position(wrist)).said == "Wrist: not there"
    assert not studio.window.points.grab().isNull()


def test_choosing_a_recording_puts_it_on_the_stage(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    clips = [write_clip(tmp_path / f"{name}.mp4", 8) for name in ("one", "a_very_" + "long_" * 30)]
    take(studio, qtbot, *clips)
    panel = studio.window.recordings
    qtbot.waitUntil(lambda: len(panel.rows()) == 2)
    place = panel.list.visualRect(panel.list.model().index(1, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert studio.session.recording is not None
    assert studio.session.recording.path == clips[1]
    studio.trigger("previous_recording")
    assert studio.session.recording.path == clips[0]
    assert panel.list.currentIndex().row() == 0
    assert not panel.grab().isNull()


def test_the_list_follows_corrections(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    rows = studio.window.recordings.rows
    qtbot.waitUntil(lambda: [row.badge.text for row in rows()] == ["Predicted"])
    studio.session.select_keypoint(1)
    studio.session.points.nudge(1, 0)
    qtbot.waitUntil(lambda: [row.badge.text for row in rows()] == ["1 corrected"])
    studio.trigger("undo")
    qtbot.waitUntil(lambda: [row.badge.text for row in rows()] == ["Predicted"])


def test_a_menu_on_a_recording(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    from PySide6.QtWidgets import QMenu

    show_recording(studio, qtbot, clip)
    menu = QMenu()
    qtbot.addWidget(menu)
    recording = studio.session.recording
    assert recording is not None
    studio.window.recordings.menu_wanted.emit(recording.id, menu)
    names = [action.objectName() for action in menu.actions()]
    assert names == ["predict", "export", "find_missing", "remove_recording"]


def test_buttons_leave_the_room_to_the_name_of_the_recording(
    session: Session, qtbot: QtBot
) -> None:
    header = Header(session)
    qtbot.addWidget(header)
    action = QAction("Predict this recording")
    for text in ("Predict", "Export", "Adapt"):
        header.add_button(action, text, "predict")
    header.show()
    buttons = header.findChildren(TextButton)
    for width, is_wide in ((420, False), (1200, True), (420, False)):
        header.resize(width, 60)
        assert [bool(button.text()) for button in buttons] == [is_wide] * 3
        assert all(button.accessibleName() for button in buttons)
