"""The body model, prepared once for all tests of this machine."""

import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose


@pytest.fixture(scope="session")
def body_model() -> BodyModel:
    return BodyModel.load()


@pytest.fixture(scope="session")
def baby(body_model: BodyModel) -> ShapedBody:
    """Six months old, of middling build."""
    return body_model.shaped(Physique(6))


@pytest.fixture(scope="session")
def adult(body_model: BodyModel) -> ShapedBody:
    """Thirty years old, of middling build."""
    return body_model.shaped(Physique(360))


@pytest.fixture
def zero_pose() -> BodyPose:
    """Standing to attention."""
    return BodyPose(np.tile(np.eye(3), (len(JOINTS), 1, 1)))
