"""Bags around points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.synthesis.wardrobe.mesh.hull import Globe

GLOBE = Globe.of(14, 20)


def outside_of(vertices: np.ndarray, faces: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How far points lie beyond the planes of a convex bag's faces, the largest for each."""
    a, b, c = (vertices[faces[:, corner]] for corner in range(3))
    normals = np.cross(b - a, c - a)
    size = np.linalg.norm(normals, axis=1)
    keep = size > 1e-9
    normals = normals[keep] / size[keep, None]
    return ((points[:, None] - a[keep]) * normals).sum(axis=-1).max(axis=1)


@given(st.integers(0, 1000), st.floats(0.5, 4.0))
def test_the_bag_goes_around_its_points(seed: int, length: float):
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((80, 3))
    points *= (0.03 * length, 0.03, 0.02) / np.linalg.norm(points, axis=1, keepdims=True)
    frame = np.linalg.qr(rng.standard_normal((3, 3)))[0]
    frame[2] *= np.linalg.det(frame)
    bag = GLOBE.around(points @ frame, frame, 0.006)
    size = np.ptp(points, axis=0).max()
    # Rounded corners may cut off a few per cent of the size, not more.
    assert outside_of(bag, GLOBE.faces, points @ frame).max() < 0.06 * size
    assert np.linalg.norm(bag - (points @ frame).mean(axis=0), axis=1).max() < 1.2 * size


def test_faces_look_outward():
    vertices = GLOBE.directions
    a, b, c = (vertices[GLOBE.faces[:, corner]] for corner in range(3))
    assert (((a + b + c) * np.cross(b - a, c - a)).sum(axis=1) > 0).all()
