# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""A place that the camera sees on a surface, and its normals."""

import warp as wp

from core.synthesis.render.device_world import View, World
from core.synthesis.render.warp_module import func, struct


@struct
class Point:
    """A place on a face, whose vertices count by `weights`; both normals look at the camera."""

    corners: wp.vec3i
    weights: wp.vec3
    position: wp.vec3
    face_normal: wp.vec3
    normal: wp.vec3
    surface: int
    pixel: float  # metres that a pixel covers across the view
    footprint: float  # metres that a pixel covers on the surface


@func
def point_at(world: World, view: View, face: int, nearness: float, direction: wp.vec3) -> Point:
    """The place on a face that is seen in a direction, 1 / nearness away."""
    point = Point()
    point.corners = wp.vec3i(
        world.indices[3 * face], world.indices[3 * face + 1], world.indices[3 * face + 2]
    )
    a = world.vertices[point.corners[0]]
    b = world.vertices[point.corners[1]]
    c = world.vertices[point.corners[2]]
    point.position = view.position + direction / nearness
    point.weights = weights_at(a, b, c, point.position)
    point.face_normal = facing(wp.normalize(wp.cross(b - a, c - a)), -direction)
    normal = wp.normalize(blended(world.normals, point.corners, point.weights))
    point.normal = facing(normal, point.face_normal)
    point.surface = world.face_surface[face]
    point.pixel = 1.0 / (nearness * view.focal)
    slant = wp.max(0.15, -wp.dot(point.face_normal, wp.normalize(direction)))
    point.footprint = point.pixel / wp.sqrt(slant)
    return point


@func
def weights_at(a: wp.vec3, b: wp.vec3, c: wp.vec3, place: wp.vec3) -> wp.vec3:
    """How much each vertex counts at a place in the triangle's plane; none below 0."""
    across = wp.cross(b - a, c - a)
    area = wp.max(wp.dot(across, across), 1.0e-24)
    first = wp.dot(wp.cross(c - b, place - b), across) / area
    second = wp.dot(wp.cross(a - c, place - c), across) / area
    first = wp.clamp(first, 0.0, 1.0)
    second = wp.clamp(second, 0.0, 1.0 - first)
    return wp.vec3(first, second, 1.0 - first - second)


@func
def facing(normal: wp.vec3, way: wp.vec3) -> wp.vec3:
    """The normal, turned about if it points against a way."""
    if wp.dot(normal, way) < 0.0:
        return -normal
    return normal


@func
def blended(values: wp.array[wp.vec3], corners: wp.vec3i, weights: wp.vec3) -> wp.vec3:
    """What vertices have, inside a triangle."""
    return (
        values[corners[0]] * weights[0]
        + values[corners[1]] * weights[1]
        + values[corners[2]] * weights[2]
    )
