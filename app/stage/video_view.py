"""The stage under the user's hands: pan, zoom, move points, draw a box."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.session.session import Session
from app.stage.gestures import Gesture, Pan, PointDrag
from app.stage.hit_testing import nearest_point
from app.stage.point_menu import point_menu
from app.stage.roi_tool import RoiTool
from app.stage.stage_canvas import StageCanvas
from app.stage.stage_painter import Held
from core.geometry import Box

_WHEEL_STEP = 1.0015  # to the power of the wheel's eighths of a degree: one notch is a fifth


class VideoView(StageCanvas):
    """One drag is one gesture is one undo step; Esc gives it up.

    The keys of the menus are not here; Esc and Enter belong to the gesture in progress.
    """

    roi_drawn = Signal(Box)
    point_grabbed = Signal()  # playback should stop

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow a session."""
        super().__init__(session, parent)
        self._gesture: Gesture | None = None
        self._roi = RoiTool(session, self._scene, self)
        self._roi.drawn.connect(self.roi_drawn)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        session.recording_changed.connect(self._on_another_recording)
        session.frame_changed.connect(self._on_another_frame)
        session.image_ready.connect(self._on_another_frame)
        session.selection_changed.connect(self._on_another_point)
        session.edited.connect(self.give_up_drag)

    def begin_roi(self) -> None:
        """Let the user draw a box around the infant; asked again, leave that mode."""
        self._roi.begin()

    def cancel_gesture(self) -> None:
        """Give up the drag in progress, as if it had not begun."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._show_held()

    def give_up_drag(self) -> bool:
        """Give up a drag of a point; whether there was one."""
        is_dragging = isinstance(self._gesture, PointDrag)
        if is_dragging:
            self.cancel_gesture()
        return is_dragging

    def _on_another_recording(self) -> None:
        self.cancel_gesture()
        self._roi.end()

    def _on_another_frame(self) -> None:
        if isinstance(self._gesture, PointDrag) and self._gesture.frame != self._session.shown:
            self.cancel_gesture()

    def _on_another_point(self) -> None:
        if (
            isinstance(self._gesture, PointDrag)
            and self._gesture.keypoint != self._session.keypoint
        ):
            self.cancel_gesture()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of a point, of the box, or of the picture."""
        if self._gesture is not None or self._session.recording is None:
            return
        spot = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._gesture = Pan(_pair(spot), self._pan)
        elif event.button() == Qt.MouseButton.LeftButton and self._roi.is_active:
            self._gesture = self._roi.drag(_pair(spot), self._content())
        elif event.button() == Qt.MouseButton.LeftButton:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not (shift and self._place(spot)):
                self._gesture = self._point_drag(spot) or Pan(_pair(spot), self._pan)
        self._show_held()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with the drag, or show what is under the cursor."""
        spot = event.position()
        if self._gesture is None:
            self._hover(spot)
        elif self._roi.is_active and not isinstance(self._gesture, Pan):
            self._gesture.move(self.frame_point(spot))
        else:
            self._gesture.move(_pair(spot))
            self._show_held()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the drag; a moved point becomes one edit."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._scene.held = None
            gesture.finish()
            self._show_held()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Place the selected point if it is absent."""
        keypoint = self._session.keypoint
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or keypoint is None or self._roi.is_active:
            return
        if not self._session.pose(self._session.shown).visibility[keypoint]:
            self._session.points.place(self.frame_point(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the states of the point under the cursor, or to put the selected one there."""
        if self._gesture is not None or self._session.recording is None or self._roi.is_active:
            return
        self.point_grabbed.emit()  # or else the picture runs on behind the menu
        spot = QPointF(event.pos())
        found = self._point_at(spot)
        if found is not None:
            self._session.select_keypoint(found)
        menu = point_menu(
            self._session, self, None if found is not None else self.frame_point(spot)
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom at the cursor."""
        turned = event.angleDelta().y()
        if turned and self._session.recording is not None:
            self.zoom_by(_WHEEL_STEP**turned, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc gives up a drag, then leaves the drawing of a box; Enter leaves it too."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._gesture is not None:
            self.cancel_gesture()
        elif self._roi.is_active and key in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self._roi.end()
        elif key == Qt.Key.Key_Escape:
            self._session.select_keypoint(None)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is under the cursor any more."""
        self._set_hovered(None)
        super().leaveEvent(event)

    def _point_at(self, spot: QPointF) -> int | None:
        if not self._layers.pose:
            return None
        pose = self._session.pose(self._session.shown)
        points = self._scene.view.to_screen(pose.xy)
        hit = nearest_point(points, _pair(spot), preferred=self._session.keypoint)
        return hit.keypoint if hit else None

    def _point_drag(self, spot: QPointF) -> PointDrag | None:
        keypoint = self._point_at(spot)
        if keypoint is None:
            return None
        self._session.select_keypoint(keypoint)
        self.point_grabbed.emit()
        if not self._session.can_edit:
            return None
        shown = self._session.shown
        points = self._session.points.of(shown, keypoint)
        x, y = self._session.pose(shown).xy[keypoint]
        return PointDrag(
            keypoint=keypoint,
            frame=shown,
            pressed=_pair(spot),
            start=_pair(self.spot_of((float(x), float(y)))),
            place=lambda end: points.place(self.frame_point(QPointF(*end))),
        )

    def _place(self, spot: QPointF) -> bool:
        """Put the selected point where the cursor is; whether there was one."""
        if self._session.keypoint is None:
            return False
        self.point_grabbed.emit()
        self._session.points.place(self.frame_point(spot))
        return True

    def _show_held(self) -> None:
        """Show the point where the drag has brought it."""
        gesture = self._gesture
        if isinstance(gesture, PointDrag) and gesture.spot is not None:
            xy = self.frame_point(QPointF(*gesture.spot))
            self._scene.held = Held(gesture.keypoint, xy)
        else:
            self._scene.held = None
        self._show_cursor()
        self.update()

    def _hover(self, spot: QPointF) -> None:
        if self._roi.is_active:
            self._roi.point_at(_pair(spot))
        else:
            self._set_hovered(self._point_at(spot))

    def _set_hovered(self, keypoint: int | None) -> None:
        if keypoint != self._scene.hovered:
            self._scene.hovered = keypoint
            self._show_cursor()
            self.update()

    def _show_cursor(self) -> None:
        if self._roi.is_active:
            return
        if self._scene.held is not None:
            self.setCursor(Qt.CursorShape.BlankCursor)
        elif isinstance(self._gesture, Pan):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._scene.hovered is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()


def _pair(spot: QPointF) -> tuple[float, float]:
    return spot.x(), spot.y()
