"""The poses of the recording on screen: loaded, corrected, undone, and grown by a running job."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.commands import joined
from app.session.background import Background
from app.session.edit_journal import EditJournal
from app.session.outline_feed import OutlineFeed
from app.session.recording_poses import RecordingPoses
from core.errors import ShiftError
from core.pose.pose_edit import PoseEdit
from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.study.edit_history import Action, EditHistory
from core.study.lock import user_name
from core.study.recordings import Recording
from core.study.study import Study

_JOIN_SECONDS = 0.7


@dataclass(frozen=True)
class Loaded:
    """What a thread brings of one recording."""

    poses: RecordingPoses
    history: EditHistory
    prediction_id: int | None = None
    is_complete: bool = False


class StagePoses(QObject):
    """Every edit is applied at once, written at once, and reversible without limit.

    `changed(frames)` names the frames touched, None for all; `history_changed()` follows what can
    be undone; `failed(sentence)` when poses cannot be loaded.
    """

    changed = Signal(object)
    history_changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        skeleton: Skeleton,
        background: Background,
        *,
        now: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Start without poses; `now` in seconds decides which nudges belong together."""
        super().__init__(parent)
        self.journal = EditJournal(who=user_name(), clock=lambda: datetime.now(UTC), parent=self)
        self.outlines = OutlineFeed(background, self)
        self.outlines.failed.connect(self.failed)
        self._skeleton = skeleton
        self._background = background
        self._now = now
        self._study: Study | None = None
        self._histories: dict[int, EditHistory] = {}
        self._forget()

    def _forget(self) -> None:
        self._recording: Recording | None = None
        self.poses = RecordingPoses.none(self._skeleton)
        self._prediction: int | None = None
        self._is_complete = False
        self._loading: object | None = None
        self._has_poses = False
        self._early: list[tuple[int, PredictionChunk]] = []
        self._last_edit_at = -np.inf
        self.outlines.open(None, None)

    @property
    def is_loaded(self) -> bool:
        """Whether poses of the recording on screen are there, so that it can be edited.

        They stay while a newer prediction is loaded: a drag in progress must not be lost.
        """
        return self._has_poses

    @property
    def history(self) -> EditHistory | None:
        """What can be undone and redone in the recording on screen."""
        return self._histories.get(self._recording.id) if self._recording else None

    def open_study(self, study: Study | None) -> None:
        """Work on another study."""
        self._forget()
        self._histories.clear()
        self._study = study
        self.journal.open(study)

    def show(self, recording: Recording | None) -> None:
        """Load the poses of a recording in a thread (None: show none)."""
        self._forget()
        self._recording = recording
        self.changed.emit(None)
        self.history_changed.emit()
        if recording is not None:
            self.reload()

    def reload(self) -> None:
        """Load anew, as when a new prediction has begun; corrections stay."""
        study, recording = self._study, self._recording
        if study is None or recording is None:
            return
        self._loading = loading = object()
        history = self._histories.get(recording.id)
        self._background.run(
            lambda: _load(study, recording, history=history, skeleton=self._skeleton),
            lambda loaded: self._on_loaded(loaded, loading),
            lambda error: self._on_load_failed(error, loading),
        )

    def _on_loaded(self, loaded: Loaded, loading: object) -> None:
        if loading is not self._loading or self._recording is None:
            return
        self._loading = None
        self._has_poses = True
        self.poses = loaded.poses
        self.poses.rescore(loaded.history.corrections.frames)  # some may be newer than the load
        self._prediction = loaded.prediction_id
        self.outlines.open(self._study, loaded.prediction_id)
        self._is_complete = loaded.is_complete
        self._histories[self._recording.id] = loaded.history
        early, self._early = self._early, []
        for prediction_id, chunk in early:
            self.adopt(prediction_id, chunk)
        self.changed.emit(None)
        self.history_changed.emit()

    def _on_load_failed(self, error: ShiftError, loading: object) -> None:
        if loading is self._loading:
            self._loading = None
            self._early.clear()
            self.failed.emit(str(error))

    def expect(self, recording_id: int, prediction_id: int) -> None:
        """A prediction has begun; it is shown while it grows unless there is a whole one."""
        if self._recording is None or recording_id != self._recording.id:
            return
        if self._loading is None and self.poses.predicted == 0:
            self._prediction = prediction_id
            self.outlines.open(self._study, prediction_id)
        elif not self._is_complete:
            self.reload()

    def on_finished(self, recording_id: int, prediction_id: int) -> None:
        """A prediction is complete; it is the one to show from now on."""
        if self._recording is None or recording_id != self._recording.id:
            return
        if prediction_id == self._prediction:
            self._is_complete = True
        else:
            self.reload()

    def adopt(self, prediction_id: int, chunk: PredictionChunk) -> None:
        """Show a new stretch of predictions of the recording on screen."""
        if self._loading is not None:
            self._early.append((prediction_id, chunk))
        elif prediction_id == self._prediction:
            self.outlines.put(chunk)
            self.changed.emit(self.poses.adopt(chunk))
        elif not self._is_complete and chunk.stop > self.poses.predicted:
            self.reload()  # it has come further than the one that is shown

    def do(self, edit: PoseEdit) -> None:
        """Carry out an edit; a quick repeat of a nudge joins the step before it."""
        history = self._editable()
        now = self._now()
        previous = history.undo_edits[-1] if history.undo_edits else None
        quick = now - self._last_edit_at <= _JOIN_SECONDS
        one = joined(previous, edit) if previous is not None and quick else None
        self._last_edit_at = now
        if one is not None:
            self._commit(history, one, "amend")
        else:
            self._commit(history, edit, "do")

    def undo(self) -> PoseEdit | None:
        """Take the newest step back; the step, or None if there is none."""
        history = self.history
        if history is None or not history.undo_edits:
            return None
        return self._commit(history, history.undo_edits[-1], "undo")

    def redo(self) -> PoseEdit | None:
        """Carry out again what was undone last; the step, or None."""
        history = self.history
        if history is None or not history.redo_edits:
            return None
        return self._commit(history, history.redo_edits[-1], "redo")

    def _editable(self) -> EditHistory:
        if not self.is_loaded or self.history is None:
            raise RuntimeError("an edit was made before the poses were loaded")
        return self.history

    def _commit(self, history: EditHistory, edit: PoseEdit, action: Action) -> PoseEdit:
        if self._recording is None:
            raise RuntimeError("an edit was made without a recording")
        if action != "do":
            self._last_edit_at = self._last_edit_at if action == "amend" else -np.inf
        history.apply(edit, action)
        self.poses.rescore(np.array(edit.frames, dtype=np.int64))
        self.journal.write(self._recording.id, edit, action)
        self.changed.emit(edit.frames)
        self.history_changed.emit()
        return edit


def _load(
    study: Study, recording: Recording, *, history: EditHistory | None, skeleton: Skeleton
) -> Loaded:
    """Read the log, the newest prediction and the scores; long for long recordings."""
    history = history or study.edit_log(recording.id)
    prediction = study.current_prediction(recording.id)
    if prediction is None:
        empty = PoseTrack.empty(skeleton, recording.frame_count)
        return Loaded(RecordingPoses(empty, predicted=0, corrections=history.corrections), history)
    track = study.load_track(prediction.id, recording.frame_count)
    poses = RecordingPoses(track, predicted=prediction.frames, corrections=history.corrections)
    return Loaded(poses, history, prediction.id, prediction.complete)
