# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""Colour and bumps of a surface at a place, from its textures."""

import warp as wp

from core.synthesis.render.device_world import World
from core.synthesis.render.mip_chain import LEVELS
from core.synthesis.render.point_kernels import Point, blended
from core.synthesis.render.warp_module import func, struct
from core.synthesis.surface import TILE

_TILE = wp.constant(TILE)
_COARSEST = wp.constant(LEVELS - 1)
_SHARPEST = wp.constant(1.6)  # texels that a pixel may cover before a coarser copy is taken


@struct
class Texels:
    """Four neighbouring texels of a chain, and where between them a place lies."""

    at: wp.vec4i
    x: float
    y: float
    step: float  # metres from texel to texel


@func
def texels_at(world: World, point: Point) -> Texels:
    """The texels around a place, from the copy whose texels are about as large as a pixel."""
    tile = world.looks[point.surface].tile_metres
    side = wp.int32(_TILE)
    start = wp.int32(0)
    coarsest = _TILE >> _COARSEST
    while side > coarsest and point.footprint * float(side) > _SHARPEST * tile:
        start += side * side
        side = side >> 1
    uv = (
        world.uv[point.corners[0]] * point.weights[0]
        + world.uv[point.corners[1]] * point.weights[1]
        + world.uv[point.corners[2]] * point.weights[2]
    ) / tile
    x = (uv[0] - wp.floor(uv[0])) * float(side) - 0.5
    y = (uv[1] - wp.floor(uv[1])) * float(side) - 0.5
    left = int(wp.floor(x))
    top = int(wp.floor(y))
    texels = Texels()
    texels.x = x - float(left)
    texels.y = y - float(top)
    texels.step = tile / float(side)
    texels.at = neighbours(start, left, top, side)
    return texels


@func
def neighbours(start: int, left: int, top: int, side: int) -> wp.vec4i:
    """Four texels of a tile that repeats; its side is a power of two."""
    mask = side - 1
    upper = start + (top & mask) * side
    lower = start + ((top + 1) & mask) * side
    left = left & mask
    right = (left + 1) & mask
    return wp.vec4i(upper + left, upper + right, lower + left, lower + right)


@func
def albedo_at(world: World, point: Point, texels: Texels) -> wp.vec3:
    """Linear colour of the surface."""
    start = world.looks[point.surface].albedo
    top = wp.lerp(
        linear_texel(world, start + texels.at[0]),
        linear_texel(world, start + texels.at[1]),
        texels.x,
    )
    low = wp.lerp(
        linear_texel(world, start + texels.at[2]),
        linear_texel(world, start + texels.at[3]),
        texels.x,
    )
    tint = blended(world.tint, point.corners, point.weights)
    return wp.cw_mul(wp.lerp(top, low, texels.y), tint)


@func
def linear_texel(world: World, at: int) -> wp.vec3:
    """One texel as linear light."""
    texel = world.albedo[at]
    return wp.vec3(
        world.linear[int(texel[0])], world.linear[int(texel[1])], world.linear[int(texel[2])]
    )


@func
def bumped_normal(world: World, point: Point, texels: Texels) -> wp.vec3:
    """The normal tilted by the slope of the heights: n - grad(h), along the surface."""
    start = world.looks[point.surface].heights
    if start < 0:
        return point.normal
    h0 = world.heights[start + texels.at[0]]
    h1 = world.heights[start + texels.at[1]]
    h2 = world.heights[start + texels.at[2]]
    h3 = world.heights[start + texels.at[3]]
    slope_u = wp.lerp(h1 - h0, h3 - h2, texels.y) / texels.step
    slope_v = wp.lerp(h2 - h0, h3 - h1, texels.x) / texels.step
    return wp.normalize(point.normal - gradient(world, point, slope_u, slope_v))


@func
def gradient(world: World, point: Point, slope_u: float, slope_v: float) -> wp.vec3:
    """The slope in space of something that rises by these slopes along u and v."""
    i = point.corners[0]
    j = point.corners[1]
    k = point.corners[2]
    edge1 = world.vertices[j] - world.vertices[i]
    edge2 = world.vertices[k] - world.vertices[i]
    uv1 = world.uv[j] - world.uv[i]
    uv2 = world.uv[k] - world.uv[i]
    across = wp.cross(edge1, edge2)
    area = wp.dot(across, across)
    if area < 1.0e-24:
        return wp.vec3(0.0)
    rise1 = slope_u * uv1[0] + slope_v * uv1[1]
    rise2 = slope_u * uv2[0] + slope_v * uv2[1]
    return (wp.cross(edge2, across) * rise1 + wp.cross(across, edge1) * rise2) / area
