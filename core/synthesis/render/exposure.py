"""Takes one picture on a device: what is seen, how it is lit, which colour that gives."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from core.synthesis.render.cell_kernels import Cell, Cells, sample_cells, smooth_cells
from core.synthesis.render.device_scene import lights_of, upload, view_of
from core.synthesis.render.device_world import Lights, View, World
from core.synthesis.render.grid_kernels import Grid, project, rasterise, trace_grid
from core.synthesis.render.light_kernels import Channels
from core.synthesis.render.ray_kernels import Hit, trace_points
from core.synthesis.render.scene_arrays import SceneArrays
from core.synthesis.render.shade_kernels import shade_pixels
from core.synthesis.render.warp_module import empty
from core.synthesis.scene import Scene

FACE_BY_FACE = ("cpu",)  # devices on which that finds what is seen faster than rays do


@dataclass(frozen=True, eq=False)
class Exposure:
    """What came of it, on the host.

    light (H, W, 3) float32 linear; face (H, W) int32, -1 for none; depth (H, W) float32 metres;
    full (H, W) bool; keypoint_hits (16,), records of `Hit`.
    """

    light: NDArray[np.float32]
    face: NDArray[np.int32]
    depth: NDArray[np.float32]
    full: NDArray[np.bool_]
    keypoint_hits: NDArray[Any]


def expose(scene: Scene, arrays: SceneArrays, shifts: NDArray[np.float32], device: str) -> Exposure:
    """Take one picture; `shifts` (lamps + 1, 2) in [0, 1) move the samples of the light."""
    camera = scene.camera
    on_device = upload(arrays, device)
    world, view = on_device.world, view_of(camera)
    lights = lights_of(scene, shifts, device)
    grid, is_person = _filled_grid(world, view, len(arrays.faces), device)
    cells = _lit_cells(world, view, lights, grid, device)
    colours = empty(camera.height * camera.width, wp.vec3, device)
    inputs = [world, view, lights, cells, grid, colours]
    wp.launch(shade_pixels, len(colours), inputs, device=device)
    light = np.asarray(colours.numpy(), np.float32).reshape(camera.height, camera.width, 3)
    with np.errstate(divide="ignore"):
        depth = np.reciprocal(_at_centres(grid.nearness.numpy(), grid))
    return Exposure(
        light=light,
        face=_at_centres(grid.face.numpy(), grid),
        depth=depth,
        full=_at_centres(is_person, grid).copy(),
        keypoint_hits=_keypoint_hits(scene, world, view, device),
    )


def _filled_grid(
    world: World, view: View, faces: int, device: str
) -> tuple[Grid, NDArray[np.bool_]]:
    """The grid, and where on it the person is, covered or not."""
    grid = Grid()
    grid.columns, grid.rows = 2 * view.width + 1, 2 * view.height + 1
    count = grid.columns * grid.rows
    grid.face = wp.full(count, -1, dtype=int, device=device)
    grid.nearness = wp.zeros(count, dtype=float, device=device)
    if device in FACE_BY_FACE:
        return grid, _rasterised(world, view, grid, faces)
    person = empty(count, wp.uint8, device)
    wp.launch(trace_grid, count, [world, view, grid, person], device=device)
    return grid, person.numpy() > 0


def _rasterised(world: World, view: View, grid: Grid, faces: int) -> NDArray[np.bool_]:
    places = empty(len(world.vertices), wp.vec3, "cpu")
    wp.launch(project, len(places), [world, view, places], device="cpu")
    person = world.person_faces
    wp.launch(rasterise, person, [world, 0, places, grid], device="cpu")
    is_person = grid.face.numpy() >= 0
    wp.launch(rasterise, faces - person, [world, person, places, grid], device="cpu")
    return is_person


def _lit_cells(world: World, view: View, lights: Lights, grid: Grid, device: str) -> Cells:
    rough, smooth = Cells(), Cells()
    columns, rows = (view.width + 1) // 2, (view.height + 1) // 2
    cell = empty(columns * rows, Cell, device)
    for cells in (rough, smooth):
        cells.columns, cells.rows, cells.cell = columns, rows, cell
        cells.light = wp.zeros(columns * rows, dtype=Channels, device=device)
    for is_second in (0, 1):
        inputs = [world, view, lights, grid, rough, is_second]
        wp.launch(sample_cells, len(cell), inputs, device=device)
    wp.launch(smooth_cells, len(cell), [rough, smooth], device=device)
    return smooth


def _at_centres(samples: NDArray[Any], grid: Grid) -> NDArray[Any]:
    return samples.reshape(grid.rows, grid.columns)[1::2, 1::2]


def _keypoint_hits(scene: Scene, world: World, view: View, device: str) -> NDArray[Any]:
    xy = np.nan_to_num(scene.camera.project(scene.person.keypoints), nan=-1.0e6)
    places = wp.array(xy, dtype=wp.vec2, device=device)
    hits = empty(len(xy), Hit, device)
    wp.launch(trace_points, len(xy), [world, view, places, hits], device=device)
    return hits.numpy()
