# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""What the camera sees on a grid of samples, half a pixel apart.

Sample (0, 0) is the image's top left corner; pixels' centres are the samples with odd indices,
pixels' corners those with even ones. A picture of W x H pixels has a grid of 2 W + 1 columns.
"""

import warp as wp

from core.synthesis.render.device_world import View, World
from core.synthesis.render.ray_kernels import first_hit, pixel_ray
from core.synthesis.render.warp_module import func, kernel, struct

_NEAR = wp.constant(1.0e-3)  # metres before the camera
_SEAM = wp.constant(3.0e-4)  # steps of the grid by which faces overlap, lest rounding opens gaps
_FAR = wp.constant(1.0e5)


@struct
class Grid:
    """For every sample the nearest face, -1 for none, and how near it is: 1 / depth."""

    columns: int
    rows: int
    face: wp.array[int]
    nearness: wp.array[float]


@struct
class Reach:
    """The samples that a face can touch; `right` and `bottom` are the first outside."""

    left: int
    top: int
    right: int
    bottom: int


@struct
class Planes:
    """Linear functions of column and row within a reach, whose values count from its corner.

    ab, bc, ca are not below 0 on the face's side of that edge; nearness is 1 / depth.
    """

    ab: wp.vec3
    bc: wp.vec3
    ca: wp.vec3
    nearness: wp.vec3


@kernel
def project(world: World, view: View, places: wp.array[wp.vec3]) -> None:
    """Vertices in homogeneous places on the grid: (column, row, 1) times depth."""
    at = wp.tid()
    offset = world.vertices[at] - view.position
    depth = wp.dot(offset, view.forward)
    scale = 2.0 * view.focal * view.focal
    x = scale * wp.dot(offset, view.right) + float(view.width) * depth
    y = scale * wp.dot(offset, view.down) + float(view.height) * depth
    places[at] = wp.vec3(x, y, depth)


@kernel
def rasterise(world: World, first: int, places: wp.array[wp.vec3], grid: Grid) -> None:
    """Fill the grid face after face: only for a CPU, where it is several times faster than rays."""
    face = first + wp.tid()
    a = places[world.indices[3 * face]]
    b = places[world.indices[3 * face + 1]]
    c = places[world.indices[3 * face + 2]]
    reach = reach_of(grid, a, b, c)
    if reach.left >= reach.right or reach.top >= reach.bottom:
        return
    # Relative to the reach's corner: far from it, small faces would drown in rounding.
    corner = wp.vec3(float(reach.left), float(reach.top), 0.0)
    a -= corner * a[2]
    b -= corner * b[2]
    c -= corner * c[2]
    volume = wp.dot(a, wp.cross(b, c))
    if volume != 0.0:
        fill(grid, reach, planes_of(a, b, c, volume), face)


@func
def reach_of(grid: Grid, a: wp.vec3, b: wp.vec3, c: wp.vec3) -> Reach:
    """Bounds of a face; the whole grid for one that passes the camera's plane."""
    reach = Reach()
    if wp.min(a[2], wp.min(b[2], c[2])) < _NEAR:
        if wp.max(a[2], wp.max(b[2], c[2])) > _NEAR:
            reach.right = grid.columns
            reach.bottom = grid.rows
        return reach
    p = wp.vec2(a[0], a[1]) / a[2]
    q = wp.vec2(b[0], b[1]) / b[2]
    r = wp.vec2(c[0], c[1]) / c[2]
    # held within the grid first: a number too large for an integer would become any
    last = wp.vec2(float(grid.columns - 1), float(grid.rows - 1))
    low = wp.min(p, wp.min(q, r)) - wp.vec2(_SEAM)
    high = wp.max(p, wp.max(q, r)) + wp.vec2(_SEAM)
    low = wp.max(wp.vec2(0.0), wp.min(low, last + wp.vec2(1.0)))
    high = wp.min(last, wp.max(high, wp.vec2(-1.0)))
    reach.left = int(wp.ceil(low[0]))
    reach.top = int(wp.ceil(low[1]))
    reach.right = int(wp.floor(high[0])) + 1
    reach.bottom = int(wp.floor(high[1])) + 1
    return reach


@func
def planes_of(a: wp.vec3, b: wp.vec3, c: wp.vec3, volume: float) -> Planes:
    """The planes through the camera and each edge; over the volume, their sum is 1 / depth."""
    planes = Planes()
    planes.ab = wp.cross(a, b) / volume
    planes.bc = wp.cross(b, c) / volume
    planes.ca = wp.cross(c, a) / volume
    planes.nearness = planes.ab + planes.bc + planes.ca
    planes.ab = widened(planes.ab)
    planes.bc = widened(planes.bc)
    planes.ca = widened(planes.ca)
    return planes


@func
def widened(edge: wp.vec3) -> wp.vec3:
    """An edge's plane moved outwards by the seam."""
    return edge + wp.vec3(0.0, 0.0, _SEAM * (wp.abs(edge[0]) + wp.abs(edge[1])))


@func
def fill(grid: Grid, reach: Reach, planes: Planes, face: int) -> None:
    """Put a face on all samples that it covers and on which it is the nearest so far."""
    for row in range(reach.bottom - reach.top):
        y = float(row)
        start = (row + reach.top) * grid.columns + reach.left
        last = float(reach.right - reach.left - 1)
        span = wp.vec2(0.0, last)
        span = narrowed(span, planes.ab, y)
        span = narrowed(span, planes.bc, y)
        span = narrowed(span, planes.ca, y)
        offset = planes.nearness[1] * y + planes.nearness[2]
        # held within the reach first, as above
        left = int(wp.ceil(wp.min(span[0], last + 1.0)))
        right = int(wp.floor(wp.max(span[1], -1.0)))
        for column in range(left, right + 1):
            nearness = planes.nearness[0] * float(column) + offset
            if nearness > grid.nearness[start + column]:
                grid.nearness[start + column] = nearness
                grid.face[start + column] = face


@func
def narrowed(span: wp.vec2, plane: wp.vec3, y: float) -> wp.vec2:
    """The part of a row, first to last place, on which a plane is not below 0."""
    value = plane[1] * y + plane[2]
    if plane[0] > 0.0:
        return wp.vec2(wp.max(span[0], -value / plane[0]), span[1])
    if plane[0] < 0.0:
        return wp.vec2(span[0], wp.min(span[1], -value / plane[0]))
    if value < 0.0:
        return wp.vec2(span[0], -1.0)
    return span


@kernel
def trace_grid(world: World, view: View, grid: Grid, person: wp.array[wp.uint8]) -> None:
    """Fill the grid by rays, all at once; `person` is 1 where the person is, covered or not."""
    at = wp.tid()
    x = 0.5 * float(at % grid.columns)
    y = 0.5 * float(at // grid.columns)
    hit = first_hit(world, view.position, pixel_ray(view, x, y))
    grid.face[at] = hit.face
    grid.nearness[at] = 0.0
    if hit.face >= 0:
        grid.nearness[at] = 1.0 / hit.depth
    person[at] = wp.uint8(0)
    if hit.person < _FAR:
        person[at] = wp.uint8(1)
