"""A dialog with a heading, a sentence and a longer text that can be copied."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.controls import IconLabel, TextButton, words


class TextDialog(QDialog):
    """For error reports and logs."""

    def __init__(self, title: str, text: str, details: str, parent: QWidget | None = None) -> None:
        """Show `text` as words and `details` as it stands."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._details = details
        field = QPlainTextEdit(details)
        field.setReadOnly(True)
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setAccessibleName("Details")
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(_head(title, text))
        layout.addWidget(field, 1)
        layout.addLayout(self._foot())
        self.resize(720, 460)

    def _foot(self) -> QHBoxLayout:
        copy = TextButton("Copy details")
        copy.clicked.connect(self._copy)
        close = TextButton("Close", role="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _head(title: str, text: str) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(14)
    head.addWidget(IconLabel("error", colour="danger", size=28))
    said = QVBoxLayout()
    said.addWidget(words(title, "title", wrap=True))
    said.addWidget(words(text, wrap=True))
    head.addLayout(said, 1)
    return head
