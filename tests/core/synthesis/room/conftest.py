"""People in a few simple poses, resting on the ground."""

from collections.abc import Callable

import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.room.furnish import Furnisher
from core.synthesis.room.subject import Subject

PITCH = {"supine": -90.0, "prone": 90.0, "side": -90.0, "sitting": 0.0, "crawling": 70.0,
         "standing": 0.0, "held": 0.0}  # fmt: skip
BENT = {"sitting": {"hip": -95.0, "shoulder": -30.0}, "supine": {"hip": -50.0, "knee": 70.0}}

Poser = Callable[..., PosedBody]


def turned(degrees: float, axis: int) -> np.ndarray:
    """The rotation about X (0) or Z (2)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = ((1, 2), (2, 0), (0, 1))[axis]
    rotation = np.eye(3)
    rotation[first, first] = rotation[second, second] = c
    rotation[first, second], rotation[second, first] = -s, s
    return rotation


def posed(person: ShapedBody, family: str, heading: float = 20.0, **bent: float) -> PosedBody:
    """The person in a posture; `bent` joints in degrees about the axis from right to left."""
    rotations = np.tile(np.eye(3), (len(JOINTS), 1, 1))
    rotations[0] = turned(heading, 2) @ turned(PITCH[family], 0)
    for joint, degrees in {**BENT.get(family, {}), **bent}.items():
        for side in ("left", "right"):
            rotations[JOINTS.index(f"{side}_{joint}")] = turned(degrees, 0)
    body = person.posed(BodyPose(rotations))
    lowest = float(body.vertices[:, 2].min()) - 0.7 * (family == "held")
    return body.moved(np.array([0.0, 0.0, -lowest]))


@pytest.fixture(scope="session")
def furnisher(body_model: BodyModel) -> Furnisher:
    return Furnisher(body_model)


@pytest.fixture(scope="session")
def lying(baby: ShapedBody) -> Subject:
    """On the back with knees bent."""
    return Subject((posed(baby, "supine"),), "supine")


@pytest.fixture(scope="session")
def sitting(baby: ShapedBody) -> Subject:
    return Subject((posed(baby, "sitting"),), "sitting")
