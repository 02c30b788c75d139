"""Light, shade and orientation of a picture."""

from dataclasses import replace

import numpy as np
import pytest

from core.synthesis.camera import Camera
from core.synthesis.scene import Lamp, Lighting
from core.synthesis.surface import TILE, Material, Role
from tests.core.synthesis.render.shapes import (
    BLUE,
    OVERHEAD,
    RED,
    ball,
    from_above,
    person_at,
    plain,
    plane,
    scene,
    surface,
)  # fmt: skip


def picture(renderer, one):
    return renderer.render(one, np.random.default_rng(0)).image.astype(float)


def at(image, xy):
    """The pixel that holds a place in the image."""
    x, y = np.floor(xy).astype(int)
    return image[y, x]


@pytest.mark.parametrize("roll", [0.0, 90.0, -30.0])
def test_balls_appear_where_the_camera_projects_them(renderer, roll: float):
    camera = Camera.looking(np.array([0.4, -1.5, 1.0]), np.zeros(3), roll, 110.0, (128, 100))
    spots = np.array([[-0.3, 0.0, 0.05], [0.3, 0.1, 0.05]])
    one = scene(
        plane(0, 5, Role.SUPPORT), ball(spots[0], 0.05, Role.SKIN, RED),
        ball(spots[1], 0.05, Role.OCCLUDER, BLUE), camera=camera, person=person_at(*spots),
    )  # fmt: skip
    result = renderer.render(one, np.random.default_rng(0))
    red, blue = (at(result.image.astype(int), xy) for xy in result.xy[:2])
    assert red[0] > red[2] + 60
    assert blue[2] > blue[0] + 60


def test_left_is_left_and_up_is_up(renderer):
    one = scene(
        ball((-0.5, 0, 0), 0.2, Role.SKIN, RED), ball((0, 0.5, 0), 0.2, Role.OCCLUDER, BLUE),
        background=(0, 0, 0),
    )  # fmt: skip
    image = picture(renderer, one)
    red, blue = image[..., 0] > 80, image[..., 2] > 80
    assert np.argwhere(red).mean(axis=0)[1] < 25  # +X is right
    assert np.argwhere(blue).mean(axis=0)[0] < 25  # +Y is up


def test_a_ball_throws_a_shadow_that_is_softer_under_a_larger_lamp(renderer):
    camera = Camera.looking(np.array([0.0, -2.0, 2.0]), np.zeros(3), 0.0, 120.0, (128, 128))
    above = (plane(0, 3, Role.SUPPORT), ball((0, 0, 0.6), 0.2, Role.SKIN))
    rows = {}
    for spread in (0.0, 0.3):
        lamp = Lamp((0.0, 0.0, 1.0), (0.8, 0.8, 0.8), spread)
        one = scene(*above, camera=camera, lighting=Lighting((lamp,), (0.1,) * 3, (0.1,) * 3))
        rows[spread] = picture(renderer, one)[64, :, 1]
    lit = rows[0.0][[5, 122]].min()
    assert rows[0.0].min() < 0.6 * lit
    half = [((row > 0.65 * lit) & (row < 0.95 * lit)).sum() for row in rows.values()]
    assert half[1] > half[0] + 6


def test_the_ground_is_darker_where_a_ball_touches_it(renderer):
    sky_only = Lighting((), (0.8,) * 3, (0.4,) * 3)
    ground = plane(0, 3, Role.SUPPORT)
    camera = Camera.looking(np.array([0.0, -1.0, 0.7]), np.zeros(3), 0.0, 100.0, (96, 96))
    on_it = scene(ground, ball((0, 0, 0.2), 0.2, Role.SKIN, RED), camera=camera, lighting=sky_only)
    image = picture(renderer, on_it)
    beside = at(image, camera.project(np.array([0.07, -0.13, 0.0])))
    far = at(image, camera.project(np.array([0.35, -0.2, 0.0])))
    assert beside[1] < 0.8 * far[1]
    assert beside[0] / beside[1] > 1.03 * far[0] / far[1]  # red light comes back from the ball


