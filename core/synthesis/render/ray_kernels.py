# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""Rays from the camera: what they meet first."""

import warp as wp

from core.synthesis.render.device_world import View, World
from core.synthesis.render.warp_module import func, kernel, struct

_FAR = wp.constant(1.0e6)


@struct
class Hit:
    """What a ray meets first, face -1 for nothing; and where it meets the person, if ever."""

    depth: float
    face: int
    person: float  # depth of the person, whether covered or not


@func
def pixel_ray(view: View, x: float, y: float) -> wp.vec3:
    """Direction through a place in the image, as long as it takes to go a metre forward."""
    return view.right * x + view.down * y + view.corner


@func
def first_hit(world: World, origin: wp.vec3, direction: wp.vec3) -> Hit:
    """What a ray meets; the person is looked for first and limits the search around it."""
    hit = Hit()
    hit.depth = _FAR
    hit.face = -1
    person = wp.mesh_query_ray(world.person, origin, direction, _FAR)
    if person.result:
        hit.depth = person.t
        hit.face = person.face
    hit.person = hit.depth
    around = wp.mesh_query_ray(world.around, origin, direction, hit.depth)
    if around.result:
        hit.depth = around.t
        hit.face = around.face + world.person_faces
    return hit


@kernel
def trace_points(world: World, view: View, places: wp.array[wp.vec2], hits: wp.array[Hit]) -> None:
    """The first hit at chosen places in the image."""
    at = wp.tid()
    place = places[at]
    hits[at] = first_hit(world, view.position, pixel_ray(view, place[0], place[1]))
