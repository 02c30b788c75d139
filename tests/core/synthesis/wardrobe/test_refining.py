"""Splitting long edges."""

from collections import Counter

import numpy as np

from core.synthesis.wardrobe.mesh.refining import split_long_edges
from core.synthesis.wardrobe.mesh.triangles import edges_of

POINTS = np.array([[0, 0, 0], [4, 0, 0], [4, 1, 0], [0, 1, 0], [2, 3, 0]], np.float32)
FACES = np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4]], np.int32)


def test_long_edges_are_halved_and_short_ones_kept():
    refined = split_long_edges(FACES, POINTS, 2.5)
    points = refined.carried(POINTS)
    edges, _ = edges_of(refined.faces)
    lengths = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
    assert lengths.max() < 3.0
    assert [0, 3] in edges.tolist()  # the side of length 1


def test_the_mesh_stays_closed_and_covers_the_same_area():
    refined = split_long_edges(FACES, POINTS, 1.5)
    points = refined.carried(POINTS)
    a, b, c = (points[refined.faces[:, corner]] for corner in range(3))
    crosses = np.cross(b - a, c - a)[:, 2]
    assert (crosses > 0).all()
    assert np.isclose(crosses.sum() / 2, 4 + 4)
    sides = Counter(tuple(sorted(pair)) for face in refined.faces.tolist()
                    for pair in zip(face, face[1:] + face[:1], strict=True))  # fmt: skip
    border = [pair for pair, count in sides.items() if count == 1]
    assert max(sides.values()) == 2
    # The outline has no vertex in the middle of somebody else's edge.
    assert len(border) == sum(2 if length > 1.5 else 1 for length in (4, 1, 8**0.5, 8**0.5, 1))


def test_new_vertices_of_a_ball_lie_near_it():
    turn = np.linspace(0, 2 * np.pi, 9)[:-1]
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], 1)
    ball = np.concatenate([ring, [[0, 0, 1], [0, 0, -1]]]).astype(np.float32)
    k = np.arange(8)
    faces = np.concatenate([
        np.stack([k, (k + 1) % 8, 0 * k + 8], 1), np.stack([(k + 1) % 8, k, 0 * k + 9], 1)
    ]).astype(np.int32)  # fmt: skip
    refined = split_long_edges(faces, ball, 0.5)
    gap = 1 - np.linalg.norm(refined.rounded(ball, ball), axis=1)
    chord = 1 - np.linalg.norm(refined.carried(ball), axis=1)
    assert chord.max() > 0.29
    assert (np.abs(gap) < 0.41 * chord + 1e-6).all()
