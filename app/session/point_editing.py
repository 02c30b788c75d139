"""What a person does to the selected point of the frame on screen."""

from collections.abc import Callable
from typing import Protocol

from app.commands import PointEdits
from core.pose.pose_edit import PoseEdit
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import Skeleton


class Edited(Protocol):
    """What point editing needs of a session."""

    skeleton: Skeleton

    @property
    def keypoint(self) -> int | None:
        """The selected point."""
        ...

    @property
    def shown(self) -> int:
        """The frame on screen."""
        ...

    @property
    def can_edit(self) -> bool:
        """Whether poses are loaded."""
        ...

    def pose(self, frame: int) -> Pose:
        """The pose with corrections."""
        ...

    def model_pose(self, frame: int) -> Pose:
        """The pose without corrections."""
        ...

    def do(self, edit: PoseEdit) -> None:
        """Carry out an edit."""
        ...


class PointEditing:
    """Each method makes one undo step of the selected point, or does nothing where none fits."""

    def __init__(self, session: Edited, target: tuple[int, int] | None = None) -> None:
        """Act on whatever this session shows, or always on one `target`: frame and keypoint."""
        self._session = session
        self._target = target

    def of(self, frame: int, keypoint: int) -> "PointEditing":
        """For one point, whatever is selected and on screen by then."""
        return PointEditing(self._session, (frame, keypoint))

    def place(self, xy: tuple[float, float]) -> None:
        """Put the point at `xy` in frame pixels."""
        self._do(lambda edits: edits.move(xy))

    def nudge(self, dx: float, dy: float) -> None:
        """Shift the point; quick repeats join into one undo step."""
        self._do(lambda edits: edits.nudge(dx, dy))

    def set_visibility(self, visibility: Visibility) -> None:
        """Mark the point seen or hidden; ABSENT removes it."""
        if visibility is Visibility.ABSENT:
            self.remove()
        else:
            self._do(lambda edits: edits.mark(visibility))

    def cycle_visibility(self) -> None:
        """Seen becomes hidden, hidden becomes seen."""
        frame, keypoint = self._point
        if keypoint is None:
            return
        now = self._session.pose(frame).visibility[keypoint]
        seen = now == Visibility.SEEN
        self.set_visibility(Visibility.HIDDEN if seen else Visibility.SEEN)

    def remove(self) -> None:
        """Say that the point is not in the frame."""
        self._do(lambda edits: edits.remove())

    def restore(self) -> None:
        """Give the point back to the model."""
        model = self._session.model_pose(self._point[0])
        self._do(lambda edits: edits.restore(model))

    @property
    def _point(self) -> tuple[int, int | None]:
        return self._target or (self._session.shown, self._session.keypoint)

    def _do(self, make: Callable[[PointEdits], PoseEdit | None]) -> None:
        session = self._session
        frame, keypoint = self._point
        if keypoint is None or not session.can_edit:
            return
        edits = PointEdits(session.skeleton, session.pose(frame), frame=frame, keypoint=keypoint)
        edit = make(edits)
        if edit is not None:
            session.do(edit)
