"""The scene as the kernels see it.

Warp turns annotations into types of its own: `float` and `int` have 32 bits here.
"""

import warp as wp

from core.synthesis.render.warp_module import struct


@struct
class Look:
    """How one surface looks; `heights` is -1 where it is flat."""

    albedo: int  # where its textures begin
    heights: int
    tile_metres: float
    gloss: float
    sharpness: float  # of highlights
    is_skin: int
    mean: wp.vec3  # linear colour on average, for light that bounces


@struct
class World:
    """Two meshes, and what is known of their vertices and faces, the person's first."""

    person: wp.uint64
    around: wp.uint64
    person_faces: int
    vertices: wp.array[wp.vec3]
    normals: wp.array[wp.vec3]
    uv: wp.array[wp.vec2]
    tint: wp.array[wp.vec3]
    indices: wp.array[int]
    face_surface: wp.array[int]
    looks: wp.array[Look]
    albedo: wp.array[wp.vec3ub]
    heights: wp.array[float]
    linear: wp.array[float]  # of the 256 sRGB values


@struct
class Lights:
    """Lamps and the light from all sides; `shifts` move the samples: each lamp's, then those."""

    direction: wp.array[wp.vec3]
    colour: wp.array[wp.vec3]
    spread: wp.array[float]
    shifts: wp.array[wp.vec2]
    sky: wp.vec3
    ground: wp.vec3
    bounced: wp.vec3  # falls on whatever a ray meets near by
    background: wp.vec3


@struct
class View:
    """The camera: the ray through pixel place (x, y) is `right * x + down * y + corner`.

    Lengths along that ray are depths, because it goes one metre forward.
    """

    position: wp.vec3
    right: wp.vec3
    down: wp.vec3
    corner: wp.vec3
    forward: wp.vec3
    focal: float
    width: int
    height: int
