"""Going through a recording where a plain step is not enough."""

from app.ask import Ask
from app.dialogs.go_to_dialog import GoToDialog
from app.notices import Notices
from app.session.session import Session


class Going:
    """Says so where there is nothing to go to."""

    def __init__(self, session: Session, ask: Ask, notices: Notices) -> None:
        """Move this session."""
        self._session = session
        self._ask = ask
        self._notices = notices

    def ask(self) -> None:
        """Ask for a frame or a time."""
        info = self._session.info
        if info is None:
            return
        dialog = GoToDialog(info.times, self._session.frame, self._ask.parent)
        if self._ask.run(dialog):
            self._session.go_to(dialog.frame)
        dialog.deleteLater()

    def to_low(self, direction: int) -> None:
        """Go to the next or previous frame that the model is unsure of."""
        if not self._session.next_low(direction):
            where = "after" if direction > 0 else "before"
            text = f"No frame with low confidence {where} this one."
            if self._session.predicted_frames == 0:
                text = "This recording is not predicted yet: press R."
            self._notices.done(text)

    def to_corrected(self, direction: int) -> None:
        """Go to the next or previous frame that a person corrected."""
        if not self._session.next_corrected(direction):
            where = "after" if direction > 0 else "before"
            self._notices.done(f"No corrected frame {where} this one.")

    def to_recording(self, direction: int) -> None:
        """Put the next or previous recording of the list on the stage."""
        recordings = self._session.recordings()
        ids = [recording.id for recording in recordings]
        now = self._session.recording
        if now is None or now.id not in ids:
            wanted = 0 if direction > 0 else len(ids) - 1
        else:
            wanted = ids.index(now.id) + direction
        if 0 <= wanted < len(ids):
            self._session.select_recording(ids[wanted])
