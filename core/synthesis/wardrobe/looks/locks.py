"""Locks of hair: narrow strips that start on the scalp, follow the head and hang down."""

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.surface import Material, Role, Surface
from core.synthesis.wardrobe.looks.hair_style import HairStyle
from core.synthesis.wardrobe.mesh.triangles import Faces, Vectors
from core.synthesis.wardrobe.template.features import Features
from core.synthesis.wardrobe.template.wearer import Wearer

LOCK_POINTS = 5  # along a lock


class Locks:
    """Narrow strips that start on the scalp and follow the head."""

    def __init__(
        self,
        features: Features,
        scalp: NDArray[np.floating],
        style: HairStyle,
        rng: np.random.Generator,
    ) -> None:
        """Where `scalp` (V,) is positive, most of them near the hairline."""
        span = self._span = features.eye_span
        candidates = np.flatnonzero(scalp > 0.03 * span)
        count = min(style.locks, len(candidates))
        weights = 1 / (0.3 + scalp[candidates] / span)
        self._roots = candidates[:0]
        if count:
            self._roots = rng.choice(candidates, count, p=weights / weights.sum())
        self._length = style.lock_length * span * rng.uniform(0.5, 1.2, (count, 1, 1))
        self._width = style.lock_width * span * rng.uniform(0.6, 1.3, (count, 1, 1))
        self._depth = 0.8 * style.depth * span
        self._parting = _parted(features, self._roots, style.lock_length)
        self._wave = rng.normal(0, 1, (count, 1, 3)) * (0.25 + 0.6 * style.curl)
        self._curl = style.curl * rng.uniform(0.5, 1.0, (count, 1, 1))
        self._faces = _strip_faces(count)
        self._uv = _strip_uv(self._length, self._width)

    def surfaces(self, wearer: Wearer, material: Material) -> list[Surface]:
        """All locks as one surface in one frame, or none."""
        if not len(self._roots):
            return []
        vertices = self._grown(wearer).reshape(-1, 3).astype(np.float32)
        parts = np.full(len(self._faces), BodyPart.HEAD, np.uint8)
        return [Surface(vertices, self._faces, self._uv, Role.HAIR, material, parts)]

    def _grown(self, wearer: Wearer) -> Vectors:
        """Strips (N, LOCK_POINTS, 2, 3) in the world."""
        posed, scale = wearer.posed, wearer.scale
        root, normal = posed.vertices[self._roots][:, None], posed.normals[self._roots][:, None]
        head = wearer.head_rotation.T
        combed = (self._parting + 0.5 * self._wave) @ head
        flat = combed - normal * (combed * normal).sum(axis=-1, keepdims=True)
        flat = flat / np.linalg.norm(flat, axis=-1, keepdims=True)
        t = np.linspace(0, 1, LOCK_POINTS)[None, :, None]
        # Around the head as around a ball, or hanging straight down where the lock is longer.
        radius = 1.5 * self._span * scale
        turn = np.minimum(t * self._length * scale / radius, 1.1 + 0 * t)
        rest = np.maximum(t * self._length * scale - turn * radius, 0)
        out = self._depth * scale * (0.5 + np.sin(np.pi * np.minimum(t + 0.2, 1)))
        out = out + self._curl * 0.12 * self._length * scale * np.sin(9 * t)
        middle = root + radius * (np.sin(turn) * flat + (np.cos(turn) - 1) * normal)
        middle = middle + out * normal + rest * (np.array([0, 0.05, -1.0]) @ head)
        side = np.cross(normal, flat)
        half = 0.5 * self._width * scale * (1 - 0.85 * t**2)
        return np.stack([middle - half * side, middle + half * side], axis=2)


def _parted(features: Features, root: NDArray[np.int64], length: float) -> Vectors:
    """Which way locks (N, 1, 3) are combed: down, and where they are long away from the face."""
    roots, span = features.anatomy.rest[root], features.eye_span
    middle = features.anatomy.joints["head"][1]
    front = np.clip((middle - roots[:, 1]) / span, 0, 1) * np.clip(length - 0.4, 0, 1)
    aside = np.where(roots[:, 0] > 0, 1, -1) * np.clip(np.abs(roots[:, 0]) / span + 0.3, 0, 1)
    return np.stack([1.4 * front * aside, 0.25 + 1.2 * front, -1 + 0.75 * front], axis=1)[:, None]


def _strip_uv(length: Vectors, width: Vectors) -> NDArray[np.float32]:
    """Across and along each lock, metres."""
    along = np.linspace(0, 1, LOCK_POINTS)[None, :, None] * length
    across = np.array([-0.5, 0.5])[None, None] * width
    uv = np.stack(np.broadcast_arrays(across, along), axis=-1)
    return uv.reshape(-1, 2).astype(np.float32)


def _strip_faces(count: int) -> Faces:
    at = np.arange(count * LOCK_POINTS * 2, dtype=np.int32).reshape(count, LOCK_POINTS, 2)
    a, b, c, d = at[:, :-1, 0], at[:, :-1, 1], at[:, 1:, 1], at[:, 1:, 0]
    return np.stack([np.stack([a, c, b], -1), np.stack([a, d, c], -1)], axis=2).reshape(-1, 3)
