"""One wardrobe, people of all ages and poses that clothes find hard."""

import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.body.rotations import about
from core.synthesis.wardrobe.wardrobe import Wardrobe

X, Y = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
Turns = dict[str, tuple[tuple[tuple[float, float, float], float], ...]]

STANDING: Turns = {}
ARMS_UP: Turns = {
    "left_shoulder": ((Y, -150),), "right_shoulder": ((Y, 160),), "right_elbow": ((X, -80),),
    "left_hip": ((Y, -30), (X, -50)), "left_knee": ((X, 90),),
}  # fmt: skip
KNEES_TO_BELLY: Turns = {
    "left_hip": ((Y, -30), (X, -115)), "right_hip": ((Y, 30), (X, -115)),
    "left_knee": ((X, 115),), "right_knee": ((X, 100),), "spine": ((X, -20),),
    "left_elbow": ((X, -110),), "right_elbow": ((X, -110),),
}  # fmt: skip
SITTING: Turns = {
    "left_hip": ((Y, -35), (X, -85)), "right_hip": ((Y, 35), (X, -85)),
    "left_shoulder": ((Y, -20), (X, -50)), "left_knee": ((X, 40),),
}  # fmt: skip
POSES = {"standing": STANDING, "arms up": ARMS_UP, "knees to belly": KNEES_TO_BELLY,
         "sitting": SITTING}  # fmt: skip
PEOPLE = {
    "newborn": Physique(0.0, weight=0.2),
    "heavy infant": Physique(9.0, weight=1.0, proportions=0.1),
    "toddler": Physique(18.0, gender=1.0),
    "woman": Physique(400.0, gender=1.0, weight=0.9),
    "man": Physique(700.0, gender=0.0, muscle=1.0, weight=0.1),
}


def posed(person: ShapedBody, turns: Turns) -> PosedBody:
    rotations = np.tile(np.eye(3), (len(JOINTS), 1, 1))
    for joint, steps in turns.items():
        for axis, degrees in steps:
            at = JOINTS.index(joint)
            rotations[at] = rotations[at] @ about(axis, degrees)
    return person.posed(BodyPose(rotations, grip=(0.9, 0.1)))


@pytest.fixture(scope="session")
def wardrobe(body_model: BodyModel) -> Wardrobe:
    return Wardrobe(body_model)


@pytest.fixture(scope="session")
def people(body_model: BodyModel) -> dict[str, ShapedBody]:
    return {name: body_model.shaped(physique) for name, physique in PEOPLE.items()}


@pytest.fixture(scope="session")
def bodies(people: dict[str, ShapedBody]) -> dict[tuple[str, str], PosedBody]:
    """Everybody in every pose."""
    return {
        (name, pose): posed(person, turns)
        for name, person in people.items()
        for pose, turns in POSES.items()
    }
