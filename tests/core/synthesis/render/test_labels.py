"""What the masks and the depth say about balls and planes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.synthesis.body.parts import BodyPart
from core.synthesis.camera import Camera
from core.synthesis.render.exposure import expose
from core.synthesis.render.renderer import Renderer
from core.synthesis.render.scene_arrays import merged
from core.synthesis.surface import Role
from tests.core.synthesis.render.shapes import BLUE, RED, ball, from_above, plane, scene, surface


def rendered(renderer: Renderer, one):
    return renderer.render(one, np.random.default_rng(0))


def centres(camera: Camera):
    """Pixel centres (H, W, 2) as slopes: metres aside per metre of depth."""
    y, x = np.mgrid[: camera.height, : camera.width] + 0.5
    return np.stack([x - camera.width / 2, y - camera.height / 2], axis=-1) / camera.focal


def test_depth_of_a_plane_is_along_the_camera_axis(renderer):
    result = rendered(renderer, scene(plane(0.25, 5, Role.SUPPORT)))
    assert result.depth.shape == (64, 64)
    assert result.depth == pytest.approx(1.75, abs=1e-5)


def test_depth_of_a_ball_is_that_of_the_sphere(renderer):
    camera = from_above((101, 80))
    result = rendered(renderer, scene(ball((0, 0, 0.5), 0.4, Role.SKIN), camera=camera))
    slope = centres(camera)
    square = (slope**2).sum(axis=-1)
    inside = 1.5**2 - (1 + square) * (1.5**2 - 0.4**2)
    expected = (1.5 - np.sqrt(np.maximum(inside, 0))) / (1 + square)
    well_inside = inside > 0.05
    assert result.depth[well_inside] == pytest.approx(expected[well_inside], abs=0.004)
    assert np.isinf(result.depth[inside < -0.05]).all()


def test_silhouette_is_the_disc_of_the_ball(renderer):
    camera = from_above((200, 200))
    result = rendered(renderer, scene(ball((0, 0, 0), 0.5, Role.SKIN), camera=camera))
    radius = camera.focal * 0.5 / np.sqrt(2**2 - 0.5**2)
    assert (result.parts > 0).sum() == pytest.approx(np.pi * radius**2, rel=0.01)
    assert set(np.unique(result.parts)) == {BodyPart.NONE, BodyPart.TORSO}


def test_an_occluder_hides_parts_but_not_the_full_silhouette(renderer):
    body = ball((0, 0, 0.3), 0.3, Role.SKIN)
    cover = ball((0.3, 0, 0.9), 0.2, Role.OCCLUDER, RED)
    alone = rendered(renderer, scene(body))
    covered = rendered(renderer, scene(body, cover, plane(0, 2, Role.SUPPORT)))
    assert (covered.full == alone.full).all()
    assert 0 < (covered.parts > 0).sum() < 0.9 * alone.full.sum()
    assert covered.depth[covered.full & (covered.parts == 0)].max() < 1.3


def test_what_lies_behind_the_person_hides_nothing(renderer):
    body = ball((0, 0, 0.5), 0.3, Role.SKIN)
    result = rendered(
        renderer, scene(body, plane(0, 2, Role.SUPPORT), ball((0, 0, 0), 0.1, Role.OCCLUDER))
    )
    assert ((result.parts > 0) == result.full).all()


def test_clothes_give_their_own_parts_where_they_lie_over_the_skin(renderer):
    skin = ball((0, 0, 0), 0.4, Role.SKIN)
    cloth = ball((0, 0, 0), 0.41, Role.CLOTHES, BLUE)
    half = cloth.vertices[cloth.faces].mean(axis=1)[:, 0] > 0
    cloth = replace(cloth, faces=cloth.faces[half], parts=np.full(half.sum(), 9, np.uint8))
    parts = rendered(renderer, scene(skin, cloth)).parts
    assert parts[32, 26] == BodyPart.TORSO
    assert parts[32, 38] == BodyPart.LEFT_THIGH


def test_a_floor_that_passes_under_the_camera_is_seen_up_to_the_horizon(renderer):
    camera = Camera.looking(
        np.array([0.0, -1.0, 1.0]), np.array([0.0, 1.0, 1.0]), 0.0, 60.0, (64, 48)
    )
    depth = rendered(renderer, scene(plane(0, 500, Role.SUPPORT), camera=camera)).depth
    slope = centres(camera)[..., 1]
    assert np.isinf(depth[:24]).all()
    assert depth[24:] == pytest.approx(1 / slope[24:], rel=1e-3)


def test_faces_far_beside_the_camera_are_not_in_the_picture(renderer):
    """Almost in the camera's plane, they reach millions of pixels to the side."""
    near = 2 - 0.0011
    wide = [[1e6, 0, near], [2e6, 1, near], [2e6, -1, near], [-1e6, 0, near], [-2e6, 1, near]]
    aside = surface(wide, [[0, 1, 2], [3, 4, 3]], Role.OCCLUDER)
    result = rendered(renderer, scene(aside, plane(0, 5, Role.SUPPORT)))
    assert result.depth == pytest.approx(2, abs=1e-4)


