import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.camera import Camera
from core.synthesis.room.carer import DEEDS, held, reaching
from core.synthesis.room.carers import GRIPS, Carers
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import bounds
from core.synthesis.room.moment import Moment
from core.synthesis.room.subject import Subject
from core.synthesis.room.viewpoint import View, placed
from core.synthesis.surface import Role
from tests.core.synthesis.room.conftest import posed


@pytest.fixture(scope="module")
def carers(body_model: BodyModel) -> Carers:
    return Carers(body_model)


@pytest.fixture
def camera(lying: Subject) -> Camera:
    return placed(View("from above", 0.0, 75.0, 0.0, 45.0, 0.8), lying, (256, 256))


def hands(layer: Layer, subject: Subject, time_s: float = 0.0) -> list[np.ndarray]:
    """Vertices of the surfaces that follow the infant, each with its skin first."""
    moment = Moment(subject.bodies[0], (), time_s)
    return [one.vertices for follower in layer.followers for one in follower.at(moment)]


@pytest.mark.parametrize("grip", GRIPS)
def test_arms_lie_along_their_axis_with_the_palm_at_the_origin(carers: Carers, grip: float):
    for arm in carers.arms(np.random.default_rng(0), grip):
        low, high = bounds(arm.skin.vertices)
        assert 0.02 < high[0] < 0.14  # fingers ahead
        assert -0.8 < low[0] < -0.5  # the upper arm's end behind
        palm = np.abs(arm.skin.vertices).max(axis=1) < 0.02
        assert palm.any()


def test_left_and_right_hands_are_mirror_images(carers: Carers):
    left, right = carers.arms(np.random.default_rng(0), 0.12)
    assert bounds(left.skin.vertices)[0][1] == pytest.approx(
        -bounds(right.skin.vertices)[1][1], abs=0.003
    )


def test_sleeves_surround_the_forearm(carers: Carers):
    arm, _ = carers.arms(np.random.default_rng(0), 0.3)
    for x in (-0.25, -0.4):
        ring = {}
        for name, mesh, reach in (("arm", arm.skin, 0.01), ("sleeve", arm.sleeve, 0.02)):
            at = mesh.vertices[np.abs(mesh.vertices[:, 0] - x) < reach]
            ring[name] = np.ptp(at[:, 1:], axis=0)
        assert (ring["sleeve"] >= ring["arm"] - 0.002).all()


def test_a_hand_comes_from_outside_the_picture_and_reaches_the_infant(
    carers: Carers, lying: Subject, camera: Camera
):
    found = set()
    for seed in range(30):
        layer = reaching(lying, carers, camera, np.random.default_rng(seed))
        if not layer.names:
            continue
        found.update(layer.names)
        skin, sleeve = hands(layer, lying)
        nearest = np.linalg.norm(skin[:, None] - lying.points[::80][None], axis=2).min()
        assert nearest < 0.18
        end = camera.project(sleeve[-1:].astype(float))[0]
        assert np.isnan(end).any() or (end < 0).any() or (end > 256).any()
    assert found == {f"carer's hand {deed.name}" for deed in DEEDS}


def test_a_hand_follows_the_limb_that_it_holds(
    carers: Carers, lying: Subject, camera: Camera, baby: ShapedBody
):
    kicking = posed(baby, "supine", hip=-90.0, knee=30.0)
    layer = next(
        one for seed in range(50)
        if "carer's hand holds"
        in (one := reaching(lying, carers, camera, np.random.default_rng(seed))).names
    )  # fmt: skip
    (hand,) = layer.followers
    still, moved = (hand.at(Moment(body, ()))[0].vertices for body in (lying.bodies[0], kicking))
    shifts = kicking.keypoints - lying.bodies[0].keypoints
    assert np.linalg.norm(shifts - (moved - still)[0], axis=1).min() < 1e-4


def test_a_passing_hand_moves_with_time(carers: Carers, lying: Subject, camera: Camera):
    layer = next(
        one for seed in range(50)
        if "carer's hand passes"
        in (one := reaching(lying, carers, camera, np.random.default_rng(seed))).names
    )  # fmt: skip
    there, aside, gone, again = (hands(layer, lying, time_s)[0] for time_s in (0.0, 0.6, 3.0, 30.0))
    assert np.abs(aside - there).max() > 0.05
    assert np.linalg.norm((gone - there)[0]) > 0.5
    np.testing.assert_allclose(again, there, atol=1e-4)


def test_held_infants_have_a_palm_at_each_flank_and_a_carer_behind(
    carers: Carers, baby: ShapedBody
):
    subject = Subject((posed(baby, "held"),), "held")
    layer = held(subject, carers, np.random.default_rng(0))
    left, _, right, _ = hands(layer, subject)
    across = subject.keypoint("left_shoulder") - subject.keypoint("right_shoulder")
    middle = subject.keypoint("thorax")
    for skin, side in ((left, 1), (right, -1)):
        near = skin[np.linalg.norm(skin - middle, axis=1) < 0.16]
        assert len(near) > 50
        assert (((near - middle) @ across) * side > 0).mean() > 0.8
    behind = [one for one in layer.surfaces if one.role == Role.BACKDROP]
    assert len(behind) == 3
    assert all(((one.vertices - middle) @ subject.front).max() < 0.1 for one in behind[:1])
    assert min(float(one.vertices[:, 2].min()) for one in behind) < 0.05
