"""A row of small pictures to choose from, by mouse or by the arrow keys."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_ROOM = 14  # around a picture, and for the scroll bar


class Strip(QListWidget):
    """Pictures are numbered from 0; one of them is always chosen."""

    chosen = Signal(int)

    def __init__(self, name: str, size: QSize) -> None:
        """Start empty; pictures are shown in `size`, `name` is for screen readers."""
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(size)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFixedHeight(size.height() + 2 * _ROOM)
        self.currentRowChanged.connect(self._tell)

    def set_names(self, names: list[str]) -> None:
        """Have so many pictures, which come later; the one that was chosen stays so."""
        if names == [self.item(row).toolTip() for row in range(self.count())]:
            return
        row = max(self.currentRow(), 0)
        self.blockSignals(True)
        self.clear()
        for name in names:
            self.addItem(self._new_item(name))
        self.setCurrentRow(min(row, len(names) - 1))
        self.blockSignals(False)

    def set_picture(self, row: int, image: QImage) -> None:
        """Show the picture of a row; `image` may be larger than it is shown."""
        size = self.iconSize() * self.devicePixelRatioF()
        small = image.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(small)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        shown = QIcon(pixmap)
        shown.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt tints it
        self.item(row).setIcon(shown)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys for itself, which elsewhere in the window step through frames."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def _new_item(self, name: str) -> QListWidgetItem:
        blank = QPixmap(self.iconSize())
        blank.fill(QColor(Qt.GlobalColor.transparent))
        item = QListWidgetItem(QIcon(blank), "")
        item.setToolTip(name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        item.setSizeHint(self.iconSize() + QSize(10, 10))
        return item

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)
