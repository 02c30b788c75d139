"""The strip above the stage that tells what happened, until the user closes it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.controls import IconLabel, TextButton, restyle, words
from app.notices import Notice, NoticeKind

_ICONS = {
    NoticeKind.PROBLEM: ("error", "danger"),
    NoticeKind.WARNING: ("warning", "warning"),
    NoticeKind.DONE: ("check", "ok"),
}
assert set(_ICONS) == set(NoticeKind)
_DONE_SECONDS = 12
_ITEMS_SHOWN = 5


class Banner(QFrame):
    """Shows one notice at a time; a newer one takes the place of an older one."""

    shown = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName("Notice")
        self._notice: Notice | None = None
        self._icon = IconLabel("info")
        self._text = words("", wrap=True)
        self._items = words("", wrap=True)
        self._button = TextButton("")
        self._button.clicked.connect(self._press)
        self._close = TextButton("", "close", role="quiet")
        self._close.setAccessibleName("Close this notice")
        self._close.clicked.connect(self.close_notice)
        self._fade = QTimer(self, singleShot=True, interval=_DONE_SECONDS * 1000)
        self._fade.timeout.connect(self.close_notice)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._text)
        said.addWidget(self._items)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(said, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)

    @property
    def focus_taker(self) -> QWidget:
        """What a person at the keyboard wants first: the button, or else to close it."""
        return self._button if self._button.isVisible() else self._close

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; good news goes away by itself."""
        self._notice = notice
        self._icon.show_icon(*_ICONS[notice.kind])
        self._text.setText(notice.text)
        self._items.setText(_bullets(notice.items))
        self._items.setVisible(bool(notice.items))
        self._button.setText(notice.button)
        self._button.setVisible(bool(notice.button))
        self.setProperty("kind", notice.kind.value)
        self.setAccessibleDescription(notice.text)
        restyle(self)
        self.show()
        self.shown.emit()
        if notice.kind is NoticeKind.DONE:
            self._fade.start()
        else:
            self._fade.stop()

    def close_notice(self) -> None:
        """Take the notice away."""
        self._notice = None
        self.hide()
        self.closed.emit()

    def _press(self) -> None:
        notice = self._notice
        self.close_notice()
        if notice is not None and notice.on_button is not None:
            notice.on_button()


def _bullets(items: tuple[str, ...]) -> str:
    shown = [f"•  {item}" for item in items[:_ITEMS_SHOWN]]
    if len(items) > _ITEMS_SHOWN:
        shown.append(f"… and {len(items) - _ITEMS_SHOWN} more")
    return "\n".join(shown)
