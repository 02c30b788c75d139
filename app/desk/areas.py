"""The areas of the window: hide and show them, and walk through them by key."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow, QWidget


class Areas:
    """Areas from left to right, each with the widget in it that takes the keyboard."""

    def __init__(self) -> None:
        """Begin without areas."""
        self._window: QMainWindow | None = None
        self._areas: list[tuple[QWidget, QWidget]] = []

    def set_window(self, window: QMainWindow, areas: Sequence[tuple[QWidget, QWidget]]) -> None:
        """Take the window, and its areas: what is hidden and shown, what gets the focus in it."""
        self._window = window
        self._areas = list(areas)

    def is_shown(self, position: int) -> bool:
        """Whether an area is not hidden by the user."""
        return bool(self._areas) and not self._areas[position][0].isHidden()

    def toggle(self, position: int) -> None:
        """Hide or show an area."""
        self._areas[position][0].setVisible(not self.is_shown(position))

    def focus_next(self, direction: int) -> None:
        """Give the keyboard to the next area that is on screen."""
        takers = [taker for area, taker in self._areas if area.isVisible()]
        if not takers:
            return
        now = next((i for i, taker in enumerate(takers) if taker.hasFocus()), -1)
        takers[(now + direction) % len(takers)].setFocus()

    @property
    def is_full_screen(self) -> bool:
        """Whether the window covers the whole screen."""
        return self._window is not None and self._window.isFullScreen()

    def toggle_full_screen(self) -> None:
        """Cover the whole screen, or stop that."""
        if self._window is None:
            return
        if self.is_full_screen:
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def close(self) -> None:
        """End the program; jobs in the background go on."""
        if self._window is not None:
            self._window.close()
