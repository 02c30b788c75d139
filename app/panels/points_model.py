"""The points of the frame on screen as a list model, grouped by the infant's side."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.pose.pose_track import Point, Pose, Source, Visibility
from core.pose.skeleton import Side, Skeleton

AnyIndex = QModelIndex | QPersistentModelIndex

_GROUPS: tuple[tuple[Side, str], ...] = (
    ("middle", "Middle"),
    ("left", "Left (the infant's)"),
    ("right", "Right (the infant's)"),
)
_FROM_THE_TOP = (
    "head",
    "neck",
    "thorax",
    "shoulder",
    "elbow",
    "wrist",
    "pelvis",
    "hip",
    "knee",
    "ankle",
)


class Role(IntEnum):
    """What the delegate asks for beyond the text."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class PointRow:
    """One line: a heading (`keypoint` None) or a point; `title` as people say it."""

    title: str
    side: Side
    keypoint: int | None = None
    point: Point | None = None

    @property
    def said(self) -> str:
        """The line for a screen reader."""
        if self.point is None:
            return self.title
        if self.point.visibility is Visibility.ABSENT:
            return f"{self.title}: not there"
        state = "seen" if self.point.visibility is Visibility.SEEN else "hidden"
        by = "placed by hand" if self.point.source is Source.HUMAN else "found by the model"
        return f"{self.title}: {state}, {by}, confidence {self.point.confidence:.0%}"


class PointsModel(QAbstractListModel):
    """The lines never change their places, only what they say."""

    def __init__(self, skeleton: Skeleton, parent: QObject | None = None) -> None:
        """Show every point of the skeleton as absent."""
        super().__init__(parent)
        self._skeleton = skeleton
        self._rows = _rows(skeleton)

    def set_pose(self, pose: Pose) -> None:
        """Show the points of a pose; only lines that say something new are drawn again."""
        for position, row in enumerate(self._rows):
            if row.keypoint is None:
                continue
            point = pose.point(row.keypoint)
            if point != row.point:
                self._rows[position] = PointRow(row.title, row.side, row.keypoint, point)
                self.dataChanged.emit(self.index(position), self.index(position))

    def position(self, keypoint: int) -> int:
        """The line of a point."""
        return [row.keypoint for row in self._rows].index(keypoint)

    def row(self, position: int) -> PointRow:
        """One line."""
        return self._rows[position]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many lines there are, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Points can be chosen, headings cannot."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if self._rows[index.row()].keypoint is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt asks for: the name, words for a screen reader, or the whole row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case Role.ROW:
                return row
        return None


def _rows(skeleton: Skeleton) -> list[PointRow]:
    rows: list[PointRow] = []
    for side, heading in _GROUPS:
        rows.append(PointRow(heading, side))
        names = sorted((n for n in skeleton.keypoints if skeleton.side(n) == side), key=_height)
        rows += [PointRow(_title(name, side), side, skeleton.index(name)) for name in names]
    return rows


def _height(name: str) -> int:
    """Where a point stands when one reads a body from the head down."""
    part = name.rpartition("_")[2]
    return _FROM_THE_TOP.index(part) if part in _FROM_THE_TOP else len(_FROM_THE_TOP)


def _title(name: str, side: Side) -> str:
    return name.removeprefix(f"{side}_").replace("_", " ").capitalize()
