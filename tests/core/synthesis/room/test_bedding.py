import numpy as np
import pytest

from core.synthesis.body.body_model import ShapedBody
from core.synthesis.room.bedding import Pad, laid
from core.synthesis.room.mesh import bounds
from core.synthesis.room.relief import Raster
from core.synthesis.room.subject import Subject
from tests.core.synthesis.room.conftest import posed

PADS = {
    "mattress": Pad((0.6, 1.2), 0.1, 0.012, 0.01),
    "rimmed": Pad((0.5, 0.8), 0.05, 0.008, 0.0, rims=(0.07, 0.09), corner=0.07),
    "ragged": Pad((0.9, 1.0), 0.008, 0.004, 0.014, ragged=0.06),
}
PLACE = (0.05, -0.03, 0.3)


def highest_over_lowest(upper: np.ndarray, lower: np.ndarray, cell: float) -> np.ndarray:
    """Where both have points in a cell: the highest of `upper` less the lowest of `lower`."""
    raster = Raster.over(np.array([-1.5, -1.5]), np.array([1.5, 1.5]), cell)
    difference = raster.highest(upper) - raster.lowest(lower)
    return difference[np.isfinite(difference)]


@pytest.mark.parametrize("name", sorted(PADS))
@pytest.mark.parametrize("family", ["supine", "prone", "sitting"])
def test_the_support_never_comes_up_through_the_body(baby: ShapedBody, name: str, family: str):
    subject = Subject((posed(baby, family),), family)
    mesh = laid(PADS[name], subject, np.random.default_rng(1), PLACE)
    above = highest_over_lowest(mesh.vertices, subject.points, 0.006)
    assert len(above) > 100
    assert above.max() < 0.001


@pytest.mark.parametrize("name", sorted(PADS))
def test_the_body_is_bedded_and_does_not_float(lying: Subject, name: str):
    mesh = laid(PADS[name], lying, np.random.default_rng(1), PLACE)
    resting = lying.points[lying.points[:, 2] < 0.002]
    gaps = highest_over_lowest(resting, mesh.vertices, 0.012)
    assert gaps.min() > -0.012
    assert np.median(np.abs(gaps)) < 0.006


def test_soft_pads_swell_up_around_the_body_by_their_softness(lying: Subject):
    soft = laid(Pad((0.8, 1.2), 0.1, 0.012), lying, np.random.default_rng(0), (0, 0, 0))
    top = soft.vertices[soft.vertices[:, 2] > -0.05]
    assert top[:, 2].max() == pytest.approx(0.012, abs=1e-4)


def test_rims_rise_along_the_long_sides_only_as_high_as_asked(lying: Subject):
    mesh = laid(PADS["rimmed"], lying, np.random.default_rng(0), (0, 0, 0))
    assert mesh.vertices[:, 2].max() == pytest.approx(0.078, abs=0.01)


def test_sides_reach_down_to_the_floor(lying: Subject):
    mesh = laid(PADS["mattress"], lying, np.random.default_rng(0), (0, 0, 0))
    assert mesh.vertices[:, 2].min() == pytest.approx(-0.1)


def test_the_pad_has_the_size_it_was_asked_for(lying: Subject):
    mesh = laid(PADS["mattress"], lying, np.random.default_rng(0), (0, 0, 0))
    low, high = bounds(lying.on_ground(mesh.vertices))
    np.testing.assert_allclose((high - low)[:2], (0.6, 1.2), atol=1e-3)


def test_a_movement_presses_everywhere_it_goes(baby: ShapedBody):
    bodies = (posed(baby, "supine"), posed(baby, "supine", heading=60.0))
    mesh = laid(PADS["mattress"], Subject(bodies, "supine"), np.random.default_rng(0), (0, 0, 0))
    for body in bodies:
        assert highest_over_lowest(mesh.vertices, body.vertices, 0.006).max() < 0.001
