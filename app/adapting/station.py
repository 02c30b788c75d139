"""The pages of an adaptation in the centre of the window, and the way back to the recording."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.adapting.choose_view import ChooseView
from app.adapting.run_view import RunView
from app.adapting.verdict_view import VerdictView
from app.controls import TextButton
from app.session.background import Background


class Station(QWidget):
    """Shows one page at a time; what they ask for is done by the desk."""

    left = Signal()

    def __init__(self, background: Background) -> None:
        """Pictures are read by `background`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.choose = ChooseView(background)
        self.run = RunView(background)
        self.verdict = VerdictView(background)
        self._pages = QStackedWidget()
        for page in (self.choose, self.run, self.verdict):
            self._pages.addWidget(page)
        self.back_button = TextButton("Back to the recordings", "step_back", role="quiet")
        self.back_button.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setObjectName("header")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 16, 8)
        row.addWidget(self.back_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._pages, 1)

    @property
    def page(self) -> QWidget:
        """The page that is in front."""
        pages = (self.choose, self.run, self.verdict)
        return pages[self._pages.currentIndex()]

    def turn_to(self, page: QWidget) -> None:
        """Put one of the pages in front, and give it the keyboard."""
        self._pages.setCurrentWidget(page)
        page.setFocus()
