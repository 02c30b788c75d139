"""A verdict recording by recording: how many frames, what came out, the numbers behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout

from app.adapting.gain_bar import COLOURS
from app.adapting.plain_numbers import before_after, gain_words, leaning, range_words
from app.controls import plain, words
from app.icons import icon
from app.theme import Tokens, tokens_of
from core.verdict.report import Number, Outcome, RecordingVerdict

OUTCOMES: dict[Outcome, tuple[str, str, str]] = {  # words, icon and its colour
    "better": ("Better", "check", "ok"),
    "not_better": ("Not better", "close", "danger"),
    "unclear": ("Too close to tell", "info", "muted"),
}
_FIXED = ("Recording", "Frames", "Verdict")
_ROWS_SHOWN = 10
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class RecordingsModel(QAbstractTableModel):
    """A row for each recording; a column for each kind of number that any of them has."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self._recordings: tuple[RecordingVerdict, ...] = ()
        self._titles: dict[str, str] = {}  # words of a number, by its name
        self._tokens: Tokens | None = None

    def set_recordings(self, recordings: Sequence[RecordingVerdict]) -> None:
        """Show these, in their order."""
        self.beginResetModel()
        self._recordings = tuple(recordings)
        self._titles = {number.name: number.words for one in recordings for number in one.evidence}
        self.endResetModel()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._tokens = tokens
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many recordings."""
        return 0 if parent.isValid() else len(self._recordings)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Name, frames, outcome, and the numbers."""
        return 0 if parent.isValid() else len(_FIXED) + len(self._titles)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column is about."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (*_FIXED, *self._titles.values())[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, colour, icon or tip of a cell."""
        verdict = self._recordings[index.row()]
        if index.column() < len(_FIXED):
            return self._about(verdict, index.column(), role)
        name = list(self._titles)[index.column() - len(_FIXED)]
        number = next((one for one in verdict.evidence if one.name == name), None)
        return None if number is None else self._measured(number, role)

    def _about(self, verdict: RecordingVerdict, column: int, role: int) -> object:
        said, icon_name, colour = OUTCOMES[verdict.outcome]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (verdict.name, f"{verdict.frames:,}", said)[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 2 and self._tokens is not None:
            return icon(icon_name, self._tokens.colour(colour))
        return None

    def _measured(self, number: Number, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{before_after(number)}\n{gain_words(number)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{number.words}: {range_words(number) or gain_words(number)}"
        if role == Qt.ItemDataRole.ForegroundRole and self._tokens is not None:
            return self._colour_of(number, self._tokens)
        return None

    def _colour_of(self, number: Number, tokens: Tokens) -> QColor:
        lean = leaning(number)
        return tokens.colour("text" if lean == "unclear" else COLOURS[lean])


class RecordingsTable(QFrame):
    """The card around the table; the table is as high as its rows, up to a limit."""

    def __init__(self) -> None:
        """Be empty."""
        self.model = RecordingsModel()
        super().__init__()
        self.setObjectName("card")
        self.table = QTableView()
        self.table.setObjectName("verdict_table")
        self.table.setAccessibleName("Recording by recording")
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(words("Recording by recording", "panel_title"))
        layout.addWidget(self.table)

    def _set_up(self) -> None:
        table = self.table
        table.setModel(self.model)
        plain(table)
        table.setWordWrap(True)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().height() + 12)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        header.setMinimumSectionSize(70)

    def show_recordings(self, recordings: Sequence[RecordingVerdict]) -> None:
        """Show the verdict on each of these."""
        self.model.set_tokens(tokens_of(self.palette()))
        self.model.set_recordings(recordings)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.model.set_tokens(tokens_of(self.palette()))

    def _fit(self) -> None:
        header, rows = self.table.horizontalHeader(), self.model.rowCount()
        header.setFixedHeight(2 * self.fontMetrics().height() + 12)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(_FIXED)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        shown = min(rows, _ROWS_SHOWN) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(header.height() + shown + 8)
