"""Every key of the product, pressed in the real window, wherever the focus is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS, key_groups
from core.pose.pose_track import Source, Visibility
from tests.app.opened import FRAMES, made_track, write_clip
from tests.app.windows import Studio, predict_all, show_recording, take

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shown(studio: Studio, qtbot: QtBot, clip: Path) -> Studio:
    """A window with a predicted recording; frames 10 to 13 are doubtful."""
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    studio.window.activateWindow()
    studio.desk.view.setFocus()
    return studio


def press(studio: Studio, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    target = studio.window.focusWidget() or studio.window
    QTest.keyClick(target, key, modifiers)


def areas(studio: Studio) -> list[QWidget]:
    window = studio.window
    return [studio.desk.view, window.recordings.list, window.points.list]


def test_stepping_keys_work_wherever_the_focus_is(shown: Studio, qtbot: QtBot) -> None:
    steps = [
        (Key.Key_Right, NONE, 1),
        (Key.Key_D, NONE, 2),
        (Key.Key_Left, NONE, 1),
        (Key.Key_A, NONE, 0),
        (Key.Key_Right, SHIFT, 10),
        (Key.Key_Left, SHIFT, 0),
        (Key.Key_PageDown, NONE, FRAMES - 1),
        (Key.Key_Home, NONE, 0),
        (Key.Key_End, NONE, FRAMES - 1),
        (Key.Key_PageUp, NONE, 0),
    ]
    for area in areas(shown):
        area.setFocus()
        for key, modifiers, frame in steps:
            press(shown, key, modifiers)
            assert shown.session.frame == frame, f"{key} in {area.accessibleName()}"


def test_tab_walks_through_the_points_wherever_the_focus_is(shown: Studio) -> None:
    for area in areas(shown):
        area.setFocus()
        shown.session.select_keypoint(15)
        press(shown, Key.Key_Tab)
        assert shown.session.keypoint == 0
        press(shown, Key.Key_Tab)
        assert shown.session.keypoint == 1
        press(shown, Key.Key_Backtab, SHIFT)
        assert shown.session.keypoint == 0
        assert area.hasFocus()


def test_space_plays_and_pauses_wherever_the_focus_is(shown: Studio) -> None:
    for area in areas(shown):
        area.setFocus()
        press(shown, Key.Key_Space)
        assert shown.desk.playback.playing
        press(shown, Key.Key_Space)
        assert not shown.desk.playback.playing


def test_q_leads_to_frames_to_check_and_says_when_there_are_no_more(shown: Studio) -> None:
    press(shown, Key.Key_Q)
    assert shown.session.frame == 10
    press(shown, Key.Key_End)
    press(shown, Key.Key_Q, SHIFT)
    assert 10 <= shown.session.frame <= 13
    press(shown, Key.Key_End)
    press(shown, Key.Key_Q)
    assert "No frame with low confidence after this one" in shown.said()


def test_nudging_changing_and_undoing_a_point(shown: Studio) -> None:
    session = shown.session
    press(shown, Key.Key_Tab)
    before = session.pose(0).point(0)
    assert before.xy is not None
    press(shown, Key.Key_Right, ALT)
    press(shown, Key.Key_Down, ALT)
    nudged = session.pose(0).point(0)
    assert nudged.xy == (before.xy[0] + 1, before.xy[1] + 1)
    assert nudged.source is Source.HUMAN
    press(shown, Key.Key_V)
    assert session.pose(0).point(0).visibility is Visibility.HIDDEN
    press(shown, Key.Key_Delete)
    assert session.pose(0).point(0).xy is None
    names = shown.window.menus.actions
    assert names["undo"].text() == "Undo remove left ankle"
    press(shown, Key.Key_Z, CTRL)
    press(shown, Key.Key_Z, CTRL)
    press(shown, Key.Key_Z, CTRL)
    assert session.pose(0).point(0) == before
    assert not names["undo"].isEnabled()
    assert names["redo"].text() == "Redo nudge left ankle"
    press(shown, Key.Key_Z, CTRL | SHIFT)
    press(shown, Key.Key_Y, CTRL)
    assert session.pose(0).point(0).visibility is Visibility.HIDDEN


def test_ctrl_arrows_lead_to_corrected_frames(shown: Studio) -> None:
    session = shown.session
    for frame in (5, 20):
        session.go_to(frame)
        session.select_keypoint(2)
        session.points.remove()
    press(shown, Key.Key_Home)
    press(shown, Key.Key_Right, CTRL)
    assert session.frame == 5
    press(shown, Key.Key_Right, CTRL)
    assert session.frame == 20
    press(shown, Key.Key_Left, CTRL)
    assert session.frame == 5


def test_h_g_and_l_switch_what_lies_over_the_picture(shown: Studio) -> None:
    looks, actions = shown.desk.looks, shown.window.menus.actions
    for key, name in ((Key.Key_H, "overlay"), (Key.Key_G, "segmentation"), (Key.Key_L, "names")):
        before = getattr(looks, name)
        press(shown, key)
        assert getattr(looks, name) is not before
        assert actions[name].isChecked() is not before
        press(shown, key)
        assert getattr(looks, name) is before


def test_f_fits_the_picture_again(shown: Studio) -> None:
    view = shown.desk.view
    fitted = view.zoom
    view.zoom_by(3.0)
    assert view.zoom == pytest.approx(3 * fitted)
    press(shown, Key.Key_F)
    assert view.zoom == pytest.approx(fitted)


def test_ctrl_j_goes_to_a_frame_or_time(shown: Studio) -> None:
    def type_time(dialog: QWidget) -> bool:
        dialog.field.setText("0:01.5")
        return dialog.go.isEnabled()

    shown.ask.answers.append(type_time)
    press(shown, Key.Key_J, CTRL)
    assert shown.session.frame == 30


def test_r_predicts_and_ctrl_e_exports_and_f1_helps(shown: Studio) -> None:
    press(shown, Key.Key_R)
    assert len(shown.desk.watcher.jobs()) == 1
    shown.ask.answers += [False, True]
    press(shown, Key.Key_E, CTRL)
    press(shown, Key.Key_F1)
    assert [type(dialog).__name__ for dialog in shown.ask.asked] == [
        "ExportDialog",
        "ShortcutSheet",
    ]


def test_files_have_their_keys(shown: Studio, tmp_path: Path) -> None:
    shown.ask.answers += [[], None, None, None]
    press(shown, Key.Key_O, CTRL)
    press(shown, Key.Key_O, CTRL | SHIFT)
    press(shown, Key.Key_N, CTRL)
    press(shown, Key.Key_S, CTRL | SHIFT)
    assert shown.ask.asked == [
        "Open recordings",
        "Open a folder of recordings",
        "New study",
        "Save the study as",
    ]


def test_f6_walks_through_the_areas_of_the_window(shown: Studio) -> None:
    shown.desk.view.setFocus()
    seen = []
    for _ in range(3):
        press(shown, Key.Key_F6)
        seen.append(shown.window.focusWidget())
    assert seen == [
        shown.window.points.list,
        shown.window.recordings.list,
        shown.desk.view,
    ]


def test_no_two_actions_share_a_key() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


def test_every_action_with_keys_is_on_the_sheet(shown: Studio) -> None:
    lines = {line.text for group in key_groups() for line in group.lines}
    assert lines == {action.text.rstrip("…") for action in ACTIONS if action.keys}


def test_what_cannot_be_done_is_not_on_offer(studio: Studio) -> None:
    offered = {name for name, action in studio.window.menus.actions.items() if action.isEnabled()}
    assert {"open", "open_folder", "demo", "new_study", "keys", "about"} <= offered
    assert not offered & {"export", "undo", "redo", "play", "predict", "remove_point", "go_to"}


def test_undo_during_a_drag_gives_the_drag_up(shown: Studio) -> None:
    session, view = shown.session, shown.desk.view
    session.select_keypoint(0)
    session.points.place((30.0, 30.0))
    edited = session.undo_name
    wrist = session.pose(0).point(10).xy
    assert wrist is not None
    start = view.spot_of((float(wrist[0]), float(wrist[1]))).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(40, 40))
    press(shown, Key.Key_Z, CTRL)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 40))
    assert session.undo_name == edited
    assert edited is not None
    assert session.pose(0).point(10).xy == wrist
    press(shown, Key.Key_Z, CTRL)
    assert session.undo_name is None


def test_an_edit_stops_the_playback(shown: Studio) -> None:
    shown.session.select_keypoint(0)
    press(shown, Key.Key_Space)
    assert shown.desk.playback.playing
    press(shown, Key.Key_V)
    assert not shown.desk.playback.playing


def test_delete_in_the_list_is_about_the_recording(shown: Studio) -> None:
    shown.session.select_keypoint(0)
    shown.window.recordings.list.setFocus()
    shown.ask.answers += [False, True]
    for key in (Key.Key_Delete, Key.Key_Backspace):
        assert shown.session.recordings()
        press(shown, key)
    assert not shown.session.recordings()


def test_no_point_is_selected_in_another_recording(
    shown: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    shown.session.select_keypoint(0)
    take(shown, qtbot, write_clip(tmp_path / "other.mp4"))
    shown.session.select_recording(shown.session.recordings()[-1].id)
    assert shown.session.keypoint is None
