"""The timeline goes where one clicks, marks what was corrected, and keeps the threshold."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session.session import Session
from app.stage.timeline import Timeline
from app.stage.timeline_axis import TimeAxis, round_step
from tests.app.opened import FRAMES, made_chunks, made_track

LEFT = Qt.MouseButton.LeftButton


def shown(session: Session, qtbot: QtBot) -> Timeline:
    made = Timeline(session)
    qtbot.addWidget(made)
    made.resize(900, 148)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def timeline(predicted: Session, qtbot: QtBot) -> Timeline:
    return shown(predicted, qtbot)


def place(timeline: Timeline, frame: float, score: float = 0.8) -> QPoint:
    plot = timeline.plot
    return QPointF(plot.x_of(frame), plot.y_of(score)).toPoint()


def picture(timeline: Timeline) -> np.ndarray:
    image = timeline.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.array(image.constBits()).reshape(image.height(), image.bytesPerLine())
    return flat[:, : image.width() * 3]


def turn_wheel(timeline: Timeline, spot: QPoint, turned: QPoint) -> None:
    viewport = timeline.plot.viewport()
    event = QWheelEvent(
        QPointF(spot),
        QPointF(viewport.mapToGlobal(spot)),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_click_and_drag_scrub(timeline: Timeline, predicted: Session):
    viewport = timeline.plot.viewport()
    QTest.mousePress(viewport, LEFT, pos=place(timeline, 12.5))
    assert predicted.frame == 12
    QTest.mouseMove(viewport, place(timeline, 30.5))
    assert predicted.frame == 30
    QTest.mouseMove(viewport, place(timeline, 90))
    assert predicted.frame == FRAMES - 1
    QTest.mouseRelease(viewport, LEFT, pos=place(timeline, 90))
    QTest.mouseMove(viewport, place(timeline, 3))
    assert predicted.frame == FRAMES - 1


def test_the_threshold_is_dragged_by_its_handle_and_kept(timeline: Timeline, predicted: Session):
    viewport, grip = timeline.plot.viewport(), timeline.plot.grip().center().toPoint()
    frame = predicted.frame
    QTest.mousePress(viewport, LEFT, pos=grip)
    QTest.mouseMove(viewport, QPoint(grip.x(), round(timeline.plot.y_of(0.6))))
    QTest.mouseRelease(viewport, LEFT, pos=grip)
    assert abs(predicted.threshold - 0.6) < 0.02
    assert predicted.frame == frame
    assert predicted.study is not None
    assert predicted.study.settings.get("threshold") == predicted.threshold
    assert abs(timeline.plot.grip().center().y() - timeline.plot.y_of(predicted.threshold)) < 1


def test_the_wheel_zooms_in_time_at_the_cursor(timeline: Timeline):
    spot = place(timeline, 20.5)
    under = timeline.plot.frame_at(spot.x())
    width = timeline.plot.x_of(21) - timeline.plot.x_of(20)
    turn_wheel(timeline, spot, QPoint(0, 120))
    assert timeline.plot.x_of(21) - timeline.plot.x_of(20) > width
    assert timeline.plot.frame_at(spot.x()) == under
    turn_wheel(timeline, spot, QPoint(-600, 0))
    assert timeline.plot.frame_at(spot.x()) > under
    QTest.mouseDClick(timeline.plot.viewport(), LEFT, pos=spot)
    assert abs(timeline.plot.x_of(21) - timeline.plot.x_of(20) - width) < 1e-6


def test_zooming_never_leaves_the_recording(timeline: Timeline):
    for _ in range(40):
        timeline.plot.zoom_by(1.5, 39.0)
    assert timeline.plot.x_of(12) - timeline.plot.x_of(0) <= timeline.plot.width()
    for _ in range(40):
        timeline.plot.zoom_by(0.5, 0.0)
    area = timeline.plot.x_of(0), timeline.plot.x_of(FRAMES)
    assert 40 <= area[0] < area[1] <= timeline.plot.width()


def test_the_page_turns_with_the_playhead(timeline: Timeline, predicted: Session):
    timeline.plot.zoom_by(3.0, 0.0)
    assert timeline.plot.x_of(35) > timeline.plot.width()
    predicted.go_to(35)
    assert 0 < timeline.plot.x_of(35.5) < timeline.plot.width()
    predicted.go_to(2)
    assert 0 < timeline.plot.x_of(2.5) < timeline.plot.width()


def test_a_correction_is_marked(timeline: Timeline, predicted: Session):
    before = picture(timeline)
    predicted.select_keypoint(10)
    predicted.points.nudge(1, 1)
    after = picture(timeline)
    assert (before != after).any()
    predicted.undo()
    np.testing.assert_array_equal(picture(timeline), before)


def test_it_grows_with_a_running_job(opened: Session, qtbot: QtBot):
    timeline = shown(opened, qtbot)
    looks = [picture(timeline)]
    assert opened.recording is not None
    prediction = opened.predictions.begin(
        opened.recording.id, model_name="made", model_hash="0", settings={}
    )
    for chunk in made_chunks(made_track()):
        opened.predictions.adopt(opened.recording.id, prediction, chunk)
        looks.append(picture(timeline))
        assert (looks[-1] != looks[-2]).any()


def test_without_a_recording_it_is_empty_and_deaf(session: Session, qtbot: QtBot):
    timeline = shown(session, qtbot)
    QTest.mousePress(timeline.plot.viewport(), LEFT, pos=QPoint(300, 40))
    turn_wheel(timeline, QPoint(300, 40), QPoint(0, 120))
    assert session.frame == 0


def test_the_axis_tells_times_and_frames(qtbot: QtBot):
    axis = TimeAxis()
    axis.set_times(np.arange(3000) / 25)
    ((step, frames),) = axis.tickValues(0, 2999, 800)
    assert step == 30
    assert frames == [0.0, 750.0, 1500.0, 2250.0]
    assert axis.tickStrings(frames, 1, step)[:2] == ["00:00\n0", "00:30\n750"]


def test_the_axis_of_an_uneven_recording_is_true(qtbot: QtBot):
    axis = TimeAxis()
    axis.set_times(np.concatenate([np.arange(100) / 10, 10 + np.arange(100.0)]))
    ((_, frames),) = axis.tickValues(0, 199, 600)
    strings = axis.tickStrings(frames, 1, 20)
    assert "00:30\n120" in strings


@pytest.mark.parametrize(("span", "labels", "step"), [(10, 8, 2), (7200, 8, 900), (0.3, 5, 0.1)])
def test_steps_are_round(span: float, labels: float, step: float):
    assert round_step(span, labels=labels) == step
