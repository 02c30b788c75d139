"""Boxes, balls, tubes and panels."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.synthesis.room.mesh import Mesh


def box(size: ArrayLike, centre: ArrayLike = (0.0, 0.0, 0.0)) -> Mesh:
    """A cuboid of `size` (3,) metres about `centre`."""
    corners, faces, first, second = _unit_box()
    scale = np.asarray(size, np.float32)
    vertices = corners * scale + np.asarray(centre, np.float32)
    uv = np.stack([vertices.ravel()[first], vertices.ravel()[second]], axis=1)
    return Mesh.of(vertices, faces, uv)


def panel(corner: ArrayLike, along: ArrayLike, up: ArrayLike) -> Mesh:
    """A rectangle from a corner along two edges; seen from where they turn counter-clockwise."""
    start, a, b = (np.asarray(one, np.float64) for one in (corner, along, up))
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    uv = np.array([[0, 0], [lengths[0], 0], lengths, [0, lengths[1]]])
    vertices = np.stack([start, start + a, start + a + b, start + b])
    return Mesh.of(vertices, np.array([[0, 1, 2], [0, 2, 3]]), uv)


def ball(radii: ArrayLike, centre: ArrayLike = (0.0, 0.0, 0.0)) -> Mesh:
    """An ellipsoid with half-axes `radii` (a number or (3,))."""
    points, faces, uv = _unit_ball()
    scale = np.broadcast_to(np.asarray(radii, np.float64), 3)
    return Mesh.of(points * scale + np.asarray(centre), faces, uv * scale.mean())


def tube(path: ArrayLike, radius: ArrayLike, sides: int = 8) -> Mesh:
    """A round rod along `path` (N, 3); `radius` a number or (N,). Its ends are closed."""
    points = np.asarray(path, np.float64)
    radii = np.broadcast_to(np.asarray(radius, np.float64), len(points))
    points = np.concatenate([points[:1], points, points[-1:]])
    radii = np.concatenate([[0.0], radii, [0.0]])
    across, upward = _frames(points)
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    ring = np.cos(angle)[:, None, None] * across + np.sin(angle)[:, None, None] * upward
    vertices = (points + ring * radii[:, None]).transpose(1, 0, 2)
    lengths = np.cumsum([0.0, *np.linalg.norm(np.diff(points, axis=0), axis=1)])
    around = np.broadcast_to(angle * radii.max(), (len(points), sides + 1))
    uv = np.stack([around, np.broadcast_to(lengths[:, None], around.shape)], axis=-1)
    return Mesh.of(vertices.reshape(-1, 3), lattice(*around.shape), uv.reshape(-1, 2))


def lattice(rows: int, columns: int) -> NDArray[np.int32]:
    """Faces of a grid of vertices numbered row by row; counter-clockwise from +Z if x, y grow."""
    at = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    return np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)


@cache
def _unit_box() -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """24 corners, 12 faces, and where in the flat corners the uv of each corner stand."""
    corners, first, second = [], [], []
    for normal, along, up in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        for sign in (1, -1):
            square = np.zeros((4, 3), np.float32)
            square[:, along], square[:, up] = (-1, 1, 1, -1)[::sign], (-1, -1, 1, 1)[::sign]
            square[:, normal] = sign
            first += [(len(corners) * 4 + n) * 3 + along for n in range(4)]
            second += [(len(corners) * 4 + n) * 3 + up for n in range(4)]
            corners.append(square / 2)
    faces = (np.array([[0, 1, 2], [0, 2, 3]]) + 4 * np.arange(6)[:, None, None]).reshape(-1, 3)
    return np.concatenate(corners), faces.astype(np.int32), np.array(first), np.array(second)


@cache
def _unit_ball() -> tuple[NDArray, NDArray, NDArray]:
    turn, rise = np.linspace(0, 2 * np.pi, 15), np.linspace(-np.pi / 2, np.pi / 2, 10)
    lon, lat = np.meshgrid(turn, rise)
    points = np.stack([np.cos(lon) * np.cos(lat), np.sin(lon) * np.cos(lat), np.sin(lat)], axis=-1)
    uv = np.stack([lon, lat], axis=-1)
    return points.reshape(-1, 3), lattice(*lon.shape), uv.reshape(-1, 2)


def _frames(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two unit vectors across the path at each point, (N, 3) each."""
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    # An axis that no stretch of the path follows keeps the frame from flipping on the way.
    least = np.eye(3)[np.argmin(np.abs(along).max(axis=0))]
    across = np.cross(least, along)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    return across, np.cross(along, across)
