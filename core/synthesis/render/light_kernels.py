# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""How much light reaches a place: rays to the lamps and into all directions."""

import warp as wp

from core.synthesis.render.device_world import Lights, World
from core.synthesis.render.point_kernels import Point
from core.synthesis.render.warp_module import func, struct

MOST_LAMPS = 4
UNKNOWN = wp.constant(-1.0)  # in a channel of light
_REACH = wp.constant(0.5)  # metres: what is farther away casts no ambient shade
_CREASE = wp.constant(0.06)  # metres at which two surfaces halve each other's light
_LAMP_REACH = wp.constant(4.0)  # metres: walls behind that do not shut the lamps out
_LIFT = wp.constant(1.5e-3)  # metres off the surface, lest it shades itself
_UNLIT = wp.constant(-0.3)  # cosine from which not even skin lets a lamp's light come round
_TURN = wp.constant(6.2831853)

Channels = wp.types.vector(length=4 + MOST_LAMPS, dtype=float)
"""Ambient light (red, green, blue), whether something is near, then how far each lamp is seen."""


@struct
class Near:
    """A face near by, -1 for none, and how far away it is, metres."""

    face: int
    distance: float


@func
def unknown_light() -> Channels:
    """Light of which every channel that a ray decides is still unknown."""
    light = Channels()
    for channel in range(3, 4 + MOST_LAMPS):
        light[channel] = UNKNOWN
    return light


@func
def sampled(world: World, lights: Lights, point: Point, sample: int, known: Channels) -> Channels:
    """The light at a place: what is known, and one ray for each unknown lamp and for the rest."""
    light = known
    if known[3] == UNKNOWN:
        around = ambient(world, lights, point, sample)
        for channel in range(4):
            light[channel] = around[channel]
    for lamp in range(lights.direction.shape[0]):
        if known[lamp + 4] == UNKNOWN:
            light[lamp + 4] = lamp_seen(world, lights, lamp, point, sample)
    return light


@func
def ambient(world: World, lights: Lights, point: Point, sample: int) -> wp.vec4:
    """Light from all sides, and 1 if something near changes it.

    What the open sky and ground would give is known; a ray only tells what to put in its place.
    """
    place = spread_sample(sample, lights.shifts[lights.direction.shape[0]])
    direction = tilted(point.normal, wp.sqrt(place[0]), place[1])
    direction += point.normal * wp.sqrt(1.0 - place[0])
    origin = point.position + point.face_normal * _LIFT
    near = nearest(world, origin, direction)
    light = open_light(lights, point.normal)
    if near.face < 0:
        return wp.vec4(light[0], light[1], light[2], 0.0)
    mean = world.looks[world.face_surface[near.face]].mean
    openness = near.distance / (near.distance + _CREASE)
    light += openness * wp.cw_mul(mean, lights.bounced) - light_from(lights, direction[2])
    return wp.vec4(light[0], light[1], light[2], 1.0)


@func
def spread_sample(index: int, shift: wp.vec2) -> wp.vec2:
    """Point `index` of a sequence that fills the unit square evenly."""
    x = float(index) * 0.7548776662 + shift[0]
    y = float(index) * 0.5698402910 + shift[1]
    return wp.vec2(wp.clamp(x - wp.floor(x), 0.0, 1.0), wp.clamp(y - wp.floor(y), 0.0, 1.0))


@func
def tilted(axis: wp.vec3, radius: float, turn: float) -> wp.vec3:
    """A vector of this length square to an axis, turned about it."""
    aside = wp.vec3(1.0, 0.0, 0.0)
    if wp.abs(axis[0]) > 0.6:
        aside = wp.vec3(0.0, 1.0, 0.0)
    side = wp.normalize(wp.cross(axis, aside))
    angle = _TURN * turn
    return side * (radius * wp.cos(angle)) + wp.cross(axis, side) * (radius * wp.sin(angle))


@func
def nearest(world: World, origin: wp.vec3, direction: wp.vec3) -> Near:
    """What a ray meets first within reach."""
    near = Near()
    near.face = -1
    near.distance = _REACH
    person = wp.mesh_query_ray(world.person, origin, direction, near.distance)
    if person.result:
        near.distance = person.t
        near.face = person.face
    around = wp.mesh_query_ray(world.around, origin, direction, near.distance)
    if around.result:
        near.distance = around.t
        near.face = around.face + world.person_faces
    return near


@func
def light_from(lights: Lights, height: float) -> wp.vec3:
    """The light out of a direction that rises by this sine, from ground to sky."""
    return wp.lerp(lights.ground, lights.sky, wp.clamp(0.5 + 0.5 * height, 0.0, 1.0))


@func
def open_light(lights: Lights, normal: wp.vec3) -> wp.vec3:
    """`light_from` over the half space before a surface in the open, its cosine-weighted mean."""
    return light_from(lights, 0.6666667 * normal[2])


@func
def lamp_seen(world: World, lights: Lights, lamp: int, point: Point, sample: int) -> float:
    """1 if a ray to somewhere on the lamp is free, 0 if not."""
    towards = lights.direction[lamp]
    if wp.dot(point.normal, towards) < _UNLIT:
        return 0.0
    place = spread_sample(sample, lights.shifts[lamp])
    radius = wp.tan(lights.spread[lamp]) * wp.sqrt(place[0])
    direction = wp.normalize(towards + tilted(towards, radius, place[1]))
    origin = point.position + point.face_normal * _LIFT
    if wp.mesh_query_ray_anyhit(world.person, origin, direction, _LAMP_REACH):
        return 0.0
    if wp.mesh_query_ray_anyhit(world.around, origin, direction, _LAMP_REACH):
        return 0.0
    return 1.0
