"""The sessions that these tests look at, and the stage on which they act."""

import pytest
from pytestqt.qtbot import QtBot

from app.session.session import Session
from app.stage.video_view import VideoView
from tests.app.opened import clip, opened, predicted, session, wait_until_shown

__all__ = ["clip", "opened", "predicted", "session"]


@pytest.fixture
def view(predicted: Session, qtbot: QtBot) -> VideoView:
    made = VideoView(predicted)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    predicted.go_to(1)
    wait_until_shown(predicted, qtbot, 1)
    return made
