"""Pictures and figures in the list belong to the study that is open."""

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.panels import recordings_survey
from app.panels.recordings_survey import RecordingsSurvey
from app.session.session import Session
from core.study.recordings import Recording
from core.study.study import Study
from tests.app.opened import session, write_clip

__all__ = ["session"]


def test_a_picture_drawn_for_another_study_is_not_shown(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recordings of two studies have the same numbers; these are two patients."""
    clip = write_clip(tmp_path / "film.mp4", 4)
    with Study.create(tmp_path / "other.shift"):
        pass
    may_end, has_begun = threading.Event(), threading.Event()
    first = session.study
    assert first is not None

    def drawn(study: Study, _recording: Recording, _density: float) -> QImage:
        image = QImage(2, 2, QImage.Format.Format_RGB32)
        image.fill(QColor("red") if study is first else QColor("blue"))
        if study is first:
            has_begun.set()
            may_end.wait(20)
        return image

    monkeypatch.setattr(recordings_survey, "thumbnail", drawn)
    survey = RecordingsSurvey(session)
    session.recordings_changed.connect(survey.look_again)
    with qtbot.waitSignal(session.recordings_added):
        session.add_recordings([clip])
    qtbot.waitUntil(has_begun.is_set)
    session.open_study(tmp_path / "other.shift")
    with qtbot.waitSignal(session.recordings_added):
        session.add_recordings([clip])
    (recording,) = session.recordings()
    may_end.set()
    qtbot.waitUntil(lambda: survey.picture(recording.id) is not None)
    picture = survey.picture(recording.id)
    assert picture is not None
    assert picture.toImage().pixelColor(0, 0) == QColor("blue")