@settings(max_examples=8)
@given(width=st.integers(1, 70), height=st.integers(1, 70))
def test_any_size_works(renderer, width: int, height: int):
    camera = Camera.looking(np.array([0.1, -1.0, 1.0]), np.zeros(3), 10.0, 50.0, (width, height))
    one = scene(ball((0, 0, 0.2), 0.2, Role.SKIN), plane(0, 2, Role.SUPPORT), camera=camera)
    result = rendered(renderer, one)
    assert result.image.shape == (height, width, 3)
    assert result.parts.shape == result.full.shape == result.depth.shape == (height, width)


def test_an_empty_scene_is_background(renderer):
    result = rendered(renderer, scene(background=(0.0, 0.0, 1.0)))
    assert not result.full.any()
    assert not result.parts.any()
    assert np.isinf(result.depth).all()
    assert (result.image[..., 2] > 200).all()
    assert (result.image[..., :2] < 5).all()


def camera_around(turn: float, height: float) -> Camera:
    position = np.array([1.5 * np.cos(turn), 1.5 * np.sin(turn), height])
    return Camera.looking(position, np.array([0.0, 0.0, 0.2]), 25.0, 150.0, (128, 96))


@pytest.mark.parametrize("turn", [0.0, 0.7, 2.1, 4.0])
def test_filling_face_by_face_gives_what_rays_give(renderer, monkeypatch, turn: float):
    """The two ways of finding what is seen differ at most in single pixels at edges."""
    import core.synthesis.render.exposure as exposure

    one = scene(
        ball((0, 0, 0.2), 0.2, Role.SKIN),
        ball((0.2, 0.1, 0.3), 0.1, Role.OCCLUDER),
        plane(0, 30, Role.SUPPORT),
        camera=camera_around(turn, 0.1 + 0.4 * turn),
    )
    arrays, shifts = merged(one.surfaces), np.zeros((2, 2), np.float32)
    filled = expose(one, arrays, shifts, "cpu")
    monkeypatch.setattr(exposure, "FACE_BY_FACE", ())
    traced = expose(one, arrays, shifts, "cpu")
    assert (filled.face != traced.face).mean() < 0.001
    assert (filled.full != traced.full).mean() < 0.001
    same = filled.face == traced.face
    assert np.allclose(filled.depth[same], traced.depth[same], rtol=1e-4)


@pytest.mark.gpu
def test_a_gpu_gives_the_same_labels(renderer):
    one = scene(
        ball((0, 0, 0.2), 0.2, Role.SKIN),
        ball((0.2, 0.1, 0.3), 0.1, Role.OCCLUDER),
        plane(0, 30, Role.SUPPORT),
        camera=camera_around(0.7, 0.6),
    )
    here, there = rendered(renderer, one), rendered(Renderer("cuda"), one)
    assert (here.parts != there.parts).mean() < 0.001
    assert (here.full != there.full).mean() < 0.001
    assert (here.visibility == there.visibility).all()
    difference = np.abs(here.image.astype(int) - there.image)
    assert difference.mean() < 1.0
