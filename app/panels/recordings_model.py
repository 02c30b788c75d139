"""The recordings of the study as a list model: name, length, picture and where each one stands."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from app.panels.durations import clock
from core.study.recordings import Recording

AnyIndex = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for beyond the text."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Badge:
    """Where a recording stands, in a word or two; `colour` is a token of the theme."""

    text: str
    colour: str
    fraction: float | None = None  # of a running prediction


@dataclass(frozen=True)
class RecordingRow:
    """One line of the list."""

    recording: Recording
    badge: Badge
    picture: QPixmap | None

    @property
    def length(self) -> str:
        """How long it is; photographs are counted."""
        return clock(self.recording.duration)


class RecordingsModel(QAbstractListModel):
    """Rows are replaced one by one, so that a running job does not disturb the selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._rows: list[RecordingRow] = []

    def rows(self) -> list[RecordingRow]:
        """All lines (a copy)."""
        return list(self._rows)

    def set_rows(self, rows: list[RecordingRow]) -> None:
        """Show these lines; where the recordings are the same, only what differs is redrawn."""
        if [row.recording.id for row in rows] != [row.recording.id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for position, row in enumerate(rows):
            if row != self._rows[position]:
                self._rows[position] = row
                self.dataChanged.emit(self.index(position), self.index(position))

    def position(self, recording_id: int) -> int | None:
        """The line of a recording."""
        ids = [row.recording.id for row in self._rows]
        return ids.index(recording_id) if recording_id in ids else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many recordings there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt asks for: the name, a tip, words for a screen reader, or the whole row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.recording.name
            case Qt.ItemDataRole.ToolTipRole:
                return str(row.recording.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.recording.name}, {row.length}, {row.badge.text}"
            case Role.ROW:
                return row
        return None
