"""What the program is, what it is not, and whose work is in it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.controls import TextButton, separator, words
from app.icons import application_icon

_WHAT = (
    "Shows, corrects and exports the pose of infants in video recordings. "
    "All recordings stay on this computer; nothing is sent anywhere."
)
_LIMITS = (
    "For research and documentation. It is not a medical device and gives no diagnosis. "
    "A model can be wrong with high confidence: look at what matters before you rely on it."
)
_LICENCES = (
    "Program: Apache License 2.0. Typeface Inter: SIL Open Font License 1.1. "
    "Default models: begun from MoveNet Thunder and BlazePose, Apache License 2.0, trained "
    "further with research data; for non-commercial research. "
    "Qt for Python: LGPL 3. Video through PyAV and FFmpeg. NOTICE names all parts."
)


class AboutDialog(QDialog):
    """Version, scope and licences."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        """Name this version."""
        super().__init__(parent)
        self.setWindowTitle("About SHIFT Studio")
        mark = QLabel()
        mark.setPixmap(application_icon().pixmap(QSize(72, 72)))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 28, 28, 20)
        row.setSpacing(24)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._said(version), 1)
        self.setFixedWidth(560)

    def _said(self, version: str) -> QVBoxLayout:
        close = TextButton("Close", role="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        said = QVBoxLayout()
        said.setSpacing(10)
        said.addWidget(words("SHIFT Studio", "display"))
        said.addWidget(words(f"Version {version}", "muted"))
        said.addWidget(words(_WHAT, wrap=True))
        for title, text in (("What it is not", _LIMITS), ("Licences", _LICENCES)):
            said.addWidget(separator())
            said.addWidget(words(title, "panel_title"))
            said.addWidget(words(text, wrap=True))
        said.addSpacing(6)
        said.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        return said
