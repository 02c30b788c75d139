"""The corrections of one recording with their undo and redo steps, as the log of edits tells."""

from collections.abc import Sequence
from typing import Literal

from core.pose.pose_edit import Corrections, PoseEdit

Action = Literal["do", "undo", "redo", "amend"]


class EditHistory:
    """What people corrected in a recording so far; the window keeps one and lets it follow.

    The window first appends to the study, then calls `apply` with the same edit and action.
    """

    def __init__(self) -> None:
        """Start without any edit."""
        self.corrections = Corrections()
        self._undo: list[PoseEdit] = []
        self._redo: list[PoseEdit] = []

    @property
    def undo_edits(self) -> Sequence[PoseEdit]:
        """Edits in force; the last one is the next to undo."""
        return self._undo

    @property
    def redo_edits(self) -> Sequence[PoseEdit]:
        """Edits taken back; the last one is the next to redo."""
        return self._redo

    def copy(self) -> "EditHistory":
        """The same state, which then goes its own way."""
        other = EditHistory()
        other.corrections = self.corrections.copy()
        other._undo, other._redo = list(self._undo), list(self._redo)
        return other

    def apply(self, edit: PoseEdit, action: Action) -> None:
        """Follow one action; for undo and redo, `edit` is the edit as it was first done.

        amend: `edit` takes the place of the newest undo step, so a row of nudges is one step.

        Raises:
            ValueError: what `require` says.
        """
        self.require(edit, action)
        self.corrections.apply(effect(edit, action))
        match action:
            case "do":
                self._undo.append(edit)
                self._redo.clear()
            case "undo":
                self._redo.append(self._undo.pop())
            case "redo":
                self._undo.append(self._redo.pop())
            case "amend":
                self._undo[-1] = edit
                self._redo.clear()

    def follow(self, change: PoseEdit) -> None:
        """Change the points without a step to undo; earlier steps are forgotten."""
        self.corrections.apply(change)
        self._undo.clear()
        self._redo.clear()

    def corrected_frames_after(self, edit: PoseEdit, action: Action) -> int:
        """How many frames would hold a correction after `apply`."""
        change = effect(edit, action)
        touched = self.corrections.copy(change.frames)
        untouched = self.corrections.frame_count - touched.frame_count
        touched.apply(change)
        return untouched + touched.frame_count

    def require(self, edit: PoseEdit, action: Action) -> None:
        """Raise ValueError if `edit` is not the next to undo or redo, or amends other points."""
        if action == "undo" and self._undo[-1:] != [edit]:
            raise ValueError("not the next edit to undo")
        if action == "redo" and self._redo[-1:] != [edit]:
            raise ValueError("not the next edit to redo")
        if action == "amend" and not (self._undo and _starts(self._undo[-1]) == _starts(edit)):
            raise ValueError("an amended edit must start from the same points as the newest one")


def effect(edit: PoseEdit, action: Action) -> PoseEdit:
    """The change of points that an action makes: an undo makes the inverse of its edit."""
    return edit.inverse if action == "undo" else edit


def _starts(edit: PoseEdit) -> set[tuple[int, int]]:
    return {(change.frame, change.keypoint) for change in edit.changes}
