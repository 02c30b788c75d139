import numpy as np
import pytest

from core.synthesis.room.mesh import Mesh, bounds, yaw
from core.synthesis.room.solids import ball, box, panel, tube
from core.synthesis.surface import Material, Role

SOLIDS = {
    "box": (box((0.2, 0.4, 0.6), (1, 2, 3)), 0.048),
    "ball": (ball((0.1, 0.2, 0.3)), 4 / 3 * np.pi * 0.006),
    "tube": (tube([(0, 0, 0), (0, 0, 1), (0.0, 0.3, 1.8)], 0.1, sides=24), np.pi * 0.01 * 1.854),
}


def volume(mesh: Mesh) -> float:
    """Signed: positive if the faces turn counter-clockwise seen from outside."""
    corners = mesh.vertices[mesh.faces].astype(float)
    return float(np.einsum("fi,fi->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


@pytest.mark.parametrize("name", sorted(SOLIDS))
def test_solids_are_closed_and_face_outwards(name: str):
    mesh, wanted = SOLIDS[name]
    assert volume(mesh) == pytest.approx(wanted, rel=0.12)


def test_a_box_lies_where_it_was_asked_for():
    low, high = bounds(box((0.2, 0.4, 0.6), (1, 2, 3)).vertices)
    np.testing.assert_allclose(low, (0.9, 1.8, 2.7), atol=1e-6)
    np.testing.assert_allclose(high, (1.1, 2.2, 3.3), atol=1e-6)


def test_cloth_on_a_panel_is_measured_in_metres():
    mesh = panel((0, 0, 0), (3, 4, 0), (0, 0, 2))
    np.testing.assert_allclose(mesh.uv.max(axis=0), (5, 2))


def test_joined_meshes_keep_their_faces_and_colours():
    red, white = box((1, 1, 1)).tinted((1, 0, 0)), box((1, 1, 1), (5, 0, 0))
    whole = Mesh.joined([red, white])
    assert volume(whole) == pytest.approx(2)
    np.testing.assert_allclose(whole.tint[whole.faces[0]], np.tile([1, 0, 0], (3, 1)))


def test_copies_stand_at_every_place():
    shifts = np.array([[0, 0, 0], [2, 0, 0], [0, 3, 0]])
    three = ball(0.1).copies(shifts)
    assert volume(three) == pytest.approx(3 * volume(ball(0.1)))
    assert bounds(three.vertices)[1][1] == pytest.approx(3.1, abs=0.01)


def test_turning_and_moving_go_the_right_way():
    moved = box((0.1, 0.1, 0.1), (1, 0, 0)).turned(yaw(np.pi / 2)).moved((0, 0, 1))
    np.testing.assert_allclose(moved.vertices.mean(axis=0), (0, 1, 1), atol=1e-6)


def test_a_surface_belongs_to_no_part_of_the_body():
    surface = box((1, 1, 1)).surface(Role.BACKDROP, Material(np.zeros((256, 256, 3), np.uint8)))
    assert surface.parts.shape == (12,)
    assert not surface.parts.any()
