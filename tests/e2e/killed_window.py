"""A whole window that edits at random and says after each edit that it is saved; to be killed."""

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ask import Ask
from app.main_window import MainWindow
from app.preferences import Preferences
from app.studio import Surroundings, build_window, dress
from core.study.study import Study

KEYS = (
    (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
)


def tell(line: str) -> None:
    """One line to the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell_what_is_saved(study: Study) -> None:
    """Print each edit when the study has said that it is on the disk."""
    append = study.append_edit

    def append_and_tell(recording_id, edit, *, action, who, when) -> None:
        append(recording_id, edit, action=action, who=who, when=when)
        tell(json.dumps([action, edit.name]))

    study.append_edit = append_and_tell


def work(window: MainWindow, chance: random.Random) -> None:
    """Press one key, if the window is ready for it."""
    if window.desk.session.can_edit:
        QTest.keyClick(window.desk.view, *chance.choice(KEYS))


def main(study: Path, home: Path, seed: int) -> int:
    application = QApplication([])
    preferences = Preferences.of_user(home)
    preferences.predict_on_open = False
    dress(application, preferences)
    window = build_window(
        application, Surroundings(home, home / "jobs", home / "logs"), preferences, Ask()
    )
    window.show()
    session = window.desk.session
    session.open_study(study)
    assert session.study is not None
    tell_what_is_saved(session.study)
    session.select_recording(session.recordings()[0].id)
    session.select_keypoint(seed % 16)
    chance = random.Random(seed)
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: work(window, chance))
    timer.start()
    tell("open")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
