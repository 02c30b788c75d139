"""The models of this computer: which one a study uses, what each is, and what to do with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.controls import TextButton, as_menu_text, plain, words

_COLUMNS = ("Model", "Made from", "Since", "Recordings predicted with it")
_NOTE_LINES = 2


@dataclass(frozen=True)
class ModelRow:
    """A model as users see it; `recordings` are names, `parent` a title or empty."""

    name: str
    title: str
    parent: str
    created: str
    licence: str
    note: str
    recordings: tuple[str, ...]
    is_shipped: bool
    is_used: bool


class ModelsDialog(QDialog):
    """Says what is wanted; whoever opened it does it and shows the rows anew."""

    use_wanted = Signal(str)
    roll_back_wanted = Signal()
    describe_wanted = Signal(str, str, str)  # name, title, note
    compare_wanted = Signal(str)
    export_wanted = Signal(str)
    import_wanted = Signal()
    delete_wanted = Signal(str)
    restore_wanted = Signal(str)
    empty_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Be empty."""
        super().__init__(parent)
        self.setWindowTitle("Models")
        self._rows: Sequence[ModelRow] = ()
        self._edited: ModelRow | None = None  # the model whose name and note are in the fields
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setObjectName("choice_table")
        self.table.setAccessibleName("Models")
        self.title, self.note = QLineEdit(), QPlainTextEdit()
        self.licence = words("", "muted", wrap=True)
        self.said = words("", wrap=True)
        self.use_button = TextButton("Use in this study", "check", role="primary")
        self.back_button = TextButton("Roll back", "undo")
        self.compare_button = TextButton("Compare…", "eye")
        self.export_button = TextButton("Export…", "export")
        self.import_button = TextButton("Import…", "open")
        self.delete_button = TextButton("Delete", "trash")
        self.restore_button = TextButton("Undo", "undo", role="quiet")
        self.trash_button = TextButton("Trash")
        self.trash_menu = QMenu(self)
        self.close_button = TextButton("Close")
        self._deleted = ""
        self._set_up()
        self._lay_out()
        self._join()

    def _set_up(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_COLUMNS))
        plain(table)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.title.setAccessibleName("What this model is called")
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_LINES * self.fontMetrics().lineSpacing() + 18)
        self.note.setPlaceholderText("A note for yourself and colleagues")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(words("Models", "title"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addWidget(self.licence)
        layout.addLayout(_row(self.said, self.restore_button, first_is_wide=True))
        layout.addLayout(_row(self.use_button, self.back_button, self.compare_button, None))
        files = (self.export_button, self.import_button, self.delete_button, self.trash_button)
        layout.addLayout(_row(*files, None, self.close_button))
        self.trash_button.setMenu(self.trash_menu)
        for button in self.findChildren(TextButton):
            button.setAutoDefault(False)  # Return in the name keeps the name, and does no more
        self.restore_button.hide()
        self.resize(820, 520)

    def _join(self) -> None:
        self.table.itemSelectionChanged.connect(self._turn_to)
        self.title.editingFinished.connect(self._describe)
        self.use_button.clicked.connect(lambda: self._ask(self.use_wanted.emit))
        self.back_button.clicked.connect(self.roll_back_wanted)
        self.compare_button.clicked.connect(lambda: self._ask(self.compare_wanted.emit))
        self.export_button.clicked.connect(lambda: self._ask(self.export_wanted.emit))
        self.import_button.clicked.connect(self.import_wanted)
        self.delete_button.clicked.connect(self._delete)
        self.restore_button.clicked.connect(lambda: self.restore_wanted.emit(self._deleted))
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(lambda _result: self._describe())

    @property
    def row(self) -> ModelRow | None:
        """The model that is picked."""
        at = self.table.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def show_rows(self, rows: Sequence[ModelRow], back_to: str, *, can_compare: bool) -> None:
        """List these; `back_to` is the title that rolling back would return to, empty without.

        They can be compared where a study has recordings.
        """
        picked = self.row.name if self.row else next((r.name for r in rows if r.is_used), "")
        self._rows = rows
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, text in enumerate(_cells(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(at, column, item)
        names = [row.name for row in rows]
        self.table.selectRow(names.index(picked) if picked in names else 0)
        self.table.blockSignals(False)
        self.compare_button.setEnabled(can_compare)
        self.back_button.setEnabled(bool(back_to))
        self.back_button.setToolTip(f"Use “{back_to}” again" if back_to else "")
        self._show_row()

    def show_trash(self, titles: Mapping[str, str]) -> None:
        """Offer what was deleted, by name and title, and to delete it for good."""
        self.trash_menu.clear()
        for name, title in titles.items():
            restore = partial(self.restore_wanted.emit, name)
            self.trash_menu.addAction(f"Bring back “{as_menu_text(title)}”", restore)
        self.trash_menu.addSeparator()
        self.trash_menu.addAction("Empty the trash…", self.empty_wanted.emit)
        self.trash_button.setEnabled(bool(titles))
        self.trash_button.setToolTip("" if titles else "Nothing was deleted")

    def say(self, text: str, deleted: str = "") -> None:
        """Tell how something went; what was deleted can be brought back."""
        self.said.setText(text)
        self._deleted = deleted
        self.restore_button.setVisible(bool(deleted))

    def _turn_to(self) -> None:
        """Another model is picked: what was written about the one before is kept."""
        self._describe()
        self._show_row()

    def _show_row(self) -> None:
        row = self._edited = self.row
        is_own = row is not None and not row.is_shipped
        self.title.setText(row.title if row else "")
        self.note.setPlainText(row.note if row else "")
        self.title.setReadOnly(not is_own)
        self.note.setReadOnly(not is_own)
        self.note.setVisible(is_own)
        self.licence.setText(row.licence if row else "")
        self.use_button.setEnabled(row is not None and not row.is_used)
        self.export_button.setEnabled(row is not None)
        self.delete_button.setEnabled(is_own and row is not None and not row.is_used)
        self.delete_button.setToolTip(_why_kept(row))

    def _ask(self, emit: Callable[[str], object]) -> None:
        self._describe()
        if self.row is not None:
            emit(self.row.name)

    def _delete(self) -> None:
        if self.row is not None:
            self.delete_wanted.emit(self.row.name)

    def _describe(self) -> None:
        row = self._edited
        if row is None or row.is_shipped:
            return
        title, note = self.title.text().strip(), self.note.toPlainText().strip()
        if (title or row.title, note) != (row.title, row.note):
            self.describe_wanted.emit(row.name, title or row.title, note)


def _cells(row: ModelRow) -> tuple[str, ...]:
    used = f"✓  {row.title}" if row.is_used else row.title
    return used, row.parent, row.created, ", ".join(row.recordings) or "–"


def _why_kept(row: ModelRow | None) -> str:
    if row is None:
        return ""
    if row.is_shipped:
        return "It comes with the program."
    return "This study uses it; choose another one first." if row.is_used else "To the trash"


def _row(*widgets: QWidget | None, first_is_wide: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for at, widget in enumerate(widgets):
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if first_is_wide and at == 0 else 0)
    return row
