"""The areas of the window: hide and show them, and walk through them by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow, QWidget


@dataclass(frozen=True)
class Area:
    """A part of the window: what is hidden and shown, and what in it takes the keyboard."""

    widget: QWidget
    focus_taker: Callable[[], QWidget]


class Areas:
    """The areas in the order in which the keyboard walks through them."""

    def __init__(self) -> None:
        """Begin without areas."""
        self._window: QMainWindow | None = None
        self._areas: list[Area] = []

    def set_window(self, window: QMainWindow, areas: Sequence[Area]) -> None:
        """Take the window, and its areas: the recordings first, the points last."""
        self._window = window
        self._areas = list(areas)

    def is_shown(self, position: int) -> bool:
        """Whether an area is not hidden by the user."""
        return bool(self._areas) and not self._areas[position].widget.isHidden()

    def toggle(self, position: int) -> None:
        """Hide or show an area."""
        self._areas[position].widget.setVisible(not self.is_shown(position))

    def focus_next(self, direction: int) -> None:
        """Give the keyboard to the next area that is on screen."""
        takers = [area.focus_taker() for area in self._areas if area.widget.isVisible()]
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
