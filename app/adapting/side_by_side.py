"""Held-out frames by both models: a large picture and a strip of all, and the video of them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.adapting.picture_view import PictureView
from app.adapting.sheet import read_picture
from app.adapting.strip import Strip
from app.controls import ElidedLabel, TextButton, words
from app.session.background import Background
from core.errors import ShiftError
from core.verdict.report import VerdictReport

_LARGE = QSize(640, 240)
_SMALL = QSize(128, 48)


class SideBySide(QWidget):
    """Reads pictures in a thread; the arrow keys go from one to the next."""

    video_wanted = Signal(object)  # Path

    def __init__(self, background: Background) -> None:
        """Have no pictures yet."""
        super().__init__()
        self._background = background
        self._paths: tuple[Path, ...] = ()
        self._names: list[str] = []
        self._video: Path | None = None
        self.large = PictureView("Side by side", _LARGE)
        self.sides = (ElidedLabel("muted"), ElidedLabel("muted"))
        self.strip = Strip("Held-out frames", _SMALL)
        self.strip.chosen.connect(self._choose)
        self.caption = ElidedLabel("muted")
        self.video_button = TextButton("Play side by side", "play")
        self.video_button.clicked.connect(self._play)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(words("Side by side", "panel_title"), 1)
        head.addWidget(self.video_button)
        sides = QHBoxLayout()
        for label in self.sides:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            sides.addWidget(label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(sides)
        layout.addWidget(self.large)
        layout.addWidget(self.caption)
        layout.addWidget(self.strip)
        layout.addStretch(1)

    def show_pictures(
        self,
        report: VerdictReport,
        folder: Path,
        sides: tuple[str, str],
    ) -> None:
        """Show the pictures of a verdict, the first one large; `sides` are what both show."""
        for label, text in zip(self.sides, sides, strict=True):
            label.show_text(text)
        self.large.setAccessibleName(f"{sides[0]} left, {sides[1]} right")
        self._paths = tuple(folder / picture.file for picture in report.pictures)
        self._names = [f"{one.recording} · frame {one.frame:,}" for one in report.pictures]
        self._video = folder / report.video if report.video else None
        self.video_button.setVisible(self._video is not None)
        self.large.show_nothing("" if self._paths else "There are no pictures of this one.")
        self.caption.show_text("")
        self.strip.setVisible(len(self._paths) > 1)
        self.strip.set_names([])
        self.strip.set_names(self._names)
        paths = self._paths
        for row, path in enumerate(paths):
            self._background.run(
                partial(_small_picture, path),
                partial(self._take_small, paths, row),
                lambda _error: None,  # the large one says what is wrong
            )
        if paths:
            self._choose(0)

    @property
    def row(self) -> int:
        """Which picture is large."""
        return self.strip.currentRow()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the arrow keys."""
        super().mousePressEvent(event)
        self.strip.setFocus(Qt.FocusReason.MouseFocusReason)

    def _choose(self, row: int) -> None:
        self.caption.show_text(self._names[row])
        path = self._paths[row]
        self._background.run(
            partial(read_picture, path), partial(self._take, path), partial(self._miss, path)
        )

    def _take(self, path: Path, image: QImage) -> None:
        if self._is_chosen(path):
            self.large.show_image(image)

    def _miss(self, path: Path, error: ShiftError) -> None:
        if self._is_chosen(path):
            self.large.show_nothing(str(error))

    def _is_chosen(self, path: Path) -> bool:
        return 0 <= self.row < len(self._paths) and self._paths[self.row] == path

    def _take_small(self, paths: tuple[Path, ...], row: int, image: QImage) -> None:
        if paths is self._paths:
            self.strip.set_picture(row, image)

    def _play(self) -> None:
        if self._video is not None:
            self.video_wanted.emit(self._video)


def _small_picture(path: Path) -> QImage:
    """A picture for the strip of any screen."""
    return read_picture(path).scaled(
        _SMALL * 2, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
