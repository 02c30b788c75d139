"""Puts a scene on the device that renders it."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import warp as wp
from numpy.typing import NDArray

from core.synthesis.camera import Camera
from core.synthesis.render.device_world import Lights, Look, View, World
from core.synthesis.render.light_kernels import MOST_LAMPS
from core.synthesis.render.mip_chain import CHAIN
from core.synthesis.render.normal_kernels import add_normals
from core.synthesis.render.scene_arrays import SceneArrays
from core.synthesis.render.warp_module import numpy_type
from core.synthesis.scene import Scene
from core.synthesis.surface import Role

_NO_FACE = np.full((3, 3), 1.0e9, np.float32)  # a mesh needs one; no ray meets this one
_LEAF = 4  # faces in a leaf of the trees: fast to build, as fast to search as any
_SMALLEST = 16  # texels of the coarsest copy of a texture
_OF_SIDES, _OF_LAMPS = 0.6, 0.2  # how much of the light falls on things near by


@dataclass(frozen=True, eq=False)
class DeviceScene:
    """A scene's world; the meshes are kept here because a world holds only their numbers."""

    world: World
    meshes: tuple[wp.Mesh, wp.Mesh]


def upload(arrays: SceneArrays, device: str) -> DeviceScene:
    """Build both meshes and fill the world."""
    world = World()
    world.vertices = _array(np.concatenate([arrays.vertices, _NO_FACE]), wp.vec3, device)
    nothing = len(arrays.vertices) + np.arange(3, dtype=np.int32)[None]
    world.indices = _array(np.concatenate([arrays.faces, nothing]).reshape(-1), int, device)
    person = _mesh(world, 0, arrays.person_faces, device)
    around = _mesh(world, arrays.person_faces, len(arrays.faces), device)
    world.person = person.id
    world.around = around.id
    world.person_faces = arrays.person_faces
    world.normals = _array(_vertex_normals(arrays), wp.vec3, device)
    world.uv = _array(arrays.uv, wp.vec2, device)
    world.tint = _array(arrays.tint, wp.vec3, device)
    world.face_surface = _array(arrays.face_surface, int, device)
    world.looks = _array(_looks(arrays), Look, device)
    world.albedo = _array(arrays.textures.albedo, wp.vec3ub, device)
    world.heights = _array(arrays.textures.heights, float, device)
    world.linear = _array(srgb_to_linear(), float, device)
    return DeviceScene(world, (person, around))


def lights_of(scene: Scene, shifts: NDArray[np.float32], device: str) -> Lights:
    """The lighting for the kernels; `shifts` (lamps + 1, 2) move the samples.

    Raises:
        ValueError: more lamps than the kernels have channels for.
    """
    lighting, lamps = scene.lighting, scene.lighting.lamps
    if len(lamps) > MOST_LAMPS:
        raise ValueError(f"a scene may have {MOST_LAMPS} lamps, not {len(lamps)}")
    colour = np.array([one.colour for one in lamps], np.float32).reshape(-1, 3)
    direction = np.array([one.direction for one in lamps], np.float32).reshape(-1, 3)
    sides = (np.array(lighting.sky) + np.array(lighting.ground)) / 2
    lights = Lights()
    lights.direction = _array(direction, wp.vec3, device)
    lights.colour = _array(colour, wp.vec3, device)
    lights.spread = _array(np.array([one.spread for one in lamps], np.float32), float, device)
    lights.shifts = _array(shifts, wp.vec2, device)
    lights.sky = wp.vec3(*lighting.sky)
    lights.ground = wp.vec3(*lighting.ground)
    lights.bounced = wp.vec3(*(_OF_SIDES * sides + _OF_LAMPS * colour.sum(axis=0)))
    lights.background = wp.vec3(*scene.background)
    return lights


def view_of(camera: Camera) -> View:
    """The camera for the kernels."""
    right, down, forward = camera.rotation
    corner = forward - (camera.width / 2 * right + camera.height / 2 * down) / camera.focal
    view = View()
    view.position = wp.vec3(*camera.position)
    view.right = wp.vec3(*(right / camera.focal))
    view.down = wp.vec3(*(down / camera.focal))
    view.corner = wp.vec3(*corner)
    view.forward = wp.vec3(*forward)
    view.focal = camera.focal
    view.width = camera.width
    view.height = camera.height
    return view


def srgb_to_linear() -> NDArray[np.float32]:
    """The linear value of every sRGB value, (256,)."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def _array(values: NDArray[Any], kind: type, device: str) -> wp.array:
    """On the CPU a view, not a copy: the scene's arrays are not written to."""
    return wp.array(np.ascontiguousarray(values), dtype=kind, device=device, copy=False)


def _mesh(world: World, first: int, last: int, device: str) -> wp.Mesh:
    part = slice(3 * first, 3 * last) if last > first else slice(len(world.indices) - 3, None)
    constructor = "cubql" if device == "cpu" else "lbvh"  # on a CPU in a third of the time of sah
    indices = cast(wp.array, world.indices[part])
    return wp.Mesh(world.vertices, indices, bvh_constructor=constructor, bvh_leaf_size=_LEAF)


def _vertex_normals(arrays: SceneArrays) -> NDArray[np.float32]:
    """Normals (V, 3), not of unit length; always on the CPU, which adds in a fixed order."""
    normals = np.zeros_like(arrays.vertices)
    vertices = _array(arrays.vertices, wp.vec3, "cpu")
    indices = _array(arrays.faces.reshape(-1), int, "cpu")
    inputs = [vertices, indices, _array(normals, wp.vec3, "cpu")]
    wp.launch(add_normals, len(arrays.faces), inputs, device="cpu")
    return normals


def _looks(arrays: SceneArrays) -> NDArray[Any]:
    textures, materials = arrays.textures, [one.material for one in arrays.surfaces]
    coarse = textures.albedo.reshape(-1, CHAIN, 3)[:, -_SMALLEST:]
    looks: NDArray[Any] = np.zeros(len(materials), numpy_type(Look))
    looks["albedo"] = textures.albedo_start[arrays.material_of]
    looks["heights"] = textures.heights_start[arrays.material_of]
    looks["tile_metres"] = [one.tile_metres for one in materials]
    looks["gloss"] = [one.gloss for one in materials]
    looks["sharpness"] = [2.0 ** (3 + 7 * one.gloss) for one in materials]
    looks["is_skin"] = [one.role is Role.SKIN for one in arrays.surfaces]
    looks["mean"] = srgb_to_linear()[coarse].mean(axis=1)[arrays.material_of]
    return looks
