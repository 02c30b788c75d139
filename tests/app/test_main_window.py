"""The whole window: files come in, bad ones are named, the layout is remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.notices import NoticeKind
from app.preferences import ThemeChoice
from app.theme import DARK, LIGHT, tokens_of
from tests.app.opened import made_track, write_clip
from tests.app.windows import Studio, StudioMaker, predict_all, show_recording, take


def test_an_empty_study_invites(studio: Studio) -> None:
    window = studio.window
    assert window.first_run.isVisible()
    assert not window.points.isVisible()
    words = {button.accessibleName() for button in window.first_run.findChildren(QPushButton)}
    assert words == {"Open recordings…", "Open a folder…", "Try the demo recording"}


def test_the_demo_button_opens_the_demo(studio: Studio, qtbot: QtBot) -> None:
    buttons = studio.window.first_run.findChildren(QPushButton)
    demo = next(b for b in buttons if "demo" in b.accessibleName())
    with qtbot.waitSignal(studio.session.recordings_added, timeout=20_000):
        demo.click()
    qtbot.waitUntil(lambda: studio.session.info is not None, timeout=20_000)
    assert studio.session.frame_count == 200
    assert not studio.window.first_run.isVisible()


def drop(studio: Studio, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, no_key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, no_key)
    QApplication.sendEvent(studio.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(studio.window, QDropEvent(QPointF(5, 5), copy, data, left, no_key))


def test_bad_files_are_named_and_the_good_ones_added(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    text = tmp_path / "notes.mp4"
    text.write_text("not a video\n" * 100, encoding="utf-8")
    missing = tmp_path / "gone.mp4"
    with qtbot.waitSignal(studio.session.recordings_added):
        drop(studio, empty, clip, text, missing)
    assert [r.name for r in studio.session.recordings()] == ["crawl"]
    notice = studio.window.banner.notice
    assert notice is not None
    assert notice.kind is NoticeKind.PROBLEM
    assert len(notice.items) == 3
    for name in ("empty.mp4", "notes.mp4", "gone.mp4"):
        assert sum(name in item for item in notice.items) == 1
    qtbot.waitUntil(lambda: studio.session.info is not None)


def test_a_folder_brings_all_its_recordings(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    (folder / "monday").mkdir(parents=True)
    write_clip(folder / "a.mp4", 4)
    write_clip(folder / "monday" / "b.mp4", 4)
    (folder / "readme.txt").write_text("x", encoding="utf-8")
    with qtbot.waitSignal(studio.session.recordings_added):
        drop(studio, folder)
    assert sorted(r.name for r in studio.session.recordings()) == ["a", "b"]
    assert not studio.notices


def test_the_region_is_drawn_and_predicted_again(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    view = studio.desk.view
    studio.trigger("roi")
    start, end = view.spot_of((30.0, 20.0)).toPoint(), view.spot_of((110.0, 90.0)).toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    roi = studio.workers.started[1].request.roi
    assert roi == pytest.approx((30, 20, 80, 70), abs=1.5)
    studio.trigger("clear_roi")
    assert studio.session.recording.roi is None


def test_theme_layout_and_choices_are_remembered(open_studio: StudioMaker) -> None:
    first = open_studio()
    first.desk.looks.set_theme(ThemeChoice.DARK)
    assert tokens_of(first.window.palette()) is DARK
    first.desk.looks.set_theme(ThemeChoice.LIGHT)
    assert tokens_of(first.window.palette()) is LIGHT
    first.trigger("names")
    first.window.resize(1100, 700)
    first.window.close()
    second = open_studio()
    assert second.desk.looks.theme is ThemeChoice.LIGHT
    assert second.desk.looks.names
    assert second.window.height() == 700  # the width is bounded by the tests' small screen


def test_everything_can_be_reached_by_name(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QSlider

    for kind in (QAbstractButton, QAbstractItemView, QComboBox, QSlider):
        for control in studio.window.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or getattr(control, "text", str)(), control


def test_good_news_goes_away_and_bad_news_stays(studio: Studio) -> None:
    banner = studio.window.banner
    studio.window.notices.problem("a.mp4: broken.")
    assert banner.isVisible()
    assert not banner._fade.isActive()
    studio.window.notices.done("Exported.")
    assert banner._fade.isActive()
    banner.close_notice()
    assert not banner.isVisible()


def test_several_recordings_added_at_once_are_all_listed(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    clips = [write_clip(tmp_path / f"{n}.mp4", 6) for n in range(5)]
    take(studio, qtbot, *clips)
    qtbot.waitUntil(lambda: len(studio.window.recordings.rows()) == 5)
    qtbot.waitUntil(lambda: all(row.picture for row in studio.window.recordings.rows()))

    def all_wait_but_the_first() -> None:
        badges = [row.badge.text for row in studio.window.recordings.rows()]
        assert badges[1:] == ["Waiting"] * 4

    qtbot.waitUntil(all_wait_but_the_first)


def test_words_longer_than_english_are_not_cut(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    longer = {"mark_seen": "Sichtbar", "remove_point": "Punkt entfernen",
              "restore_point": "Wiederherstellen"}  # fmt: skip
    for name, text in longer.items():
        studio.window.menus.actions[name].setText(text)
    studio.window.resize(1060, 600)
    buttons = [b for b in studio.window.points.findChildren(QToolButton) if b.isVisible()]
    assert len(buttons) == 4
    for button in buttons:
        qtbot.waitUntil(lambda b=button: b.width() >= b.sizeHint().width())


def test_without_a_mouse_from_the_invitation_to_a_closed_notice(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    window = studio.window
    window.activateWindow()
    qtbot.waitUntil(lambda: window.focusWidget() is window.first_run.open_button)
    studio.ask.answers.append([clip, empty])
    with qtbot.waitSignal(studio.session.recordings_added):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.banner.isVisible()
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        if window.focusWidget() is window.banner.focus_taker:
            break
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert not window.banner.isVisible()


def test_a_menu_on_the_recording_in_front_leaves_one_s_place(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    studio.session.go_to(7)
    menu = QMenu()
    assert studio.session.recording is not None
    studio.window.recordings.menu_wanted.emit(studio.session.recording.id, menu)
    assert menu.actions()
    assert studio.session.frame == 7


def test_larger_letters_need_a_wider_window(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path
) -> None:
    before = QApplication.font()
    larger = QFont(before)
    larger.setPointSizeF(1.6 * before.pointSizeF())
    QApplication.setFont(larger)
    try:
        studio = open_studio()
        show_recording(studio, qtbot, clip)
    finally:
        QApplication.setFont(before)
    window = studio.window
    needed = window.centralWidget().minimumSizeHint
    qtbot.waitUntil(lambda: window.minimumWidth() >= needed().width() > 960)


def test_a_window_closed_during_a_look_at_recordings_throws_it_away(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    studio.desk.preferences.predict_on_open = False  # else which worker comes first is chance
    show_recording(studio, qtbot, clip)
    studio.trigger("adapt")
    look = studio.desk.station.choose.survey.look_button
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(studio.workers.started))
    survey = studio.workers.started[-1]
    assert survey.request.kind == "survey"
    studio.window.close()
    qtbot.waitUntil(lambda: not survey.path.exists())


def test_a_background_job_is_reached_by_key(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    show_recording(studio, qtbot, clip)
    studio.trigger("predict")
    window = studio.window
    qtbot.waitUntil(window.jobs.isVisible)
    qtbot.waitUntil(lambda: window.jobs.focus_taker is not window.jobs)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _ in range(6):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        if window.focusWidget() is window.jobs.focus_taker:
            break
    assert window.focusWidget() is window.jobs.focus_taker
    assert isinstance(window.focusWidget(), QAbstractButton)
