"""All keys on one sheet, made from the table of actions."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.controls import TextButton, words

_COLUMNS = 2


@dataclass(frozen=True)
class KeyLine:
    """What an action is called and the keys that do it, as they are printed on keyboards."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one menu."""

    title: str
    lines: tuple[KeyLine, ...]


class ShortcutSheet(QDialog):
    """Groups in two columns; typing leaves only what fits."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        """Show these groups."""
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self._groups = groups
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search for an action or a key")
        self.search.setAccessibleName("Search for an action or a key")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = TextButton("Close", role="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.addWidget(words("Keys", "title"), 1)
        head.addWidget(self.search, 1)
        foot = QHBoxLayout()
        foot.addWidget(words("Mouse: the wheel zooms, dragging the picture moves it.", "muted"), 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)
        self.resize(900, 640)
        self._fill("")

    def _fill(self, wanted: str) -> None:
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        for groups in _in_columns(_found(self._groups, wanted.strip().lower())):
            column = QVBoxLayout()
            column.setSpacing(4)
            for group in groups:
                column.addLayout(_group(group))
                column.addSpacing(14)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll.setWidget(body)


def _found(groups: Sequence[KeyGroup], wanted: str) -> list[KeyGroup]:
    found = [
        KeyGroup(
            group.title,
            tuple(
                line
                for line in group.lines
                if wanted in line.text.lower() or wanted in " ".join(line.keys).lower()
            ),
        )
        for group in groups
    ]
    return [group for group in found if group.lines]


def _in_columns(groups: Sequence[KeyGroup]) -> list[list[KeyGroup]]:
    """Groups in their order, cut where the columns come out about equally long."""
    lengths = [len(group.lines) + 2 for group in groups]
    columns: list[list[KeyGroup]] = [[] for _ in range(_COLUMNS)]
    done = 0
    for group, length in zip(groups, lengths, strict=True):
        middle = (done + length / 2) / max(sum(lengths), 1)
        columns[min(int(middle * _COLUMNS), _COLUMNS - 1)].append(group)
        done += length
    return columns


def _group(group: KeyGroup) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.addWidget(words(group.title, "panel_title"), 0, 0)
    for position, line in enumerate(group.lines, start=1):
        grid.addWidget(words(line.text, wrap=True), position, 0)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        keys.addStretch(1)
        for key in line.keys:
            keys.addWidget(words(key, role="key"))
        grid.addLayout(keys, position, 1)
    return grid
