import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.cloth.fabrics import draw_cloth
from core.synthesis.room.bedding import Pad, laid
from core.synthesis.room.drape import Blanket, blanket_over, covering
from core.synthesis.room.mesh import bounds
from core.synthesis.room.moment import Moment
from core.synthesis.room.relief import Raster
from core.synthesis.room.subject import Subject
from core.synthesis.surface import Role, Surface
from tests.core.synthesis.room.conftest import posed

CLOTH = draw_cloth(np.random.default_rng(0))


def skin_of(model: BodyModel, vertices: np.ndarray) -> Surface:
    """A person's only surface, at these vertices."""
    uv = np.zeros((len(vertices), 2), np.float32)
    return Surface(vertices, model.faces, uv, Role.SKIN, CLOTH, model.parts)


def mattress(subject: Subject) -> tuple[Surface, ...]:
    pad = Pad((0.6, 1.2), 0.1, 0.012, 0.01, rims=(0.05, 0.08))
    mesh = laid(pad, subject, np.random.default_rng(0), (0, 0, 0))
    return (mesh.surface(Role.SUPPORT, CLOTH),)


@pytest.fixture
def blanket(lying: Subject) -> Blanket:
    return blanket_over(lying, mattress(lying), CLOTH, np.random.default_rng(2))


def clearance(cloth: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """How far the lowest cloth lies over the highest of what is covered, in cells of 1 cm."""
    raster = Raster.over(np.array([-1.0, -1.0]), np.array([1.0, 1.0]), 0.01)
    gap = raster.lowest(cloth) - raster.highest(covered)
    return gap[np.isfinite(gap)]


def test_nothing_pokes_through_the_blanket(body_model: BodyModel, lying: Subject, blanket: Blanket):
    body = lying.bodies[0]
    (cloth,) = blanket.at(Moment(body, (skin_of(body_model, body.vertices),)))
    inside = cloth.vertices.reshape(blanket.x.shape[0] + 2, -1, 3)[1:-1, 1:-1].reshape(-1, 3)
    gaps = clearance(inside, body.vertices)
    assert len(gaps) > 150
    assert gaps.min() > 0.003


def test_it_lies_on_clothes_not_in_them(body_model: BodyModel, lying: Subject, blanket: Blanket):
    body = lying.bodies[0]
    diaper = body.vertices + 0.02 * body.normals
    surfaces = (skin_of(body_model, body.vertices), skin_of(body_model, diaper))
    (cloth,) = blanket.at(Moment(body, surfaces))
    inside = cloth.vertices.reshape(blanket.x.shape[0] + 2, -1, 3)[1:-1, 1:-1].reshape(-1, 3)
    assert clearance(inside, diaper).min() > 0.003


def test_it_does_not_float_over_the_mattress(
    body_model: BodyModel, lying: Subject, blanket: Blanket
):
    body = lying.bodies[0]
    (cloth,) = blanket.at(Moment(body, (skin_of(body_model, body.vertices),)))
    bed = mattress(lying)[0].vertices
    assert np.quantile(clearance(cloth.vertices, bed[bed[:, 2] > -0.05]), 0.1) < 0.03


def test_it_leaves_head_and_shoulders_free(lying: Subject):
    for seed in range(20):
        blanket = blanket_over(lying, mattress(lying), CLOTH, np.random.default_rng(seed))
        shoulder = lying.on_ground(lying.keypoint("left_shoulder")[None])[0, 1]
        assert blanket.y.max() < shoulder + 0.05


def test_it_follows_a_leg_that_is_lifted(body_model: BodyModel, baby: ShapedBody, lying: Subject):
    lifted = posed(baby, "supine", hip=-75.0, knee=95.0)
    both = Subject((lying.bodies[0], lifted), "supine")
    blanket = blanket_over(both, mattress(both), CLOTH, np.random.default_rng(1))
    tops = []
    for body in both.bodies:
        (cloth,) = blanket.at(Moment(body, (skin_of(body_model, body.vertices),)))
        tops.append(float(bounds(cloth.vertices)[1][2]))
    assert tops[1] > tops[0] + 0.02


def test_knees_that_are_too_high_get_no_blanket(baby: ShapedBody):
    upright = Subject((posed(baby, "standing"),), "supine")
    layer = covering(upright, mattress(upright), np.random.default_rng(0))
    assert layer.followers == ()
    assert layer.names == ()
