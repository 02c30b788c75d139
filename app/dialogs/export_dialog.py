"""Choose what leaves the study: which recordings, in which form, to where."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.controls import TextButton, separator, words
from core.export.study_export import plan
from core.jobs.requests import ExportFormat
from core.study.recordings import Recording

_SMOOTH_TIP = (
    "Points tremble less from frame to frame, and fast kicks keep their speed. Points that you "
    "placed stay where they are. The study keeps the points as the model found them."
)


@dataclass(frozen=True)
class ExportChoice:
    """What was chosen."""

    recordings: tuple[int, ...]
    formats: tuple[ExportFormat, ...]
    out: Path
    overwrite: bool
    smooth: bool


class FolderChooser(Protocol):
    """Who asks the user for a folder."""

    def open_folder(self, title: str, folder: Path) -> Path | None:
        """A folder, or None."""
        ...


class ExportDialog(QDialog):
    """`choice()` is what the user wants once the dialog is accepted."""

    def __init__(
        self,
        recordings: Sequence[Recording],
        current: Recording | None,
        *,
        unfinished: Set[int],
        folder: Path,
        chooser: FolderChooser,
        parent: QWidget | None = None,
    ) -> None:
        """Offer these recordings; `current` is the one on the stage.

        unfinished: ids of those that no model has seen to their end.
        """
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._recordings = recordings
        self._unfinished = unfinished
        self._current = current
        self._chooser = chooser
        self.one = QRadioButton(f"This recording: {current.name}" if current else "This recording")
        self.every = QRadioButton(f"All {len(recordings)} recordings of the study")
        self.table = QCheckBox("Table of the points (CSV)")
        self.wide = QRadioButton("One row for each frame: for Excel, SPSS, R and Python")
        self.long = QRadioButton("One row for each point: for plots and statistics")
        self.video = QCheckBox("Video with the points drawn in (MP4)")
        self.smooth = QCheckBox("Smooth the model's points over time")
        self.smooth.setToolTip(_SMOOTH_TIP)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("Folder")
        self.overwrite = QCheckBox("Replace files that are already there")
        self._gap = words("", "muted", wrap=True)
        self._hint = words("", wrap=True)
        self.go = TextButton("Export", "export", role="primary")
        self._lay_out()
        self._begin()

    def choice(self) -> ExportChoice:
        """What is chosen now."""
        chosen = self._chosen()
        out = Path(self.folder.text().strip()).expanduser()
        ids = tuple(recording.id for recording in chosen)
        wished = (self.overwrite.isChecked(), self.smooth.isChecked())
        return ExportChoice(ids, self._formats(), out, *wished)

    def _begin(self) -> None:
        for pair in ((self.one, self.every), (self.wide, self.long)):
            group = QButtonGroup(self)
            for button in pair:
                group.addButton(button)
                button.toggled.connect(self._check)
        for box in (self.table, self.video, self.overwrite):
            box.toggled.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        self.one.setEnabled(self._current is not None)
        (self.one if self._current else self.every).setChecked(True)
        self.every.setVisible(len(self._recordings) > 1 or self._current is None)
        self.table.setChecked(True)
        self.wide.setChecked(True)
        self._check()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(6)
        layout.addWidget(words("Export", "title"))
        layout.addWidget(words("Your study is not changed by this.", "muted"))
        layout.addSpacing(8)
        for widget in (words("Recordings", "panel_title"), self.one, self.every, self._gap):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(words("Files", "panel_title"))
        layout.addWidget(self.table)
        kinds = QVBoxLayout()
        kinds.setContentsMargins(26, 0, 0, 4)
        kinds.setSpacing(2)
        kinds.addWidget(self.wide)
        kinds.addWidget(self.long)
        layout.addLayout(kinds)
        layout.addWidget(self.video)
        layout.addWidget(self.smooth)
        layout.addSpacing(6)
        layout.addWidget(words("Folder", "panel_title"))
        layout.addLayout(self._folder_row())
        layout.addWidget(self.overwrite)
        layout.addWidget(self._hint)
        layout.addSpacing(6)
        layout.addWidget(separator())
        layout.addSpacing(6)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(560)

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        choose = TextButton("Choose…", "folder")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        cancel = TextButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _choose_folder(self) -> None:
        folder = self._chooser.open_folder("Export to", Path(self.folder.text()))
        if folder is not None:
            self.folder.setText(str(folder))

    def _chosen(self) -> list[Recording]:
        if self.one.isChecked() and self._current is not None:
            return [self._current]
        return list(self._recordings)

    def _check(self) -> None:
        """Say what stands in the way, before the button can be pressed."""
        choice = self.choice()
        there = self._files_there(choice)
        gap = self._gap_words(choice)
        self._gap.setText(gap)
        self._gap.setVisible(bool(gap))
        problem = ""
        if not choice.formats:
            problem = "Choose at least one kind of file."
        elif not choice.out.is_absolute():
            problem = "Choose a folder."
        elif there and not choice.overwrite:
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            problem = f"{there[0].name}{more} is already there; tick the box above to replace it."
        self._hint.setText(problem)
        self._hint.setProperty("role", "danger")
        self.go.setEnabled(not problem)
        self.overwrite.setVisible(bool(there))
        for kind in (self.wide, self.long):
            kind.setEnabled(self.table.isChecked())

    def _formats(self) -> tuple[ExportFormat, ...]:
        table: ExportFormat = "csv-wide" if self.wide.isChecked() else "csv-long"
        formats: list[ExportFormat] = [table] if self.table.isChecked() else []
        return (*formats, "overlay") if self.video.isChecked() else tuple(formats)

    def _files_there(self, choice: ExportChoice) -> list[Path]:
        tasks = plan(self._chosen(), choice.formats, choice.out)
        return [file for task in tasks for file in task.files if file.exists()]

    def _gap_words(self, choice: ExportChoice) -> str:
        gaps = len(self._unfinished & set(choice.recordings))
        if not gaps:
            return ""
        many = f"{gaps} of them {'is' if gaps == 1 else 'are'}"
        which = "It is" if len(choice.recordings) == 1 else many
        return f"{which} not predicted to the end yet: there only points that you placed are given."
