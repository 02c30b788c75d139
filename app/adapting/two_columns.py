"""Two parts side by side, or one below the other where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget


class TwoColumns(QWidget):
    """Turns its layout when its width says so."""

    def __init__(self, left: QWidget, right: QWidget, *, least: int) -> None:
        """Give both the same width, side by side from a width of `least` pixels on."""
        super().__init__()
        self._least = least
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._layout.addWidget(left, 1)
        self._layout.addWidget(right, 1)

    @property
    def is_narrow(self) -> bool:
        """Whether one stands below the other."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by the new width."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = event.size().width() < self._least
        self._layout.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)


def scrolling(body: QWidget) -> QScrollArea:
    """A place where a body that is too high can be scrolled; sideways only where it must be."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
