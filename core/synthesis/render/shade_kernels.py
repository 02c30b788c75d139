# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""The colour of every pixel: material times light."""

import warp as wp

from core.synthesis.render.cell_kernels import Cells, light_at
from core.synthesis.render.device_world import Lights, Look, View, World
from core.synthesis.render.grid_kernels import Grid
from core.synthesis.render.light_kernels import Channels, open_light
from core.synthesis.render.point_kernels import Point, point_at
from core.synthesis.render.ray_kernels import pixel_ray
from core.synthesis.render.texture_kernels import albedo_at, bumped_normal, texels_at
from core.synthesis.render.warp_module import func, kernel

_SKIN_WRAP = wp.constant(wp.vec3(0.25, 0.10, 0.06))  # light that comes round inside the skin
_MIRRORED = wp.constant(0.04)  # share that a plastic or skin mirrors face on
_STEP = wp.constant(0.012)  # share of the depth by which it must jump to be an edge


@kernel
def shade_pixels(
    world: World,
    view: View,
    lights: Lights,
    cells: Cells,
    grid: Grid,
    colours: wp.array[wp.vec3],
) -> None:
    """The colour of every pixel: of its centre, and at edges of its corners too."""
    at = wp.tid()
    middle = (2 * (at // view.width) + 1) * grid.columns + 2 * (at % view.width) + 1
    corners = wp.vec4i(
        middle - grid.columns - 1,
        middle - grid.columns + 1,
        middle + grid.columns - 1,
        middle + grid.columns + 1,
    )
    colour = shaded(world, view, lights, cells, grid, middle)
    if is_edge(world, grid, middle, corners):
        colour *= 0.5
        for corner in range(4):
            colour += 0.125 * shaded(world, view, lights, cells, grid, corners[corner])
    colours[at] = colour


@func
def is_edge(world: World, grid: Grid, middle: int, corners: wp.vec4i) -> bool:
    """Whether any corner of a pixel shows something else than its middle."""
    found = wp.bool(False)
    for corner in range(4):
        if differ(world, grid, middle, corners[corner]):
            found = True
    return found


@func
def differ(world: World, grid: Grid, a: int, b: int) -> bool:
    """Whether two samples show different surfaces or a step in depth."""
    face_a = grid.face[a]
    face_b = grid.face[b]
    if face_a == face_b:
        return False
    if face_a < 0 or face_b < 0:
        return True
    if world.face_surface[face_a] != world.face_surface[face_b]:
        return True
    return wp.abs(grid.nearness[a] - grid.nearness[b]) > _STEP * grid.nearness[a]


@func
def shaded(
    world: World, view: View, lights: Lights, cells: Cells, grid: Grid, sample: int
) -> wp.vec3:
    """The linear colour that the camera sees at a sample of the grid."""
    face = grid.face[sample]
    if face < 0:
        return lights.background
    place = 0.5 * wp.vec2(float(sample % grid.columns), float(sample // grid.columns))
    direction = pixel_ray(view, place[0], place[1])
    point = point_at(world, view, face, grid.nearness[sample], direction)
    light = light_at(world, lights, cells, point, place)
    return reflected(world, lights, point, light, -wp.normalize(direction))


@func
def reflected(
    world: World, lights: Lights, point: Point, light: Channels, viewer: wp.vec3
) -> wp.vec3:
    """What a place throws back to the viewer."""
    look = world.looks[point.surface]
    texels = texels_at(world, point)
    normal = bumped_normal(world, point, texels)
    tilt = wp.cw_div(open_light(lights, normal), open_light(lights, point.normal) + wp.vec3(1.0e-4))
    matt = wp.cw_mul(wp.vec3(light[0], light[1], light[2]), tilt)
    shine = wp.vec3(0.0)
    for lamp in range(lights.direction.shape[0]):
        colour = lights.colour[lamp] * light[lamp + 4]
        cosine = wp.dot(normal, lights.direction[lamp])
        matt += wp.cw_mul(colour, diffuse(look, cosine))
        if cosine > 0.0 and look.gloss > 0.0:
            half = wp.normalize(lights.direction[lamp] + viewer)
            shine += colour * highlight(look, lights.spread[lamp], 1.0 - wp.dot(normal, half))
    return wp.cw_mul(albedo_at(world, point, texels), wp.max(matt, wp.vec3(0.0))) + shine


@func
def diffuse(look: Look, cosine: float) -> wp.vec3:
    """How bright a surface is under a slanting lamp, per colour: skin lets red light through."""
    if look.is_skin == 0:
        return wp.vec3(wp.max(cosine, 0.0))
    wrapped = wp.cw_div(wp.vec3(cosine) + _SKIN_WRAP, wp.vec3(1.0) + _SKIN_WRAP)
    return wp.max(wrapped, wp.vec3(0.0))


@func
def highlight(look: Look, spread: float, slant: float) -> float:
    """Mirrored light of a lamp (Blinn-Phong, normalised: the sharper, the brighter).

    `slant` is 0 where the lamp is mirrored to the viewer; a wide lamp is mirrored widely.
    """
    sharpness = look.sharpness / (1.0 + 0.5 * look.sharpness * spread * spread)
    if slant * sharpness > 7.0:
        return 0.0  # where nothing would be seen of it
    shine = wp.pow(wp.max(1.0 - slant, 0.0), sharpness)
    return look.gloss * _MIRRORED * (sharpness + 2.0) / 8.0 * shine
