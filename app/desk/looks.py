"""How the window looks: theme, what lies over the picture, how strong and how large."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.preferences import Preferences, ThemeChoice
from app.stage.video_view import VideoView
from app.theme import apply_theme


class Looks(QObject):
    """Keeps what is chosen, and hands it to the stage."""

    changed = Signal()

    def __init__(
        self, application: QApplication, view: VideoView, preferences: Preferences
    ) -> None:
        """Dress the application and the stage as it was left."""
        super().__init__(view)
        self._application = application
        self._view = view
        self._preferences = preferences
        self.overlay = True
        self.segmentation = True
        application.styleHints().colorSchemeChanged.connect(self._on_system_change)
        view.set_names_visible(preferences.show_names)
        view.set_segmentation_opacity(preferences.segmentation_opacity)
        view.set_point_size(preferences.point_size)

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark or as the system says."""
        return self._preferences.theme

    def set_theme(self, choice: ThemeChoice) -> None:
        """Change the colours of everything."""
        self._preferences.theme = choice
        apply_theme(self._application, dark=choice.dark)
        self.changed.emit()

    @property
    def names(self) -> bool:
        """Whether names stand beside the points."""
        return self._preferences.show_names

    def toggle_names(self) -> None:
        """Show or hide the names."""
        self._preferences.show_names = not self.names
        self._view.set_names_visible(self.names)
        self.changed.emit()

    def toggle_overlay(self) -> None:
        """Show or hide everything that is drawn over the picture."""
        self.overlay = not self.overlay
        self._view.set_overlay_visible(self.overlay)
        self.changed.emit()

    def toggle_segmentation(self) -> None:
        """Show or hide the segmentation."""
        self.segmentation = not self.segmentation
        self._view.set_segmentation_visible(self.segmentation)
        self.changed.emit()

    @property
    def segmentation_opacity(self) -> float:
        """How strongly the segmentation covers the picture, in [0, 1]."""
        return self._preferences.segmentation_opacity

    def set_segmentation_opacity(self, opacity: float) -> None:
        """Change it at once."""
        self._preferences.segmentation_opacity = opacity
        self._view.set_segmentation_opacity(opacity)

    @property
    def point_size(self) -> float:
        """How large points are drawn; 1 is usual."""
        return self._preferences.point_size

    def set_point_size(self, size: float) -> None:
        """Change it at once."""
        self._preferences.point_size = size
        self._view.set_point_size(size)

    def _on_system_change(self) -> None:
        if self.theme is ThemeChoice.SYSTEM:
            apply_theme(self._application, dark=None)
            self.changed.emit()
