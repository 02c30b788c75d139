"""The stage as a picture: the frame with the pose over it, at any scale."""

from collections.abc import Container

from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.commands import title
from app.session.session import Session
from app.stage.point_marks import in_words
from app.stage.stage_painter import Layers, Scene, StagePainter
from app.stage.view_transform import ViewTransform
from core.video.frame import Frame

_MARGIN = 12.0
_BREATH_MS = 12
_WHEEL_STEP = 1.0015  # to the power of the wheel's eighths of a degree: one notch is a fifth


class StageCanvas(QWidget):
    """Shows the session's frame and pose.

    Poses belong to the frame whose picture is on screen, never to one that is still decoded.
    """

    zoom_changed = Signal(float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow a session."""
        super().__init__(parent)
        self._session = session
        self._layers = Layers()
        self._scene = Scene()
        self._painter = StagePainter(session, self._layers)
        self._fitted = True
        self._since_paint = QElapsedTimer()
        self._next_paint = QTimer(self, singleShot=True)
        self._next_paint.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName("Recording with pose")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._listen()

    def _listen(self) -> None:
        session = self._session
        session.image_ready.connect(self._on_image)
        session.recording_changed.connect(self._on_recording_changed)
        session.recordings_changed.connect(self._on_roi_changed)
        session.frame_changed.connect(self._on_frame_wanted)
        session.poses_changed.connect(self._on_poses_changed)
        session.selection_changed.connect(self._on_selection_changed)
        for signal in (session.video_opened, session.video_failed, session.silhouettes_loaded):
            signal.connect(self._update_soon)

    # What one may ask of it -----------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Widget pixels for each frame pixel."""
        return self._scene.view.scale

    def fit(self) -> None:
        """Show the whole picture, and keep doing so when the widget changes its size."""
        self._fitted = True
        self._show_view(ViewTransform.fit(self._content(), self._window(), margin=_MARGIN))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the widget, else about its middle."""
        spot = at if at is not None else QPointF(self.rect().center())
        self._fitted = False
        view = self._scene.view.zoomed(
            factor, at=(spot.x(), spot.y()), content=self._content(), window=self._window()
        )
        self._show_view(view)

    def zoom_to(self, scale: float) -> None:
        """Zoom about the middle to so many widget pixels for each frame pixel."""
        self.zoom_by(scale / self.zoom)

    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide points and bones."""
        self._layers.pose = visible
        self.update()

    def set_segmentation_visible(self, visible: bool) -> None:
        """Show or hide the visible silhouette."""
        self._layers.silhouette = visible
        self.update()

    def set_segmentation_opacity(self, opacity: float) -> None:
        """How strongly the silhouette covers the picture, in [0, 1]."""
        self._layers.silhouette_opacity = opacity
        self.update()

    def set_names_visible(self, visible: bool) -> None:
        """Write the name beside every point."""
        self._layers.names = visible
        self.update()

    def set_point_size(self, size: float) -> None:
        """Draw points and bones larger or smaller; 1 is usual."""
        self._layers.point_size = size
        self.update()

    def spot_of(self, xy: tuple[float, float]) -> QPointF:
        """Where a point of the frame is in the widget."""
        return QPointF(*self._scene.view.to_screen(xy))

    def frame_point(self, spot: QPointF) -> tuple[float, float]:
        """Which point of the frame is at a spot of the widget."""
        x, y = self._scene.view.to_frame((spot.x(), spot.y()))
        return float(x), float(y)

    # The session ----------------------------------------------------------------------------

    def _on_image(self, frame: Frame) -> None:
        before = self._scene.frame
        if before is not None and before.index == frame.index:
            return  # the first frame comes twice: as a preview, and when the recording is indexed
        self._scene.frame = frame
        if before is None or before.image.shape != frame.image.shape:
            self._refit()
        self._on_frame_changed()

    def _on_recording_changed(self) -> None:
        self._scene.frame = None
        self._scene.hovered = None
        self._on_roi_changed()
        self._fitted = True
        self._refit()

    def _on_roi_changed(self) -> None:
        recording = self._session.recording
        self._scene.roi = recording.roi if recording else None
        self.update()

    def _on_frame_wanted(self) -> None:
        """Without pictures the poses go on alone; else they wait for the picture."""
        if self._scene.frame is None:
            self._on_frame_changed()

    def _on_frame_changed(self) -> None:
        self._describe()
        self._update_soon()

    def _on_poses_changed(self, frames: Container[int] | None) -> None:
        if frames is None or self._session.shown in frames:
            self._on_frame_changed()

    def _on_selection_changed(self) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell a screen reader what is selected."""
        keypoint = self._session.keypoint
        words = ""
        if keypoint is not None:
            point = self._session.pose(self._session.shown).point(keypoint)
            words = f"{title(self._session.skeleton.keypoints[keypoint])}: {in_words(point)}"
        self.setAccessibleDescription(words)

    def _update_soon(self) -> None:
        """Paint, but not twice in one breath: picture, poses and outline come one by one."""
        rest = _BREATH_MS - self._since_paint.elapsed() if self._since_paint.isValid() else 0
        if rest <= 0:
            self.update()
        elif not self._next_paint.isActive():
            self._next_paint.start(int(rest))

    # Painting and geometry ------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the stage."""
        painter = QPainter(self)
        self._painter.paint(painter, self._scene, self)
        painter.end()
        self._since_paint.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep a fitted picture fitted, and any other in sight."""
        super().resizeEvent(event)
        self._refit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for an ordinary recording."""
        return QSize(960, 640)

    def _content(self) -> tuple[float, float]:
        if self._scene.frame is not None:
            height, width = self._scene.frame.image.shape[:2]
            return float(width), float(height)
        recording = self._session.recording
        return (recording.width, recording.height) if recording else (640.0, 480.0)

    def _window(self) -> tuple[float, float]:
        return float(self.width()), float(self.height())

    def _refit(self) -> None:
        if self._fitted:
            self.fit()
        else:
            self._show_view(self._scene.view.kept(self._content(), self._window()))

    def _show_view(self, view: ViewTransform) -> None:
        self._scene.view = view
        self.zoom_changed.emit(view.scale)
        self.update()

    def _pan(self, dx: float, dy: float) -> None:
        self._fitted = False
        self._show_view(
            self._scene.view.panned(dx, dy, content=self._content(), window=self._window())
        )
