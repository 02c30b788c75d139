"""Corrections that the disk refuses: told, kept, written later or taken along."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import NoSpace
from core.study.recordings import Recording
from core.study.study import Study
from tests.app.opened import made_track
from tests.app.windows import Studio, predict_all, show_recording


def predicted(studio: Studio, qtbot: QtBot, clip: Path) -> tuple[Study, Recording]:
    """The study and the recording on the stage, with all its poses."""
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    study, recording = studio.session.study, studio.session.recording
    assert study is not None
    assert recording is not None
    return study, recording


def refuse(*_: object, **__: object) -> None:
    """In the place of a write, on a disk that is full."""
    raise NoSpace("The study cannot be written (No space left on device).")


def test_an_edit_that_the_disk_refuses_is_told_and_written_later(
    studio: Studio, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, recording = predicted(studio, qtbot, clip)
    with monkeypatch.context() as full:
        full.setattr(study, "append_edit", refuse)
        studio.session.select_keypoint(2)
        studio.session.points.place((10.0, 10.0))
        notice = studio.window.banner.notice
        assert notice is not None
        assert "No space left on device" in notice.text
        assert "1 change not saved yet" in [
            label.text() for label in studio.window.status.findChildren(type(_label(studio)))
        ]
    notice.on_button()
    assert study.edit_log(recording.id).corrections.at(0)[2].xy == (10.0, 10.0)
    assert "Everything is saved again" in studio.said()


def test_saving_as_rescues_what_the_disk_refuses(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, _ = predicted(studio, qtbot, clip)
    studio.session.go_to(30)
    qtbot.waitUntil(lambda: studio.session.shown == 30)
    monkeypatch.setattr(study, "append_edit", refuse)
    studio.session.select_keypoint(2)
    studio.session.points.place((10.0, 10.0))
    studio.trigger("export")
    assert "missing in the export" in studio.said()
    studio.ask.answers.append(tmp_path / "stick.shift")
    with qtbot.waitSignal(studio.session.study_changed):
        studio.trigger("copy_study")
    qtbot.waitUntil(lambda: studio.session.shown == 30)
    qtbot.waitUntil(lambda: studio.session.can_edit)
    assert studio.session.study is not study
    assert studio.session.pending_writes == 0
    assert studio.session.pose(30).point(2).xy == (10.0, 10.0)


def test_leaving_with_unsaved_corrections_asks_first(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, _ = predicted(studio, qtbot, clip)
    with monkeypatch.context() as full:
        full.setattr(study, "append_edit", refuse)
        studio.session.select_keypoint(2)
        studio.session.points.place((10.0, 10.0))
        studio.ask.answers += [False, tmp_path / "other.shift", False]
        assert not studio.window.close()
        studio.trigger("new_study")
        assert studio.session.study is study
        assert not (tmp_path / "other.shift").exists()
    assert studio.window.close()
    with Study.open(study.path) as again:
        (recording,) = again.recordings()
        assert again.edit_log(recording.id).corrections.at(0)[2].xy == (10.0, 10.0)


def _label(studio: Studio):
    return studio.window.status._saved
