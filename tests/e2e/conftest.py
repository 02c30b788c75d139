"""A window in which nothing is replaced but the answers to its dialogs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.preferences import Preferences
from app.studio import Surroundings, build_window, dress
from core.jobs.folder import JobFolder
from core.jobs.launch import launch
from tests.app.windows import ScriptedAsk


@pytest.fixture
def start_job() -> Callable[[JobFolder], None]:
    """How workers are started; a module may have its own."""
    return launch


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, home: Path, start_job: Callable[[JobFolder], None]
) -> Iterator[MainWindow]:
    """The window as the program builds it; only dialogs are answered by the test."""
    home.mkdir(parents=True)
    preferences = Preferences.of_user(home)
    dress(qapp, preferences)
    surroundings = Surroundings(home, home / "jobs", home / "logs", start_job=start_job)
    made = build_window(qapp, surroundings, preferences, ScriptedAsk())
    qtbot.addWidget(made)
    made.show()
    made.desk.files.use_default_study(home)
    yield made
    made.close()
