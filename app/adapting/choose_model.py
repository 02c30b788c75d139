"""The recordings that can be adapted to, as a table: ticked or not, how long, what is used."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.adapting.choice import ChosenRecording, RecordingOffer, Stretch
from app.adapting.choose_words import clock, seen_tip, seen_words, state_words, used_words
from app.theme import Tokens
from core.jobs.survey_report import SurveyedRecording

HEADERS = ("Recording", "Length", "State", "Used", "Usable")
NAME, LENGTH, STATE, USED, SEEN = range(len(HEADERS))
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractTableModel):
    """Knows what is ticked; a missing recording cannot be."""

    changed = Signal()  # what is ticked, or how much of it is used

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self._offers: tuple[RecordingOffer, ...] = ()
        self._ticked: set[int] = set()
        self._stretches: dict[int, Stretch] = {}
        self._seen: Mapping[int, SurveyedRecording] = {}
        self._tokens: Tokens | None = None

    def set_offers(
        self,
        offers: tuple[RecordingOffer, ...],
        ticked: frozenset[int],
        stretches: Mapping[int, Stretch],
    ) -> None:
        """Offer these, some ticked and of some a part chosen; nothing has been seen of them."""
        self.beginResetModel()
        self._offers = offers
        self._ticked = {one.id for one in offers if one.id in ticked and not one.is_missing}
        self._stretches = {one.id: stretches[one.id] for one in offers if one.id in stretches}
        self._seen = {}
        self.endResetModel()
        self.changed.emit()

    def set_seen(self, seen: Mapping[int, SurveyedRecording]) -> None:
        """Say what a survey saw, by recording."""
        self._seen = seen
        self._redraw(SEEN, SEEN)

    def set_stretch(self, row: int, stretch: Stretch | None) -> None:
        """Use a part of a recording, or all of it."""
        number = self._offers[row].id
        if self._stretches.get(number) == stretch:
            return
        if stretch is None:
            del self._stretches[number]
        else:
            self._stretches[number] = stretch
        self._redraw(USED, USED)
        self.changed.emit()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._tokens = tokens
        self._redraw(STATE, SEEN)

    def tick(self, row: int, *, ticked: bool) -> None:
        """Tick a recording or not; one that is missing stays as it is."""
        if self._offers[row].is_missing:
            return
        (self._ticked.add if ticked else self._ticked.discard)(self._offers[row].id)
        self._redraw(NAME, NAME)
        self.changed.emit()

    def tick_all(self, *, ticked: bool) -> None:
        """Tick every recording that is there, or none."""
        self._ticked = {one.id for one in self._offers if ticked and not one.is_missing}
        self._redraw(NAME, NAME)
        self.changed.emit()

    def is_ticked(self, row: int) -> bool:
        """Whether a recording is to be used."""
        return self._offers[row].id in self._ticked

    def offer(self, row: int) -> RecordingOffer:
        """The recording of a row."""
        return self._offers[row]

    def stretch(self, row: int) -> Stretch | None:
        """The part of a recording that is used, None for all of it."""
        return self._stretches.get(self._offers[row].id)

    @property
    def chosen_offers(self) -> list[RecordingOffer]:
        """What is ticked."""
        return [one for one in self._offers if one.id in self._ticked]

    @property
    def chosen(self) -> tuple[ChosenRecording, ...]:
        """What is ticked, and how much of each."""
        return tuple(
            ChosenRecording(one.id, (self._stretches[one.id],) if one.id in self._stretches else ())
            for one in self.chosen_offers
        )

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many recordings."""
        return 0 if parent.isValid() else len(self._offers)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Name, length, state, use, and what was seen."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column is about."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADERS[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A name can be ticked, unless its file is missing."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_tickable = index.column() == NAME and not self._offers[index.row()].is_missing
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_tickable else flags

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Follow a click into the box."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != NAME:
            return False
        self.tick(index.row(), ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tick, colour or tip of a cell."""
        offer, column = self._offers[index.row()], index.column()
        seen = self._seen.get(offer.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(offer, column, seen)
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            is_ticked = offer.id in self._ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and self._tokens is not None:
            return self._tokens.colour(_colour(offer, column, seen))
        if role == Qt.ItemDataRole.ToolTipRole:
            return seen_tip(seen) if column == SEEN and seen else self._text(offer, column, seen)
        return None

    def _text(self, offer: RecordingOffer, column: int, seen: SurveyedRecording | None) -> str:
        match column:
            case 0:
                return offer.name
            case 1:
                return clock(round(offer.seconds))
            case 2:
                return state_words(offer)
            case 3:
                return used_words(offer, self._stretches.get(offer.id))
            case _:
                return seen_words(seen) if seen else "–"

    def _redraw(self, first: int, last: int) -> None:
        if self._offers:
            self.dataChanged.emit(self.index(0, first), self.index(len(self._offers) - 1, last))


def _colour(offer: RecordingOffer, column: int, seen: SurveyedRecording | None) -> str:
    if column == STATE and offer.is_missing:
        return "danger"
    if column == SEEN and seen is not None:
        return "danger" if seen.refused else "text"
    if offer.is_missing or column in (STATE, SEEN):
        return "muted"
    return "text"
