"""Every modal question of the window, behind one door, so that tests can answer in its place."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

STUDY_FILES = "Studies (*.shift)"
_RECORDINGS = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.mts *.m2ts *.mpg *.mpeg *.wmv *.ts *.3gp"
RECORDING_FILES = f"Recordings ({_RECORDINGS} {_RECORDINGS.upper()});;All files (*)"


@dataclass(frozen=True)
class Question:
    """A decision: a sentence, what follows from it, and the verb on the button that does it."""

    title: str
    text: str
    consequence: str
    verb: str


class Ask:
    """Opens dialogs over a window and gives back the answers; None or False means 'no'."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Stand over `parent`."""
        self.parent = parent

    def confirm(self, question: Question) -> bool:
        """Ask before something that cannot be taken back."""
        box = QMessageBox(self.parent)
        box.setWindowTitle(question.title)
        box.setText(question.text)
        box.setInformativeText(question.consequence)
        go = box.addButton(question.verb, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is go

    def open_files(self, title: str, folder: Path, kinds: str) -> list[Path]:
        """Choose files that exist."""
        names, _ = QFileDialog.getOpenFileNames(self.parent, title, str(folder), kinds)
        return [Path(name) for name in names]

    def open_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        """Choose one file that exists."""
        name, _ = QFileDialog.getOpenFileName(self.parent, title, str(folder), kinds)
        return Path(name) if name else None

    def open_folder(self, title: str, folder: Path) -> Path | None:
        """Choose a folder."""
        name = QFileDialog.getExistingDirectory(self.parent, title, str(folder))
        return Path(name) if name else None

    def save_file(self, title: str, suggestion: Path, kinds: str) -> Path | None:
        """Choose where to write; the system's dialog asks before it gives an existing file."""
        name, _ = QFileDialog.getSaveFileName(self.parent, title, str(suggestion), kinds)
        return Path(name) if name else None

    def run(self, dialog: QDialog) -> bool:
        """Show one of our own dialogs until it is closed; True when it was accepted."""
        return dialog.exec() == QDialog.DialogCode.Accepted
