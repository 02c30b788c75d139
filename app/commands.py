"""The edits that a person can make, each a named and reversible PoseEdit."""

from collections.abc import Callable
from dataclasses import replace

from core.pose.pose_edit import PointChange, PoseEdit, moved, removed, with_visibility
from core.pose.pose_track import Point, Pose, Visibility
from core.pose.skeleton import Skeleton

NUDGE = "Nudge"

_MARKS = {Visibility.SEEN: "seen", Visibility.HIDDEN: "hidden"}


def title(keypoint: str) -> str:
    """A keypoint's name as people say it: "left wrist"."""
    return keypoint.replace("_", " ")


class PointEdits:
    """Builds the edits of one keypoint in one frame, from the pose that is on screen."""

    def __init__(self, skeleton: Skeleton, pose: Pose, *, frame: int, keypoint: int) -> None:
        """Take the point as it stands now; every edit starts from there."""
        self._title = title(skeleton.keypoints[keypoint])
        self._before = pose.point(keypoint)
        self._frame = frame
        self._keypoint = keypoint

    def move(self, xy: tuple[float, float]) -> PoseEdit | None:
        """Put the point at `xy` in frame pixels; an absent point is placed there."""
        verb = "Place" if self._before.xy is None else "Move"
        return self._edit(f"{verb} {self._title}", lambda point: moved(point, xy))

    def nudge(self, dx: float, dy: float) -> PoseEdit | None:
        """Shift the point by some pixels; None for an absent point."""
        if self._before.xy is None:
            return None
        x, y = self._before.xy
        return self._edit(f"{NUDGE} {self._title}", lambda point: moved(point, (x + dx, y + dy)))

    def mark(self, visibility: Visibility) -> PoseEdit | None:
        """Mark the point as seen or hidden, in its place; None for an absent point."""
        if self._before.xy is None:
            return None
        name = f"Mark {self._title} as {_MARKS[visibility]}"
        return self._edit(name, lambda point: with_visibility(point, visibility))

    def remove(self) -> PoseEdit | None:
        """Say that the point is not there."""
        return self._edit(f"Remove {self._title}", lambda _: removed())

    def restore(self, model: Pose) -> PoseEdit | None:
        """Give the point back to the model."""
        return self._edit(f"Restore {self._title}", lambda _: model.point(self._keypoint))

    def _edit(self, name: str, change: Callable[[Point], Point]) -> PoseEdit | None:
        after = change(self._before)
        if after == self._before:
            return None
        return PoseEdit(name, (PointChange(self._frame, self._keypoint, self._before, after),))


def joined(earlier: PoseEdit, later: PoseEdit) -> PoseEdit | None:
    """Two nudges of one point as one step; None for any other pair."""
    if not earlier.name.startswith(NUDGE) or earlier.name != later.name:
        return None
    (first,), (second,) = earlier.changes, later.changes
    if (first.frame, first.keypoint) != (second.frame, second.keypoint):
        return None
    return PoseEdit(later.name, (replace(second, before=first.before),))
