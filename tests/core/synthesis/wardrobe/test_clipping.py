"""Cutting meshes along iso-lines."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.synthesis.wardrobe.mesh.clipping import cut_out


def sheet(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Vertices (x, y in 0..1) and triangles of a flat square."""
    y, x = np.meshgrid(np.linspace(0, 1, side + 1), np.linspace(0, 1, side + 1), indexing="ij")
    at = np.arange((side + 1) ** 2, dtype=np.int32).reshape(side + 1, side + 1)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    faces = np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], 2).reshape(-1, 3)
    return np.stack([x.ravel(), y.ravel()], 1).astype(np.float32), faces


def area(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    one, other = (
        points[faces[:, 1]] - points[faces[:, 0]],
        points[faces[:, 2]] - points[faces[:, 0]],
    )
    return (one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / 2


@given(st.floats(0.03, 0.97), st.floats(-1.0, 1.0))
def test_the_hem_is_the_line_and_the_area_is_right(height: float, slope: float):
    points, faces = sheet(9)
    field = height + slope * (points[:, 0] - 0.5) - points[:, 1]
    cutting = cut_out(faces, field)
    cut = cutting.carried(points)
    on_line = cutting.carried(field)[np.unique(cutting.hem)]
    # Shares are kept off corners by two per cent of an edge of 1/9.
    assert np.abs(on_line).max(initial=0) < 0.02 * 2 / 9
    x = np.linspace(0, 1, 20001)
    expected = np.clip(height + slope * (x - 0.5), 0, 1).mean()
    assert abs(area(cut, cutting.faces).sum() - expected) < 0.01


@given(st.integers(0, 10_000))
def test_pieces_keep_orientation_and_source(seed: int):
    points, faces = sheet(5)
    field = np.random.default_rng(seed).standard_normal(len(points)).astype(np.float32)
    cutting = cut_out(faces, field)
    pieces = area(cutting.carried(points), cutting.faces)
    assert (pieces > 0).all()
    inside = (field[faces] > 0).any(axis=1)
    assert set(np.unique(cutting.source)) == set(np.flatnonzero(inside))


def test_hem_edges_run_with_their_faces():
    points, faces = sheet(6)
    cutting = cut_out(faces, points[:, 1] - 0.41)
    for edge, face in zip(cutting.hem, cutting.faces[cutting.hem_faces], strict=True):
        sides = {(face[k], face[(k + 1) % 3]) for k in range(3)}
        assert tuple(edge) in sides


def test_nothing_inside_gives_nothing():
    points, faces = sheet(3)
    cutting = cut_out(faces, np.full(len(points), -1, np.float32))
    assert len(cutting.faces) == len(cutting.ends) == len(cutting.hem) == 0
