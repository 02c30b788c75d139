"""The same held-out frames before the training and now, from the pictures that a job leaves."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.adapting.picture_view import PictureView
from app.adapting.sheet import Sheet, read_sheet
from app.adapting.strip import Strip
from app.controls import CalmCombo, ElidedLabel, words
from app.session.background import Background
from core.errors import ShiftError

_PANEL = QSize(200, 200)
_SMALL = QSize(52, 52)
_LATEST = -1
_SOON = "No picture yet"


class Preview(QWidget):
    """Reads pictures in a thread; a picture that comes too late is let go."""

    def __init__(self, background: Background) -> None:
        """Have no job yet."""
        super().__init__()
        self._background = background
        self._folder = Path()
        self._files: dict[int, str] = {}
        self._sheets: dict[int, Sheet | None] = {}  # None: it is being read
        self._row = 0
        self.before = PictureView("The base model", _PANEL)
        self.now = PictureView("The model that is being adapted", _PANEL)
        self.outline = PictureView("The infant's outline", _PANEL)
        self.steps = CalmCombo()
        self.steps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.steps.setAccessibleName("After which step")
        self.steps.currentIndexChanged.connect(lambda _index: self._look())
        self.strip = Strip("Held-out frames", _SMALL)
        self.strip.chosen.connect(self._choose_row)
        self._captions = tuple(ElidedLabel("muted") for _ in range(3))
        self._stripped: Sheet | None = None  # of which the strip shows pictures
        self._lay_out()
        self.show_folder(Path())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(words("Before and now", "panel_title"))
        head.addStretch(1)
        head.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(8)
        views = (self.before, self.now, self.outline)
        for view, caption in zip(views, self._captions, strict=True):
            row.addLayout(_captioned(view, caption), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(
            words("Always the same frames, from which it does not learn.", "muted", wrap=True)
        )
        layout.addLayout(row)
        layout.addWidget(self.strip)
        layout.addStretch(1)

    def show_folder(self, folder: Path) -> None:
        """Turn to another job, of which nothing is known yet."""
        self._folder = folder
        self._files, self._sheets = {}, {}
        self._row = 0
        self._stripped = None
        self._list_steps()
        self.strip.set_names([])
        self._say("Before", "Now")
        for view in (self.before, self.now, self.outline):
            view.show_nothing("")
        self.before.show_nothing(_SOON)

    def show_pictures(self, pictures: Mapping[int, str]) -> None:
        """Know of these pictures: files in the job's folder, by step."""
        if pictures == self._files:
            return
        changed = {step for step, file in pictures.items() if self._files.get(step) != file}
        self._sheets = {
            step: sheet
            for step, sheet in self._sheets.items()
            if step in pictures and step not in changed
        }
        self._files = dict(pictures)
        self._list_steps()
        self._look()

    @property
    def step(self) -> int | None:
        """Of which step the picture on the right is; None while there is none."""
        chosen = self.steps.currentData()
        if chosen is None or not self._files:
            return None
        return max(self._files) if chosen == _LATEST else int(chosen)

    def _list_steps(self) -> None:
        """Newest first; whoever looks at an older one goes on looking at it."""
        chosen = self.steps.currentData()
        self.steps.blockSignals(True)
        self.steps.clear()
        if self._files:
            self.steps.addItem("The latest", _LATEST)
        for step in sorted(self._files, reverse=True):
            self.steps.addItem(_after(step), step)
        self.steps.setVisible(bool(self._files))
        self.steps.setCurrentIndex(max(self.steps.findData(chosen), 0 if self._files else -1))
        self.steps.blockSignals(False)

    def _look(self) -> None:
        """Show what has been read, and read what is missing."""
        step = self.step
        if step is None:
            return
        first = min(self._files)
        self._say(_after(first), _after(step))
        for wanted in (first, step):
            if wanted not in self._sheets:
                self._read(wanted)
        self._paint()

    def _say(self, *captions: str) -> None:
        texts = (*captions, "Where the infant is")
        for label, text in zip(self._captions, texts, strict=True):
            label.show_text(text)

    def _read(self, step: int) -> None:
        self._sheets[step] = None
        path = self._folder / self._files[step]
        folder = self._folder
        self._background.run(
            partial(read_sheet, path, step),
            partial(self._take, folder),
            partial(self._miss, folder, step),
        )

    def _take(self, folder: Path, sheet: Sheet) -> None:
        if folder == self._folder and sheet.step in self._files:
            first, shown = min(self._files), self.step
            kept = {first, shown, sheet.step}
            self._sheets = {step: one for step, one in self._sheets.items() if step in kept}
            self._sheets[sheet.step] = sheet
            self._paint()

    def _miss(self, folder: Path, step: int, error: ShiftError) -> None:
        if folder != self._folder:
            return
        self._sheets.pop(step, None)
        if step == self.step:
            self.now.show_nothing(str(error))

    def _choose_row(self, row: int) -> None:
        self._row = row
        self._paint()

    def _paint(self) -> None:
        step = self.step
        if step is None:
            return
        before, now = self._sheets.get(min(self._files)), self._sheets.get(step)
        if now is not None and now is not self._stripped:
            self._fill_strip(now)
        _show(self.before, before, self._row, 0)
        _show(self.now, now, self._row, 0)
        _show(self.outline, now, self._row, 1)

    def _fill_strip(self, sheet: Sheet) -> None:
        self._stripped = sheet
        self.strip.set_names([f"Frame {row + 1}" for row in range(len(sheet.rows))])
        for row, images in enumerate(sheet.rows):
            self.strip.set_picture(row, images[0])


def _after(step: int) -> str:
    return f"After step {step:,}" if step else "Before"


def _show(view: PictureView, sheet: Sheet | None, row: int, column: int) -> None:
    """A panel of a sheet that is there; one that is being read leaves what was shown."""
    if sheet is None:
        return
    panels = sheet.rows[min(row, len(sheet.rows) - 1)]
    view.show_image(panels[column] if column < len(panels) else QImage())


def _captioned(view: PictureView, caption: ElidedLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(caption)
    column.addWidget(view)
    return column
