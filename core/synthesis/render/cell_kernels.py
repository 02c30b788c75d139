# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""Light sampled on cells of two by two pixels, smoothed, and looked up again."""

import warp as wp

from core.synthesis.render.device_world import Lights, View, World
from core.synthesis.render.grid_kernels import Grid
from core.synthesis.render.light_kernels import (
    MOST_LAMPS,
    UNKNOWN,
    Channels,
    sampled,
    unknown_light,
)
from core.synthesis.render.point_kernels import Point, point_at
from core.synthesis.render.ray_kernels import pixel_ray
from core.synthesis.render.warp_module import func, kernel, struct

_THICK = wp.constant(5.0)  # pixels: places farther off a cell's plane do not share its light
_ALIKE = wp.constant(0.5)  # likeness from which a cell may take over its neighbours' light
_ENOUGH = wp.constant(0.02)  # weight of the cells around with which a place is content


@struct
class Cell:
    """Where the light of two by two pixels was sampled; `valid` is 0 where nothing is seen."""

    position: wp.vec3
    normal: wp.vec3
    pixel: float  # metres that a pixel covers
    valid: int


@struct
class Cells:
    """Cells in rows, and the light at each: of one set of rays, or smoothed."""

    columns: int
    rows: int
    cell: wp.array[Cell]
    light: wp.array[Channels]


@struct
class Gathered:
    """Light from the cells around a place, and how much they count."""

    light: Channels
    weight: float


@kernel
def sample_cells(
    world: World, view: View, lights: Lights, grid: Grid, cells: Cells, is_second: int
) -> None:
    """Light in the middle of each cell, of the black squares of a chess board, then the white.

    The second time, a cell saves a ray if those of its four neighbours all met the same.
    """
    at = wp.tid()
    i = at % cells.columns
    j = at // cells.columns
    if ((i + j) & 1) != is_second:
        return
    column = wp.min(4 * i + 2, grid.columns - 1)
    row = wp.min(4 * j + 2, grid.rows - 1)
    seen = row * grid.columns + column
    cell = Cell()
    if grid.face[seen] >= 0:
        direction = pixel_ray(view, 0.5 * float(column), 0.5 * float(row))
        point = point_at(world, view, grid.face[seen], grid.nearness[seen], direction)
        cell.position = point.position
        cell.normal = point.normal
        cell.pixel = point.pixel
        cell.valid = 1
        known = unknown_light()
        if is_second == 1:
            known = agreed(cells, cell, i, j)
        cells.light[at] = sampled(world, lights, point, ray_of(i, j), known)
    cells.cell[at] = cell


@func
def ray_of(i: int, j: int) -> int:
    """Which of the 25 rays a cell uses: every 5 x 5 cells use all."""
    return i % 5 + 5 * (j % 5)


@func
def agreed(cells: Cells, cell: Cell, i: int, j: int) -> Channels:
    """The light of the four neighbours as far as they are alike and their rays met the same."""
    light = Channels()
    if wp.min(i, j) == 0 or i + 1 == cells.columns or j + 1 == cells.rows:
        return unknown_light()
    at = j * cells.columns + i
    sides = wp.vec4i(at - 1, at + 1, at - cells.columns, at + cells.columns)
    for side in range(4):
        light += 0.25 * cells.light[sides[side]]
        if likeness(cell.position, cell.normal, cell.pixel, cells.cell[sides[side]]) < _ALIKE:
            return unknown_light()
    for channel in range(3, 4 + MOST_LAMPS):
        if light[channel] > 0.01 and light[channel] < 0.99:
            light[channel] = UNKNOWN
    return light


@kernel
def smooth_cells(rough: Cells, smooth: Cells) -> None:
    """Average the light over 5 x 5 cells of the same surface, whose rays are all different."""
    at = wp.tid()
    here = rough.cell[at]
    if here.valid == 0:
        return
    i = at % rough.columns
    j = at // rough.columns
    total = wp.float32(0.0)
    light = Channels()
    for y in range(wp.max(0, j - 2), wp.min(rough.rows, j + 3)):
        for x in range(wp.max(0, i - 2), wp.min(rough.columns, i + 3)):
            other = y * rough.columns + x
            weight = likeness(here.position, here.normal, here.pixel, rough.cell[other])
            total += weight
            light += rough.light[other] * weight
    smooth.light[at] = light / wp.max(total, 1.0e-6)


@func
def likeness(position: wp.vec3, normal: wp.vec3, pixel: float, cell: Cell) -> float:
    """How far a cell's light holds elsewhere, 0 to 1: near its plane, facing the same way."""
    if cell.valid == 0:
        return 0.0
    way = cell.position - position
    lift = wp.abs(wp.dot(way, normal)) + wp.abs(wp.dot(way, cell.normal))
    lift = lift / (_THICK * pixel)
    near = wp.max(0.0, 1.0 - lift * lift)
    facing = wp.max(0.0, wp.dot(normal, cell.normal))
    facing = facing * facing
    return near * near * facing * facing


@func
def light_at(world: World, lights: Lights, cells: Cells, point: Point, place: wp.vec2) -> Channels:
    """The light at a place: from cells near by, or, where none is alike, by rays of its own."""
    found = gathered(cells, point, place, 0)
    if found.weight < _ENOUGH:
        found = gathered(cells, point, place, 1)
    if found.weight < _ENOUGH * _ENOUGH:
        light = Channels()
        for ray in range(4):
            sample = 5 * ray + ray_of(int(place[0]), int(place[1])) % 5
            light += 0.25 * sampled(world, lights, point, sample, unknown_light())
        return light
    return found.light / found.weight


@func
def gathered(cells: Cells, point: Point, place: wp.vec2, margin: int) -> Gathered:
    """The light of the 2 x 2 cells around a place in the image, or of 4 x 4 with margin 1."""
    x = 0.5 * place[0] - 0.5
    y = 0.5 * place[1] - 0.5
    left = int(wp.floor(x))
    top = int(wp.floor(y))
    light = Channels()
    total = wp.float32(0.0)
    for j in range(top - margin, top + 2 + margin):
        for i in range(left - margin, left + 2 + margin):
            across = wp.max(0.0, 1.0 - wp.abs(x - float(i)))
            down = wp.max(0.0, 1.0 - wp.abs(y - float(j)))
            at = wp.clamp(j, 0, cells.rows - 1) * cells.columns
            at += wp.clamp(i, 0, cells.columns - 1)
            weight = likeness(point.position, point.normal, point.pixel, cells.cell[at])
            weight *= across * down + 1.0e-3
            total += weight
            light += cells.light[at] * weight
    found = Gathered()
    found.light = light
    found.weight = total
    return found
