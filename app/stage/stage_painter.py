"""Paints the stage from back to front: picture, silhouette, pose, box, and words where needed."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.session.session import Session
from app.stage.frame_layer import FrameLayer
from app.stage.pose_layer import PoseLayer, PoseLook
from app.stage.roi_layer import paint_roi
from app.stage.silhouette_layer import paint_silhouette
from app.stage.view_transform import ViewTransform
from app.theme import tokens_of
from core.geometry import Box
from core.pose.palette import SILHOUETTE_OPACITY
from core.pose.pose_edit import moved
from core.pose.pose_track import Pose
from core.video.frame import Frame

_ROOMY = 420.0  # widget pixels; a picture of this height has room for points of full size
_ROI_HINT = "Drag a box around the infant  ·  Enter or Esc to finish"


@dataclass
class Layers:
    """What the user wants to see on the stage."""

    pose: bool = True
    silhouette: bool = True
    silhouette_opacity: float = SILHOUETTE_OPACITY
    names: bool = False
    point_size: float = 1.0


@dataclass(frozen=True)
class Held:
    """A point while it is dragged, in frame pixels."""

    keypoint: int
    xy: tuple[float, float]


@dataclass
class Scene:
    """What is on the stage at this moment."""

    frame: Frame | None = None
    view: ViewTransform = field(default_factory=ViewTransform)
    hovered: int | None = None
    held: Held | None = None
    roi: Box | None = None
    drawing_roi: bool = False


class StagePainter:
    """Knows the order of the layers and when each is left out."""

    def __init__(self, session: Session, layers: Layers) -> None:
        """Paint what a session shows."""
        self._session = session
        self._layers = layers
        self._frames = FrameLayer()
        self._poses = PoseLayer(session.skeleton)

    def paint(self, painter: QPainter, scene: Scene, widget: QWidget) -> None:
        """Paint the whole stage."""
        tokens = tokens_of(widget.palette())
        painter.fillRect(widget.rect(), tokens.colour("stage"))
        if scene.frame is not None:
            self._frames.paint(painter, scene.frame, scene.view, size=widget.size())
        elif self._session.recording is not None:
            painter.fillRect(self._sheet(scene.view), tokens.colour("raised"))
        if self._session.recording is not None:
            self._paint_overlay(painter, scene)
        words = self._words(scene)
        if words and scene.frame is not None:
            _paint_hint(painter, words)
        elif words:
            _paint_words(painter, QRectF(widget.rect()), words, colour=tokens.colour("muted"))

    def _paint_overlay(self, painter: QPainter, scene: Scene) -> None:
        frame, layers = self._session.shown, self._layers
        silhouette = self._session.silhouette(frame) if layers.silhouette else None
        if silhouette is not None:
            opacity = layers.silhouette_opacity
            paint_silhouette(painter, silhouette, scene.view, opacity=opacity)
        if layers.pose:
            self._poses.paint(painter, self._pose(scene.held), scene.view, self._look(scene))
        if scene.roi is not None:
            paint_roi(painter, scene.roi, scene.view, active=scene.drawing_roi)
        if scene.drawing_roi:
            _paint_hint(
                painter, "Drag a box around the infant  ·  Enter to finish  ·  Esc to leave"
            )

    def _pose(self, held: Held | None) -> Pose:
        pose = self._session.pose(self._session.shown)
        if held is None:
            return pose
        return pose.with_point(held.keypoint, moved(pose.point(held.keypoint), held.xy))

    def _look(self, scene: Scene) -> PoseLook:
        return PoseLook(
            selected=None if scene.drawing_roi else self._session.keypoint,
            hovered=scene.hovered,
            held=scene.held.keypoint if scene.held else None,
            names=self._layers.names,
            point_size=self._layers.point_size * self._crowding(scene.view),
        )

    def _crowding(self, view: ViewTransform) -> float:
        """Smaller points in a small picture, so that they leave something to see."""
        recording = self._session.recording
        height = recording.height * view.scale if recording else _ROOMY
        return min(max(height / _ROOMY, 0.65), 1.0)

    def _sheet(self, view: ViewTransform) -> QRectF:
        recording = self._session.recording
        width, height = (recording.width, recording.height) if recording else (0, 0)
        return QRectF(view.x, view.y, width * view.scale, height * view.scale)

    def _words(self, scene: Scene) -> str:
        if self._session.video_problem is not None:
            return self._session.video_problem
        if scene.frame is not None and not scene.frame.intact:
            info = self._session.info
            if info is not None and info.file_names is not None:
                return "This image cannot be read; copy it into the folder again."
            return "The recording is damaged here: the picture before this one is shown."
        if scene.frame is None and self._session.is_opening:
            return "Reading the recording …"
        return ""


def _paint_words(painter: QPainter, rect: QRectF, words: str, *, colour: QColor) -> None:
    painter.setPen(colour)
    room = rect.adjusted(24, 24, -24, -24)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(room, int(flags), words)


def _paint_hint(painter: QPainter, words: str) -> None:
    """A pill at the top that says what the mouse does now."""
    metrics = QFontMetricsF(painter.font())
    room = QRectF(painter.viewport())
    box = QRectF(0, 12, metrics.horizontalAdvance(words) + 32, metrics.height() + 14)
    box.moveCenter(room.center())
    box.moveTop(14)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 18, 24, 230))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
