"""The mode in which the user draws a box around the infant: drag a new one, or its handles."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.session.session import Session
from app.stage.gestures import BoxDrag
from app.stage.hit_testing import BoxPart, box_part
from app.stage.roi_layer import on_screen
from app.stage.stage_painter import Scene
from core.geometry import Box

_CURSORS = {
    None: Qt.CursorShape.CrossCursor,
    BoxPart.INSIDE: Qt.CursorShape.SizeAllCursor,
    BoxPart.LEFT: Qt.CursorShape.SizeHorCursor,
    BoxPart.RIGHT: Qt.CursorShape.SizeHorCursor,
    BoxPart.TOP: Qt.CursorShape.SizeVerCursor,
    BoxPart.BOTTOM: Qt.CursorShape.SizeVerCursor,
    BoxPart.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    BoxPart.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    BoxPart.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    BoxPart.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
}
assert set(_CURSORS) == {None, *BoxPart}


class RoiTool(QObject):
    """Every finished drag is kept in the study at once; `drawn(Box)` tells of it."""

    drawn = Signal(Box)

    def __init__(self, session: Session, scene: Scene, widget: QWidget) -> None:
        """Draw into the scene of a widget."""
        super().__init__(widget)
        self._session = session
        self._scene = scene
        self._widget = widget

    @property
    def is_active(self) -> bool:
        """Whether the mouse draws boxes now."""
        return self._scene.drawing_roi

    def begin(self) -> None:
        """Enter the mode, or leave it if it is on."""
        if self.is_active:
            self.end()
        elif self._session.recording is not None:
            self._scene.drawing_roi = True
            self._widget.setFocus()
            self._widget.setCursor(Qt.CursorShape.CrossCursor)
            self._widget.update()

    def end(self) -> None:
        """Leave the mode; what was drawn stays."""
        self._scene.drawing_roi = False
        self._widget.unsetCursor()
        self._widget.update()

    def point_at(self, spot: tuple[float, float]) -> None:
        """Show by the cursor what a press at a spot of the widget would take hold of."""
        self._widget.setCursor(_CURSORS[self._part(spot)])

    def drag(self, spot: tuple[float, float], size: tuple[float, float]) -> BoxDrag:
        """What a press at a spot of the widget begins, in a frame of this size."""
        x, y = self._scene.view.to_frame(spot)
        return BoxDrag(
            pressed=(float(x), float(y)),
            before=self._scene.roi,
            part=self._part(spot),
            frame_size=size,
            show=self._show,
            keep=self._keep,
        )

    def _part(self, spot: tuple[float, float]) -> BoxPart | None:
        if self._scene.roi is None:
            return None
        return box_part(on_screen(self._scene.roi, self._scene.view), spot)

    def _show(self, box: Box | None) -> None:
        self._scene.roi = box
        self._widget.update()

    def _keep(self, box: Box) -> None:
        self._session.set_roi(box)
        self.drawn.emit(box)
