"""Rotations as matrices and quaternions (w, x, y, z), many at a time."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def about(axis: ArrayLike, degrees: ArrayLike) -> Array:
    """Rotation matrices (..., 3, 3) by `degrees` (...) about axes (..., 3), right-handed."""
    x, y, z = np.moveaxis(_unit(np.asarray(axis, np.float64)), -1, 0)
    angle = np.radians(np.asarray(degrees, np.float64))
    half = np.sin(angle / 2)
    return matrix(
        np.stack(np.broadcast_arrays(np.cos(angle / 2), x * half, y * half, z * half), -1)
    )


def between(start: ArrayLike, end: ArrayLike) -> Array:
    """The shortest rotation (3, 3) that turns the direction `start` (3,) into `end`."""
    a, b = _unit(np.asarray(start, np.float64)), _unit(np.asarray(end, np.float64))
    q = np.array([1 + a @ b, *np.cross(a, b)])
    if q[0] < 1e-9:  # opposite: any axis across will do
        across = np.cross(a, np.eye(3)[np.argmin(np.abs(a))])
        q = np.array([0.0, *across])
    return matrix(_unit(q))


def matrix(q: Array) -> Array:
    """Unit quaternions (..., 4) -> matrices (..., 3, 3)."""
    w, x, y, z = np.moveaxis(q, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def quaternion(rotation: Array) -> Array:
    """Matrices (..., 3, 3) -> unit quaternions (..., 4) with w >= 0.

    The largest of the four components is taken from the diagonal, so no angle loses precision.
    """
    m = np.moveaxis(rotation, (-2, -1), (0, 1))
    xx, yy, zz = m[0, 0], m[1, 1], m[2, 2]
    minus_x, minus_y, minus_z = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]
    plus_x, plus_y, plus_z = m[2, 1] + m[1, 2], m[0, 2] + m[2, 0], m[1, 0] + m[0, 1]
    rows = [
        [1 + xx + yy + zz, minus_x, minus_y, minus_z],
        [minus_x, 1 + xx - yy - zz, plus_z, plus_y],
        [minus_y, plus_z, 1 - xx + yy - zz, plus_x],
        [minus_z, plus_y, plus_x, 1 - xx - yy + zz],
    ]
    candidates = np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
    best = np.argmax(np.diagonal(candidates, axis1=-2, axis2=-1), axis=-1)
    q = _unit(np.take_along_axis(candidates, best[..., None, None], axis=-2)[..., 0, :])
    return np.where(q[..., :1] < 0, -q, q)


def product(first: Array, second: Array) -> Array:
    """Hamilton products (..., 4): `second` acts before `first`, as with matrices."""
    aw, a = first[..., :1], first[..., 1:]
    bw, b = second[..., :1], second[..., 1:]
    w = aw * bw - (a * b).sum(-1, keepdims=True)
    return np.concatenate([w, aw * b + bw * a + np.cross(a, b)], axis=-1)


def halved(q: Array) -> Array:
    """Half the rotation of quaternions with w >= 0."""
    return _unit(q + np.array([1.0, 0, 0, 0]))


def swing_and_twist(q: Array) -> tuple[Array, Array]:
    """Quaternions as swing * twist, the twist about Z; near half turns the twist fades to none."""
    twist = q * np.array([1.0, 0, 0, 1.0])
    size = np.linalg.norm(twist, axis=-1, keepdims=True)
    sure = np.clip((size - 0.05) / 0.2, 0, 1)
    twist = twist * sure + np.array([1.0, 0, 0, 0]) * (1 - sure)
    twist = _unit(np.where(twist[..., :1] < 0, -twist, twist))
    return product(q, twist * np.array([1.0, -1, -1, -1])), twist


def _unit(vectors: Array) -> Array:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
