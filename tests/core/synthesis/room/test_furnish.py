import numpy as np
import pytest

from core.synthesis.body.body_model import ShapedBody
from core.synthesis.room.furnish import Furnisher, RoomRequest
from core.synthesis.room.moment import Moment
from core.synthesis.room.relief import Raster
from core.synthesis.room.room import Room
from core.synthesis.surface import TILE, Role, Surface
from tests.core.synthesis.room.conftest import PITCH, posed


def surfaces_of(room: Room, request: RoomRequest) -> tuple[Surface, ...]:
    body = request.bodies[0]
    skin = Surface(body.vertices, np.zeros((0, 3), np.int32), body.vertices[:, :2], Role.SKIN,
                   room.fixed[0].material, np.zeros(0, np.uint8))  # fmt: skip
    return room.at(Moment(body, (skin,), 0.4))


def assert_sound(surface: Surface) -> None:
    count = len(surface.vertices)
    assert surface.vertices.dtype == np.float32
    assert surface.uv.shape == (count, 2)
    assert surface.uv.dtype == np.float32
    assert surface.faces.dtype == np.int32
    assert surface.faces.shape == (len(surface.parts), 3)
    assert 0 <= surface.faces.min() <= surface.faces.max() < count
    assert np.isfinite(surface.vertices).all()
    assert np.isfinite(surface.uv).all()
    assert surface.material.albedo.shape == (TILE, TILE, 3)
    assert surface.tint is None or (
        surface.tint.shape == (count, 3) and surface.tint.dtype == np.float32
    )
    assert not surface.role.is_person


@pytest.mark.parametrize("family", sorted(PITCH))
@pytest.mark.parametrize("strange", [False, True])
def test_rooms_of_every_family_are_sound(
    furnisher: Furnisher, baby: ShapedBody, family: str, strange: bool
):
    request = RoomRequest(family, (posed(baby, family),), strange=strange)
    for seed in range(6):
        room = furnisher.furnish(request, np.random.default_rng(seed))
        for surface in surfaces_of(room, request):
            assert_sound(surface)
        assert len(room.names) >= 3
        assert all(room.names)
        assert np.isfinite(room.camera.position).all()
        np.testing.assert_allclose(
            room.camera.rotation @ room.camera.rotation.T, np.eye(3), atol=1e-9
        )


def test_adults_are_filmed_indoors_and_outdoors(furnisher: Furnisher, adult: ShapedBody):
    request = RoomRequest("standing", (posed(adult, "standing"),))
    names = set()
    for seed in range(16):
        room = furnisher.furnish(request, np.random.default_rng(seed))
        names.update(room.names)
        for surface in surfaces_of(room, request):
            assert_sound(surface)
    assert {"trees", "sun", "shelf"} <= names


def test_the_same_seed_gives_the_same_room(furnisher: Furnisher, baby: ShapedBody):
    request = RoomRequest("supine", (posed(baby, "supine"),))
    for seed in range(6):
        one, two = (furnisher.furnish(request, np.random.default_rng(seed)) for _ in range(2))
        assert one.names == two.names
        assert one.lighting == two.lighting
        assert one.finish == two.finish
        pairs = zip(surfaces_of(one, request), surfaces_of(two, request), strict=True)
        for first, second in pairs:
            np.testing.assert_array_equal(first.vertices, second.vertices)
            np.testing.assert_array_equal(first.material.albedo, second.material.albedo)


def test_nothing_but_carers_reaches_into_the_infant(furnisher: Furnisher, baby: ShapedBody):
    request = RoomRequest("supine", (posed(baby, "supine"),))
    raster = Raster.over(np.array([-0.8, -0.8]), np.array([0.8, 0.8]), 0.008)
    skin = request.bodies[0].vertices
    low, high = raster.lowest(skin), raster.highest(skin)
    for seed in range(16):
        room = furnisher.furnish(request, np.random.default_rng(seed))
        for surface in room.fixed:
            top = raster.highest(surface.vertices)
            inside = (top > low + 0.012) & (raster.lowest(surface.vertices) < high - 0.012)
            assert inside.sum() <= 6, room.names


def test_a_clip_keeps_its_room_and_sees_the_whole_movement(furnisher: Furnisher, baby: ShapedBody):
    bodies = tuple(posed(baby, "supine", hip=-10.0 * n, knee=15.0 * n) for n in range(6))
    request = RoomRequest("supine", bodies)
    for seed in range(10):
        room = furnisher.furnish(request, np.random.default_rng(seed))
        boxes = np.concatenate([room.camera.project(body.vertices[::20].astype(float))
                                for body in bodies])  # fmt: skip
        if np.ptp(boxes, axis=0).max() < 0.95 * 256:
            assert boxes.min() > -10
            assert boxes.max() < 266


def test_the_picture_size_is_the_one_asked_for(furnisher: Furnisher, baby: ShapedBody):
    request = RoomRequest("prone", (posed(baby, "prone"),), size=(320, 200))
    camera = furnisher.furnish(request, np.random.default_rng(0)).camera
    assert (camera.width, camera.height) == (320, 200)
