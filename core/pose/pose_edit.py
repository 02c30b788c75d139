"""Reversible corrections by hand, laid over predictions that never change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_track import Point, Pose, PoseTrack, Source, Visibility


@dataclass(frozen=True)
class PointChange:
    """One keypoint of one frame before and after.

    A point whose source is MODEL means "whatever the model says here", so a later prediction
    shows through.
    """

    frame: int
    keypoint: int
    before: Point
    after: Point


@dataclass(frozen=True)
class PoseEdit:
    """One gesture: a named, reversible set of point changes, at most one for each cell."""

    name: str
    changes: tuple[PointChange, ...]

    @property
    def inverse(self) -> "PoseEdit":
        """The edit that takes this one back, under the same name."""
        changes = (replace(c, before=c.after, after=c.before) for c in self.changes)
        return PoseEdit(self.name, tuple(changes))

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames touched, in order."""
        return tuple(sorted({change.frame for change in self.changes}))


class Corrections:
    """The points of one recording that people placed, hid or removed: sparse, by frame."""

    def __init__(self) -> None:
        """Start without any correction."""
        self._points: dict[int, dict[int, Point]] = {}

    def copy(self, frames: Iterable[int] | None = None) -> "Corrections":
        """The same points (or those of some frames), which then go their own way."""
        chosen = self._points if frames is None else self._points.keys() & set(frames)
        other = Corrections()
        other._points = {frame: dict(self._points[frame]) for frame in chosen}
        return other

    def apply(self, edit: PoseEdit) -> None:
        """Take an edit over; applying its inverse restores the state before."""
        for change in edit.changes:
            if change.after.source is Source.MODEL:
                self._forget(change.frame, change.keypoint)
            else:
                self._points.setdefault(change.frame, {})[change.keypoint] = change.after

    def _forget(self, frame: int, keypoint: int) -> None:
        points = self._points.get(frame, {})
        points.pop(keypoint, None)
        if not points:
            self._points.pop(frame, None)

    @property
    def frame_count(self) -> int:
        """How many frames are corrected."""
        return len(self._points)

    @property
    def frames(self) -> NDArray[np.int64]:
        """Corrected frames, ascending."""
        return np.array(sorted(self._points), dtype=np.int64)

    def at(self, frame: int) -> dict[int, Point]:
        """Corrected keypoints of a frame (a copy)."""
        return dict(self._points.get(frame, {}))

    def over(self, pose: Pose, frame: int) -> Pose:
        """A model's pose with the corrections of this frame laid over it."""
        points = self._points.get(frame)
        if not points:
            return pose
        laid = Pose(
            pose.xy.copy(), pose.confidence.copy(), pose.visibility.copy(), pose.source.copy()
        )
        _write(laid, points.items())
        return laid

    def over_track(self, track: PoseTrack) -> PoseTrack:
        """A model's track with every correction laid over it (a copy)."""
        laid = PoseTrack(
            track.skeleton,
            track.xy.copy(),
            track.confidence.copy(),
            track.visibility.copy(),
            track.source.copy(),
        )
        for frame, points in self._points.items():
            if frame < len(laid):
                _write(laid.pose(frame), points.items())
        return laid


def _write(pose: Pose, points: Iterable[tuple[int, Point]]) -> None:
    for keypoint, point in points:
        pose.xy[keypoint] = (np.nan, np.nan) if point.xy is None else point.xy
        pose.confidence[keypoint] = point.confidence
        pose.visibility[keypoint] = point.visibility
        pose.source[keypoint] = point.source


def moved(point: Point, xy: tuple[float, float]) -> Point:
    """The point placed by hand at `xy`; a hidden point stays hidden, anything else is seen."""
    hidden = point.visibility is Visibility.HIDDEN and point.source is not Source.MODEL
    return Point(xy, 1.0, Visibility.HIDDEN if hidden else Visibility.SEEN, Source.HUMAN)


def with_visibility(point: Point, visibility: Visibility) -> Point:
    """The point marked seen or hidden by hand, in its place; an absent point stays as it is."""
    if point.xy is None or visibility is Visibility.ABSENT:
        return point
    return Point(point.xy, 1.0, visibility, Source.HUMAN)


def removed() -> Point:
    """A point that a person says is not there."""
    return Point(None, 0.0, Visibility.ABSENT, Source.HUMAN)
