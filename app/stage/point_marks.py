"""How each point and bone is drawn, so that doubt and hand work show without colour; no Qt."""

from dataclasses import dataclass
from enum import Enum

from core.pose.palette import RGB, SIDE_COLOURS
from core.pose.pose_track import Point, Pose, Source, Visibility
from core.pose.skeleton import Side, Skeleton


class Shape(Enum):
    """What a point looks like."""

    DISC = "seen"
    RING = "hidden, placed by hand"
    DASHED = "doubtful, or hidden as the model says"


@dataclass(frozen=True)
class PointMark:
    """One placed point: `by_hand` adds a white core."""

    keypoint: int
    shape: Shape
    colour: RGB
    by_hand: bool


@dataclass(frozen=True)
class BoneMark:
    """A bone between two placed points; a doubtful one is thin and dashed."""

    ends: tuple[int, int]
    colour: RGB
    doubtful: bool


def point_marks(pose: Pose, skeleton: Skeleton) -> list[PointMark]:
    """Marks of the points that are placed."""
    marks: list[PointMark] = []
    for keypoint, name in enumerate(skeleton.keypoints):
        point = pose.point(keypoint)
        if point.xy is not None:
            by_hand = point.source is not Source.MODEL
            colour = SIDE_COLOURS[skeleton.side(name)]
            marks.append(PointMark(keypoint, _shape(point), colour, by_hand))
    return marks


def _shape(point: Point) -> Shape:
    if point.visibility is Visibility.SEEN:
        return Shape.DISC
    return Shape.DASHED if point.source is Source.MODEL else Shape.RING


def bone_marks(pose: Pose, skeleton: Skeleton) -> list[BoneMark]:
    """Marks of the bones whose ends are both placed."""
    marks: list[BoneMark] = []
    for one, other in skeleton.bone_indices:
        visible = pose.visibility[one], pose.visibility[other]
        if all(visible):
            colour = SIDE_COLOURS[_bone_side(skeleton, int(one), int(other))]
            doubtful = any(v != Visibility.SEEN for v in visible)
            marks.append(BoneMark((int(one), int(other)), colour, doubtful))
    return marks


def _bone_side(skeleton: Skeleton, one: int, other: int) -> Side:
    side = skeleton.side(skeleton.keypoints[one])
    return skeleton.side(skeleton.keypoints[other]) if side == "middle" else side


def in_words(point: Point) -> str:
    """A point's state as people say it: "seen, 83 % sure"."""
    if point.source is not Source.MODEL:
        state = {
            Visibility.SEEN: "seen, placed by hand",
            Visibility.HIDDEN: "hidden, placed by hand",
            Visibility.ABSENT: "removed by hand",
        }
        return state[point.visibility]
    state = {
        Visibility.SEEN: f"{100 * point.confidence:.0f} % sure",
        Visibility.HIDDEN: f"hidden or uncertain, {100 * point.confidence:.0f} % sure",
        Visibility.ABSENT: "not found",
    }
    return state[point.visibility]
