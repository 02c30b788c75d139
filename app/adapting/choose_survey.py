"""What a look at the recordings found: how it goes, the tally, and the contact sheet."""

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from app.adapting.choose_words import tally_words
from app.adapting.picture_view import PictureView
from app.adapting.sheet import read_picture
from app.controls import TextButton, words
from app.session.background import Background
from core.errors import ShiftError
from core.jobs.survey_report import SurveyReport

_PARTS = 1000  # of the bar
_HINT = QSize(780, 260)
_FIRST = (
    "Look at the recordings to see which frames would be used, and to measure how long it takes "
    "on this computer: about a minute for a handful of recordings. Adapting works without it."
)


class SurveyCard(QFrame):
    """Starts and stops a look, and shows what came of it."""

    look_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, background: Background) -> None:
        """Nothing has been looked at; pictures are read by `background`."""
        super().__init__()
        self.setObjectName("card")
        self._background = background
        self._shown: Path | None = None
        self.is_running = False
        self._idle = _FIRST  # what is said while no look goes on
        self.said = words(_FIRST, wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.look_button = TextButton("Look at the recordings", "eye")
        self.stop_button = TextButton("Stop looking", "stop")
        self.sheet = PictureView("Frames that would be used", _HINT)
        self.sheet.setMaximumWidth(2 * _HINT.width())
        self.look_button.clicked.connect(self.look_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.said, 1)
        row.addWidget(self.look_button)
        row.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(words("What will be used", "panel_title"))
        layout.addLayout(row)
        layout.addWidget(self.bar)
        layout.addWidget(self.sheet)

    def clear(self) -> None:
        """Forget what was found."""
        self._shown = None
        self._idle = _FIRST
        self.sheet.hide()
        self.show_state("", None)

    def show_state(self, text: str, fraction: float | None) -> None:
        """Say how a look goes, from 0 to 1; None: none is going on, and `text` may say why."""
        self.is_running = fraction is not None
        self.said.setText(text or self._idle)
        self.bar.setVisible(self.is_running)
        self.bar.setValue(round((fraction or 0.0) * _PARTS))
        self.bar.setAccessibleName(text)
        self.look_button.setVisible(not self.is_running)
        self.stop_button.setVisible(self.is_running)

    def show_report(self, report: SurveyReport, folder: Path) -> None:
        """Show what was found; the picture comes when it is read."""
        self._idle = tally_words(report.recordings)
        self.show_state("", None)
        self._shown = folder
        if not report.contact_sheet:
            self.sheet.hide()
            return
        path = folder / report.contact_sheet
        self._background.run(
            lambda: read_picture(path),
            lambda image: self._show_sheet(folder, image),
            lambda error: self._show_no_sheet(folder, error),
        )

    def _show_sheet(self, folder: Path, image: QImage) -> None:
        if folder == self._shown:
            self.sheet.show_image(image)
            self.sheet.show()

    def _show_no_sheet(self, folder: Path, error: ShiftError) -> None:
        if folder == self._shown:
            self.sheet.show_nothing(str(error))
            self.sheet.show()
