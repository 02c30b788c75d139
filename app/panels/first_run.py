"""What an empty study shows: three ways to begin, in three lines."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.controls import IconLabel, TextButton, restyle, words
from app.icons import application_icon

_STEPS = (
    (
        "open",
        "Add your recordings",
        "Videos, image files or whole folders. They are never changed.",
    ),
    ("predict", "Let the model find the infant", "It starts by itself; first poses in seconds."),
    (
        "export",
        "Look, fix what is wrong, export",
        "Every fix is saved at once. Press F1 for the keys.",
    ),
)


class FirstRun(QWidget):
    """An invitation; it never asks anything."""

    open_wanted = Signal()
    folder_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, logo: QIcon | None = None) -> None:
        """Lay out the invitation."""
        super().__init__()
        self.setObjectName("stage_area")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.open_button = TextButton("Open recordings…", "open", role="primary")
        self._zone = self._drop_zone(logo or application_icon())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._zone, 6)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)

    def show_drop(self, *, over: bool) -> None:
        """Light the drop zone up while files hang over the window."""
        self._zone.setProperty("over", "true" if over else "false")
        restyle(self._zone)

    def _drop_zone(self, logo: QIcon) -> QFrame:
        zone = QFrame()
        zone.setObjectName("drop_zone")
        zone.setMaximumWidth(760)
        layout = QVBoxLayout(zone)
        layout.setContentsMargins(36, 32, 36, 32)
        layout.setSpacing(10)
        mark = QLabel()
        mark.setPixmap(logo.pixmap(QSize(72, 72)))
        for widget in (
            mark,
            words("Drop recordings here", "display"),
            words("or pick them from your computer. Everything stays on it.", "muted", wrap=True),
        ):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(self._buttons())
        layout.addSpacing(20)
        for number, (icon_name, title, text) in enumerate(_STEPS, start=1):
            layout.addWidget(_step(icon_name, f"{number}.  {title}", text))
        return zone

    def _buttons(self) -> QHBoxLayout:
        folder = TextButton("Open a folder…", "folder")
        demo = TextButton("Try the demo recording", "play")
        self.open_button.clicked.connect(self.open_wanted)
        folder.clicked.connect(self.folder_wanted)
        demo.clicked.connect(self.demo_wanted)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.open_button, folder, demo):
            row.addWidget(button)
        row.addStretch(1)
        return row


def _step(icon_name: str, title: str, text: str) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 10, 16, 10)
    row.setSpacing(14)
    row.addWidget(IconLabel(icon_name, colour="accent", size=24))
    said = QVBoxLayout()
    said.setSpacing(1)
    said.addWidget(words(title, "panel_title"))
    said.addWidget(words(text, "muted", wrap=True))
    row.addLayout(said, 1)
    return card
