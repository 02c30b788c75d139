"""A drawn posture: the pose, the body in the world, what carries it."""

from dataclasses import dataclass

from core.synthesis.body.pose import BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.posture.joint_angles import Angles


@dataclass(frozen=True)
class Prop:
    """A thing that the posture needs: a box in the world, metres, its sides along the axes.

    name: seat (its top carries the buttocks), rail (its top is held by the hands) or arms (of the
    person who carries the infant).
    """

    name: str
    centre: tuple[float, float, float]
    size: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class SettledPosture:
    """A body at rest in the world.

    angles (19, 3) degrees as in `joint_angles`; family and style name what was drawn; carried_by
    is a value of `styles.Support`; note says what had to be given up, if anything.
    """

    pose: BodyPose
    body: PosedBody
    angles: Angles
    family: str
    style: str
    carried_by: str
    props: tuple[Prop, ...] = ()
    note: str = ""
