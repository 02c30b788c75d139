"""The one state of the window: what is open, selected and on screen, and all that may be done."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.session.point_editing import PointEditing
from app.session.prediction_intake import PredictionIntake
from app.session.stage_poses import StagePoses
from app.session.viewing import Viewing
from core.pose.pose_edit import PoseEdit
from core.pose.pose_track import Pose
from core.pose.review import next_in, next_low
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton
from core.study.study import Study

CACHE_BYTES = 512 << 20
DEFAULT_THRESHOLD = 0.5  # below, a point is more likely wrong than right


class Session(Viewing):
    """Widgets listen to its signals and know no other widget.

    Nothing here waits for a decoder or a long table: recordings, tracks and frames come by
    signal. Only the write of an edit is waited for, because it must be on the disk.
    """

    poses_changed = Signal(object)  # the frames touched, or None for all
    silhouettes_loaded = Signal()
    selection_changed = Signal()
    history_changed = Signal()
    edited = Signal()  # a person did, undid or redid something
    threshold_changed = Signal(float)
    write_failed = Signal(str)
    writes_recovered = Signal()
    problem = Signal(str)  # a sentence to show

    def __init__(self, parent: QObject | None = None, *, cache_bytes: int = CACHE_BYTES) -> None:
        """Start without a study; decoded frames in memory stay under `cache_bytes`."""
        super().__init__(cache_bytes=cache_bytes, parent=parent)
        self.skeleton = shipped_skeleton()
        self.keypoint: int | None = None
        self.threshold = DEFAULT_THRESHOLD
        self.points = PointEditing(self)
        self._poses = StagePoses(self.skeleton, self.background, parent=self)
        self.predictions = PredictionIntake(self.background, self._poses, self)
        self._connect_poses()

    def _connect_poses(self) -> None:
        poses = self._poses
        self.study_changed.connect(self._on_study_changed)
        self.video_opened.connect(self._compare_with_study)
        self.recording_changed.connect(lambda: poses.show(self.recording))
        self.recording_changed.connect(lambda: self.select_keypoint(None))
        poses.changed.connect(self.poses_changed)
        poses.history_changed.connect(self.history_changed)
        poses.failed.connect(self.problem)
        poses.outlines.loaded.connect(self.silhouettes_loaded)
        poses.journal.failed.connect(self.write_failed)
        poses.journal.recovered.connect(self.writes_recovered)
        self.predictions.failed.connect(self.problem)

    def _on_study_changed(self) -> None:
        self._poses.open_study(self.study)
        self.predictions.open_study(self.study)
        kept = self.study.settings.get("threshold") if self.study else None
        self.set_threshold(float(kept) if isinstance(kept, int | float) else DEFAULT_THRESHOLD)

    def _compare_with_study(self) -> None:
        """Warn where another file lies under the name of the recording that was added."""
        study, recording = self.study, self.recording
        if study is None or recording is None:
            return
        words = (
            f"{recording.path}: this is not the file that was added, so the poses may not fit it; "
            "add it as a new recording, or put the old file back."
        )
        self.background.run(
            lambda: study.has_changed(recording.id),
            lambda changed: self.problem.emit(words) if changed else None,
            lambda error: self.problem.emit(str(error)),
        )

    # Poses ----------------------------------------------------------------------------------

    @property
    def can_edit(self) -> bool:
        """Whether the poses of the recording on screen are loaded."""
        return self._poses.is_loaded

    @property
    def predicted_frames(self) -> int:
        """How many frames, from the first on, a model has seen."""
        return self._poses.poses.predicted

    def pose(self, frame: int) -> Pose:
        """The pose in a frame with the corrections; absent outside the recording."""
        return self._poses.poses.pose(frame)

    def model_pose(self, frame: int) -> Pose:
        """The pose in a frame as the model says it."""
        return self._poses.poses.model_pose(frame)

    def silhouette(self, frame: int) -> Silhouette | None:
        """The visible infant in a frame, if it is at hand; else `silhouettes_loaded` follows."""
        return self._poses.outlines.at(frame)

    def frame_scores(self) -> NDArray[np.float32]:
        """How far to trust each frame, (T,) in [0, 1]; NaN where no model has been. A view."""
        return self._poses.poses.scores

    def corrected_frames(self) -> NDArray[np.int64]:
        """Frames in which a person changed something, ascending."""
        return self._poses.poses.corrected_frames()

    def set_threshold(self, threshold: float) -> None:
        """Say under which score a frame deserves a look."""
        self.threshold = float(np.clip(threshold, 0, 1))
        self.threshold_changed.emit(self.threshold)

    def keep_threshold(self) -> None:
        """Remember the threshold in the study."""
        if self.study is not None:
            self.study.settings.set("threshold", self.threshold)

    def select_keypoint(self, keypoint: int | None) -> None:
        """Select a point, by its place in the skeleton."""
        if keypoint != self.keypoint:
            self.keypoint = keypoint
            self.selection_changed.emit()

    def select_next_keypoint(self, direction: int = 1) -> None:
        """Select the next or previous point, around in a ring."""
        if self.keypoint is None:
            self.select_keypoint(0 if direction > 0 else len(self.skeleton) - 1)
        else:
            self.select_keypoint((self.keypoint + direction) % len(self.skeleton))

    def next_low(self, direction: int = 1) -> bool:
        """Go to the worst frame of the next (or previous) stretch under the threshold.

        Returns whether there is one.
        """
        scores, current = self.frame_scores(), self.frame
        return self._go_if_found(
            next_low(scores, self.threshold, current=current, direction=direction)
        )

    def next_corrected(self, direction: int = 1) -> bool:
        """Go to the next (or previous) frame that a person corrected; whether there is one."""
        return self._go_if_found(next_in(self.corrected_frames(), self.frame, direction))

    def _go_if_found(self, frame: int | None) -> bool:
        if frame is not None:
            self.go_to(frame)
        return frame is not None

    # Edits ----------------------------------------------------------------------------------

    @property
    def undo_name(self) -> str | None:
        """The step that undo would take back."""
        history = self._poses.history
        return history.undo_edits[-1].name if history and history.undo_edits else None

    @property
    def redo_name(self) -> str | None:
        """The step that redo would do again."""
        history = self._poses.history
        return history.redo_edits[-1].name if history and history.redo_edits else None

    @property
    def pending_writes(self) -> int:
        """How many edits the disk has refused so far; they are repeated."""
        return self._poses.journal.pending

    def do(self, edit: PoseEdit) -> None:
        """Carry out an edit; on return it is on the disk, or `write_failed` was sent."""
        self._poses.do(edit)
        self.edited.emit()

    def undo(self) -> None:
        """Take the newest step back and show where it was."""
        self._show_edit(self._poses.undo())

    def redo(self) -> None:
        """Do again what was undone last and show where it is."""
        self._show_edit(self._poses.redo())

    def retry_writes(self) -> bool:
        """Try again what the disk refused; whether every edit is on the disk now."""
        self.predictions.retry()
        return self._poses.journal.retry()

    def hand_over_writes(self, copy: Study) -> None:
        """Write what the disk refused into a copy of the study, which one goes on in.

        Raises:
            NoSpace: the copy's disk refuses too; all of it waits on.
        """
        self._poses.journal.hand_over(copy)

    def _show_edit(self, edit: PoseEdit | None) -> None:
        if edit is None:
            return
        self.edited.emit()
        if self.shown not in edit.frames:
            self.go_to(edit.frames[0])
        self.select_keypoint(edit.changes[0].keypoint)
