"""The card in which recordings are ticked, and parts of them chosen."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
)

from app.adapting.choice import Choice, Stretch
from app.adapting.choose_model import NAME, ChoiceModel
from app.adapting.choose_range import RangeBar
from app.adapting.choose_words import counted, label_words
from app.controls import TextButton, plain, words
from app.theme import tokens_of

_ROWS_SHOWN = 8
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TickTable(QTableView):
    """Space and Return tick the row that is picked, whatever else they do in the window."""

    def event(self, event: QEvent) -> bool:
        """Keep Space from playing the recording."""
        if isinstance(event, QKeyEvent) and _may_be_a_shortcut(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick or untick; other keys move as ever."""
        model, index = self.model(), self.currentIndex()
        if event.key() in _PRESSES and index.isValid() and isinstance(model, ChoiceModel):
            model.tick(index.row(), ticked=not model.is_ticked(index.row()))
        else:
            super().keyPressEvent(event)


def _may_be_a_shortcut(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.ShortcutOverride and event.key() in _PRESSES


class RecordingsCard(QFrame):
    """The table is as high as its rows, up to a limit."""

    changed = Signal()

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self.setObjectName("card")
        self.model = ChoiceModel()
        self.table = TickTable()
        self.table.setObjectName("choice_table")
        self.table.setAccessibleName("Recordings to adapt to")
        self.count = words("", "panel_title")
        self.labels = words("", "muted", wrap=True)
        self.all_button = TextButton("All", role="quiet")
        self.none_button = TextButton("None", role="quiet")
        self.range = RangeBar()
        self._set_up()
        self._lay_out()
        self._join()

    def _set_up(self) -> None:
        table = self.table
        table.setModel(self.model)
        plain(table)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        # A thousand rows need not all be measured.
        table.horizontalHeader().setResizeContentsPrecision(64)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.all_button)
        head.addWidget(self.none_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addWidget(self.range)
        layout.addWidget(self.labels)

    def _join(self) -> None:
        self.model.changed.connect(self._on_change)
        self.all_button.clicked.connect(lambda: self.model.tick_all(ticked=True))
        self.none_button.clicked.connect(lambda: self.model.tick_all(ticked=False))
        self.table.selectionModel().currentRowChanged.connect(self._turn_to)
        self.range.changed.connect(self._use)
        self.range.fault_changed.connect(self.changed)

    def show_choice(self, choice: Choice) -> None:
        """Offer these recordings; the first that is ticked is picked."""
        self.model.set_tokens(tokens_of(self.palette()))
        self.model.set_offers(choice.recordings, choice.chosen, choice.stretches)
        self._fit()
        rows = range(self.model.rowCount())
        first = next((row for row in rows if self.model.is_ticked(row)), 0)
        self.table.setCurrentIndex(self.model.index(first, NAME))
        self._turn_to(self.table.currentIndex())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.model.set_tokens(tokens_of(self.palette()))

    def _turn_to(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if index.isValid():
            row = index.row()
            self.range.show_recording(self.model.offer(row), self.model.stretch(row))
        else:
            self.range.show_recording(None, None)

    def _use(self, stretch: Stretch | None) -> None:
        self.model.set_stretch(self.table.currentIndex().row(), stretch)

    def _on_change(self) -> None:
        chosen = self.model.chosen_offers
        there = counted(self.model.rowCount(), "recording")
        self.count.setText(f"{len(chosen):,} of {there}" if self.model.rowCount() else "Recordings")
        self.labels.setText(label_words(chosen))
        self.labels.setVisible(bool(chosen))
        self.changed.emit()

    def _fit(self) -> None:
        header, rows = self.table.horizontalHeader(), self.model.rowCount()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if rows:
            header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        shown = max(min(rows, _ROWS_SHOWN), 1) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(header.sizeHint().height() + shown + 6)
