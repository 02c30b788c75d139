"""Hands on the stage: real mouse and key events on a real clip with poses."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.session.session import Session
from app.stage.video_view import VideoView
from core.pose.pose_track import Source, Visibility
from tests.app.opened import WIDTH, wait_until_shown
from tests.app.stage.hands import (
    LEFT,
    MIDDLE,
    WRIST,
    drag,
    move,
    pixels,
    press,
    release,
    spot_of,
    turn_wheel,
    xy_of,
)


def test_a_drag_is_one_undo_step(view: VideoView, predicted: Session):
    before = xy_of(predicted, WRIST)
    start = spot_of(view, before)
    drag(view, start, start + QPoint(60, -40))
    after = xy_of(predicted, WRIST)
    np.testing.assert_allclose(
        np.subtract(after, before) * view.zoom, (60, -40), atol=1e-3, err_msg="exact way"
    )
    assert predicted.pose(1).point(WRIST).source is Source.HUMAN
    assert predicted.undo_name == "Move left wrist"
    predicted.undo()
    assert xy_of(predicted, WRIST) == before
    assert predicted.undo_name is None


def test_the_drag_is_seen_before_it_is_an_edit(view: VideoView, predicted: Session):
    start = spot_of(view, xy_of(predicted, WRIST))
    still = pixels(view)
    press(view, start)
    move(view, start + QPoint(80, 60))
    assert (pixels(view) != still).any()
    assert predicted.undo_name is None
    release(view, start + QPoint(80, 60))
    assert predicted.undo_name == "Move left wrist"


def test_esc_gives_a_drag_up(view: VideoView, predicted: Session):
    before = xy_of(predicted, WRIST)
    start = spot_of(view, before)
    press(view, start)
    move(view, start + QPoint(80, 60))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    release(view, start + QPoint(80, 60))
    assert xy_of(predicted, WRIST) == before
    assert predicted.undo_name is None


@pytest.mark.parametrize("way", ["another point", "undo", "an edit by key"])
def test_a_drag_is_given_up_when_something_else_happens(
    view: VideoView, predicted: Session, way: str
):
    predicted.select_keypoint(0)
    predicted.points.place((30.0, 30.0))
    start = spot_of(view, xy_of(predicted, WRIST))
    before = xy_of(predicted, WRIST)
    press(view, start)
    move(view, start + QPoint(80, 60))
    match way:
        case "another point":
            predicted.select_next_keypoint()
        case "undo":
            predicted.undo()
        case _:
            predicted.points.set_visibility(Visibility.HIDDEN)
    history = predicted.undo_name
    release(view, start + QPoint(80, 60))
    assert predicted.undo_name == history
    assert xy_of(predicted, WRIST) == before


def test_a_trembling_click_only_selects(view: VideoView, predicted: Session, qtbot: QtBot):
    start = spot_of(view, xy_of(predicted, WRIST))
    with qtbot.waitSignal(view.point_grabbed):
        drag(view, start, start + QPoint(2, 1))
    assert predicted.keypoint == WRIST
    assert predicted.undo_name is None
    assert "left wrist: 90 % sure" in view.accessibleDescription()


def test_a_point_is_hit_from_twelve_pixels_away(view: VideoView, predicted: Session):
    start = spot_of(view, xy_of(predicted, WRIST)) + QPoint(8, 8)
    drag(view, start, start + QPoint(30, 0))
    assert predicted.undo_name == "Move left wrist"


def test_dragging_the_picture_moves_it_and_fit_brings_it_back(view: VideoView, predicted: Session):
    fitted = view.spot_of((0, 0))
    for button in (LEFT, MIDDLE):
        drag(view, QPoint(700, 560), QPoint(650, 500), button)
    assert view.spot_of((0, 0)) == fitted + QPointF(-100, -120)
    assert predicted.undo_name is None
    view.fit()
    assert view.spot_of((0, 0)) == fitted


def test_the_wheel_zooms_at_the_cursor(view: VideoView):
    spot = spot_of(view, (100, 80))
    under = view.frame_point(QPointF(spot))
    zoom = view.zoom
    turn_wheel(view, spot, 15)
    assert view.zoom > zoom
    np.testing.assert_allclose(view.frame_point(QPointF(spot)), under, atol=1e-6)
    turn_wheel(view, spot, -15)
    assert np.isclose(view.zoom, zoom)


def test_a_fitted_picture_stays_fitted(view: VideoView):
    view.resize(400, 500)
    assert np.isclose(view.zoom, (400 - 24) / WIDTH)
    view.zoom_by(3.0)
    zoom = view.zoom
    view.resize(500, 500)
    assert view.zoom == zoom


def test_an_absent_point_is_placed_by_a_double_click(view: VideoView, predicted: Session):
    predicted.select_keypoint(WRIST)
    predicted.points.remove()
    QTest.mouseDClick(view, LEFT, pos=spot_of(view, (10, 110)))
    np.testing.assert_allclose(xy_of(predicted, WRIST), (10, 110), atol=0.5 / view.zoom + 0.1)
    assert predicted.undo_name == "Place left wrist"


def test_a_double_click_does_not_move_a_placed_point(view: VideoView, predicted: Session):
    predicted.select_keypoint(WRIST)
    QTest.mouseDClick(view, LEFT, pos=spot_of(view, (10, 110)))
    assert predicted.undo_name is None


def test_shift_click_puts_the_selected_point_there(view: VideoView, predicted: Session):
    predicted.select_keypoint(WRIST)
    spot = spot_of(view, (12, 100))
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.ShiftModifier, spot)
    np.testing.assert_allclose(xy_of(predicted, WRIST), view.frame_point(QPointF(spot)), atol=1e-3)


def open_menu(view: VideoView, spot: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, view.mapToGlobal(spot))
    QApplication.sendEvent(view, event)
    return view.findChildren(QMenu)[-1]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_the_menu_of_a_point(view: VideoView, predicted: Session):
    spot = spot_of(view, xy_of(predicted, WRIST))
    choose(open_menu(view, spot), "Hidden")
    assert predicted.pose(1).point(WRIST).visibility is Visibility.HIDDEN
    choose(open_menu(view, spot), "Remove")
    assert predicted.pose(1).point(WRIST).visibility is Visibility.ABSENT
    choose(open_menu(view, spot), "Restore the model's point")
    assert predicted.pose(1).point(WRIST).source is Source.MODEL
    choose(open_menu(view, QPoint(790, 590)), "Place left wrist here")
    assert predicted.undo_name == "Move left wrist"


def test_the_menu_of_a_point_stays_with_its_frame(
    view: VideoView, predicted: Session, qtbot: QtBot
):
    spot = spot_of(view, xy_of(predicted, WRIST))
    with qtbot.waitSignal(view.point_grabbed):
        menu = open_menu(view, spot)
    predicted.go_to(5)
    wait_until_shown(predicted, qtbot, 5)
    predicted.select_keypoint(0)
    choose(menu, "Remove")
    assert predicted.pose(1).point(WRIST).visibility is Visibility.ABSENT
    assert predicted.corrected_frames().tolist() == [1]


def test_overlay_and_segmentation_can_be_hidden(view: VideoView):
    everything = pixels(view)
    view.set_segmentation_visible(False)
    without_silhouette = pixels(view)
    view.set_overlay_visible(False)
    bare = pixels(view)
    assert (everything != without_silhouette).any()
    assert (without_silhouette != bare).any()
    view.set_overlay_visible(True)
    view.set_segmentation_visible(True)
    np.testing.assert_array_equal(pixels(view), everything)


def test_hidden_points_cannot_be_grabbed(view: VideoView, predicted: Session):
    view.set_overlay_visible(False)
    start = spot_of(view, xy_of(predicted, WRIST))
    drag(view, start, start + QPoint(60, 0))
    assert predicted.undo_name is None


def test_names_sizes_and_opacity_are_seen(view: VideoView):
    looks = [pixels(view)]
    for change in (
        lambda: view.set_names_visible(True),
        lambda: view.set_point_size(1.6),
        lambda: view.set_segmentation_opacity(0.8),
    ):
        change()
        looks.append(pixels(view))
        assert (looks[-1] != looks[-2]).any()


def test_another_frame_gives_a_drag_up(view: VideoView, predicted: Session, qtbot: QtBot):
    start = spot_of(view, xy_of(predicted, WRIST))
    press(view, start)
    move(view, start + QPoint(50, 50))
    predicted.go_to(5)
    wait_until_shown(predicted, qtbot, 5)
    release(view, start + QPoint(50, 50))
    assert predicted.undo_name is None


def test_edits_go_to_the_frame_whose_picture_is_on_screen(view: VideoView, predicted: Session):
    predicted.frame = 9  # wanted, and not decoded yet
    start = spot_of(view, xy_of(predicted, WRIST))
    drag(view, start, start + QPoint(50, 0))
    assert predicted.corrected_frames().tolist() == [1]


def test_the_stage_without_a_recording(session: Session, qtbot: QtBot):
    view = VideoView(session)
    qtbot.addWidget(view)
    view.show()
    drag(view, QPoint(10, 10), QPoint(60, 60))
    turn_wheel(view, QPoint(20, 20), 15)
    view.begin_roi()
    assert pixels(view).any()
