"""The window: `shift-studio [FILE ...]`, the same as `python -m app`."""

import argparse
import gc
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ask import Ask
from app.desk.files import is_study
from app.desk.helping import program_version
from app.main_window import MainWindow
from app.preferences import Preferences
from app.screenshot import SIZE, Screenshot
from app.studio import Surroundings, build_window, dress
from core.paths import jobs_folder, logs_folder, user_folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; the exit status of the program."""
    options = _parser().parse_args(argv)
    if options.screenshot is not None and not _has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal; all edits are saved
    with ExitStack() as stack:
        home = user_folder()
        if options.screenshot is not None:  # a picture leaves the user's own study alone
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        application = QApplication(sys.argv[:1])
        window = _open(
            application, _surroundings(home, options.screenshot is not None), options.files
        )
        if options.screenshot is not None:
            window.resize(SIZE)
            Screenshot(window, options.screenshot, expects_recording=bool(options.files))
        return application.exec()


def _open(application: QApplication, surroundings: Surroundings, files: list[Path]) -> MainWindow:
    preferences = Preferences.of_user(surroundings.home)
    dress(application, preferences)
    window = build_window(application, surroundings, preferences, Ask())
    window.notices.catch_everything()
    window.show()
    if not any(map(is_study, files)):
        window.desk.files.use_default_study(surroundings.home)
    if window.desk.session.study is not None or any(map(is_study, files)):
        window.desk.files.take([file.absolute() for file in files])
    # The thousands of objects of Qt and pydantic stay; looking through them again and again would
    # stop every thread for some 50 ms each time.
    gc.collect()
    gc.freeze()
    return window


def _surroundings(home: Path, is_temporary: bool) -> Surroundings:
    jobs, logs = jobs_folder(), logs_folder()
    return Surroundings(home, home / jobs.name if is_temporary else jobs, logs)


def _has_display() -> bool:
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shift-studio",
        description="See and correct infant pose from video on your own machine.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="recordings, folders of recordings, or a study (.shift)",
    )
    parser.add_argument("--screenshot", type=Path, metavar="PNG", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=program_version())
    return parser


if __name__ == "__main__":
    sys.exit(main())
