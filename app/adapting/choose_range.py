"""How much of one recording is used: all of it, or from one moment to another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.adapting.choice import RecordingOffer, Stretch
from app.adapting.choose_words import clock, read_clock
from app.controls import ElidedLabel, TextButton, words

_NARROW = 84  # pixels


class RangeBar(QWidget):
    """Two moments of the recording that is picked in the list."""

    changed = Signal(object)  # Stretch or None
    fault_changed = Signal()

    def __init__(self) -> None:
        """Show no recording."""
        super().__init__()
        self._offer: RecordingOffer | None = None
        self.fault = ""
        self.name = ElidedLabel()
        self.start, self.stop = QLineEdit(), QLineEdit()
        self.whole_button = TextButton("All of it", role="quiet")
        self.wrong = words("", role="danger", wrap=True)
        for field, said in ((self.start, "Use from"), (self.stop, "Use up to")):
            field.setAccessibleName(said)
            field.setFixedWidth(_NARROW)
            field.textEdited.connect(self._read)
        self.whole_button.clicked.connect(lambda: self._show(None, tell=True))
        self._lay_out()
        self.show_recording(None, None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        for said, widget in (("from", self.start), ("to", self.stop)):
            label = words(said, "muted")
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget)
        row.addWidget(self.whole_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.wrong)

    def show_recording(self, offer: RecordingOffer | None, stretch: Stretch | None) -> None:
        """Turn to a recording; None: none is picked."""
        self._offer = offer
        is_there = offer is not None and not offer.is_missing and offer.frames > 1
        for widget in (self.start, self.stop, self.whole_button):
            widget.setEnabled(is_there)
        self.name.show_text(f"Use of {offer.name}" if offer else "Pick a recording to use a part.")
        self._show(stretch, tell=False)

    def _show(self, stretch: Stretch | None, *, tell: bool) -> None:
        offer = self._offer
        first, last = stretch or (0, offer.frames if offer else 0)
        self.start.setText(clock(offer.seconds_at(first)) if offer else "")
        self.stop.setText(clock(offer.seconds_at(last)) if offer else "")
        self._say("")
        if tell:
            self.changed.emit(stretch)

    def _read(self) -> None:
        """Take what is written, if it makes sense."""
        if self._offer is None:
            return
        moments = []
        for field in (self.start, self.stop):
            moment = read_clock(field.text())
            if moment is None:
                self._say(f"“{field.text()}” is no time; write it like 1:30.")
                return
            moments.append(self._offer.frame_at(moment))
        start, stop = moments
        if start >= stop:
            self._say("This time range is empty: its end must lie behind its beginning.")
            return
        self._say("")
        is_whole = (start, stop) == (0, self._offer.frames)
        self.changed.emit(None if is_whole else (start, stop))

    def _say(self, fault: str) -> None:
        has_changed, self.fault = fault != self.fault, fault
        self.wrong.setText(fault)
        self.wrong.setVisible(bool(fault))
        if has_changed:
            self.fault_changed.emit()