def test_a_surface_in_the_open_shows_its_colour_times_the_light(renderer):
    grey = plain((128, 128, 128))
    light = Lighting((Lamp((0.0, 0.0, 1.0), (0.5,) * 3, 0.1),), (0.5,) * 3, (0.5,) * 3)
    image = picture(renderer, scene(plane(0, 5, Role.SUPPORT, grey), lighting=light))
    assert image == pytest.approx(128, abs=2)


def test_edges_are_smoothed(renderer):
    one = scene(ball((0, 0, 0), 0.5, Role.SKIN), background=(0, 0, 0))
    image = picture(renderer, one)[..., 1]
    edge = (image > 20) & (image < 100)
    assert edge.sum() > 40


def test_a_distant_pattern_turns_to_its_mean_colour(renderer):
    stripes = np.zeros((TILE, TILE, 3), np.uint8)
    stripes[:, ::2] = 255
    one = scene(plane(0, 9, Role.SUPPORT, Material(stripes, tile_metres=0.2)), camera=from_above())
    assert picture(renderer, one).std() < 6


def test_bumps_shade_a_cloth(renderer):
    wave = np.sin(np.arange(TILE) / TILE * 4 * np.pi).astype(np.float32)
    bumps = np.tile(0.01 * wave, (TILE, 1))
    slanted = Lighting((Lamp((0.8, 0.0, 0.6), (0.8,) * 3, 0.05),), (0.2,) * 3, (0.2,) * 3)
    flat = plane(0, 5, Role.SUPPORT)
    rough = replace(flat, material=replace(flat.material, bumps=bumps, tile_metres=1.0))
    smooth_image = picture(renderer, scene(flat, lighting=slanted))
    rough_image = picture(renderer, scene(rough, lighting=slanted))
    assert smooth_image.std() < 2
    # heights rise with u = x and shade the slopes that look away from the lamp at +X
    assert rough_image[..., 1].std(axis=1).mean() > 5
    x = (np.arange(64) + 0.5 - 32) / from_above().focal * 2
    rise = np.cos(4 * np.pi * x)
    assert np.corrcoef(rough_image[32, :, 1], rise)[0, 1] < -0.8


def test_gloss_shows_the_lamp(renderer):
    peaks = []
    for gloss in (0.0, 0.8):
        toy = ball((0, 0, 0), 0.6, Role.OCCLUDER, plain((60, 60, 60), gloss))
        peaks.append(picture(renderer, scene(toy, background=(0, 0, 0))).max())
    assert peaks[1] > peaks[0] + 15


def test_the_same_seed_gives_the_same_bytes(renderer):
    one = scene(plane(0, 3, Role.SUPPORT), ball((0, 0, 0.3), 0.3, Role.SKIN))
    one = replace(one, finish=replace(one.finish, noise=3.0, jpeg=80))
    first, second = (renderer.render(one, np.random.default_rng(7)) for _ in range(2))
    other = renderer.render(one, np.random.default_rng(8))
    for name in ("image", "parts", "full", "depth", "xy", "visibility"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert (first.image != other.image).any()
    assert (first.parts == other.parts).all()


def test_a_clip_can_keep_its_light_from_flickering(renderer):
    one = scene(plane(0, 3, Role.SUPPORT), ball((0, 0, 0.3), 0.3, Role.SKIN))
    frames = [
        renderer.render(one, np.random.default_rng(frame), np.random.default_rng(1)).image
        for frame in range(2)
    ]
    assert (frames[0] == frames[1]).all()


def test_faces_without_area_do_no_harm(renderer):
    line = surface([[-1, 0, 0.5], [0, 0, 0.5], [1, 0, 0.5]], [[0, 1, 2], [0, 0, 0]], Role.OCCLUDER)
    image = picture(renderer, scene(line, plane(0, 5, Role.SUPPORT)))
    assert image.std() < 3


def test_more_lamps_than_channels_are_refused(renderer):
    lamps = OVERHEAD.lamps * 5
    with pytest.raises(ValueError, match="4 lamps"):
        picture(renderer, scene(lighting=replace(OVERHEAD, lamps=lamps)))
