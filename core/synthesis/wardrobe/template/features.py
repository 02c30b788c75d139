"""Where on the template's skin lips, brows, knees, palms and the like are, as soft masks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.anny_export import REGIONS
from core.synthesis.body.parts import BodyPart
from core.synthesis.wardrobe.mesh.triangles import smoothed
from core.synthesis.wardrobe.template.anatomy import Anatomy, Field

UNEVEN_VARIANTS = 12

Mask = NDArray[np.floating]  # (V,) 0..1

HANDS = (BodyPart.LEFT_HAND, BodyPart.RIGHT_HAND)
FEET = (BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT)


class Features:
    """Masks over the body's vertices, and the measures of the face.

    eye_span: metres between the eyes; eyes and ears (2, 3) left then right, nose (3,), on the
    template in the zero pose; masks by name.
    """

    def __init__(self, anatomy: Anatomy) -> None:
        """Find them on the template."""
        self.anatomy = anatomy
        self._points = anatomy.rest
        self._uneven: dict[int, Field] = {}
        self._head = anatomy.weight(BodyPart.HEAD)
        eyes = [self._points[self.vertices(f"eye_front.{side}")] for side in "LR"]
        self.eyes = np.stack([(one.min(axis=0) + one.max(axis=0)) / 2 for one in eyes])
        self.eye_span = float(self.eyes[0, 0] - self.eyes[1, 0])
        self.ears = self._ears()
        self.nose = self._nose()
        self.masks: dict[str, Mask] = {
            "lips": self._lips(),
            "mouth": self._inside("mouth_cavity"),
            "lids": np.maximum(self._rim("eye_cavity.L", 0.07), self._rim("eye_cavity.R", 0.07)),
            "sockets": self._sockets(),
            "brows": self._brows(),
            "cheeks": self._cheeks(),
            "ears": self._near_ears(),
            "nose tip": _bump(self._points - self.nose, 0.28 * self.eye_span) * self._head,
            "joints": self._joints(),
            "palms": self._palms(),
            "fingers": anatomy.weight(*HANDS, *FEET),
            "creases": self._creases(),
            "seat": self._seat(),
        }
        self._order = {name: column for column, name in enumerate(self.masks)}
        self._columns = np.stack(list(self.masks.values()), axis=1).astype(np.float32)

    def vertices(self, region: str) -> NDArray[np.int32]:
        """Vertices of a region of the model's faces."""
        model = self.anatomy.model
        return np.unique(model.faces[model.region == REGIONS.index(region)])

    def scalp(self, forehead: float, nape: float) -> Field:
        """Metres inside the hairline, which meets forehead and nape at these heights.

        Both count from the eyes in spans between the eyes.
        """
        span = self.eye_span
        head = self._head > 0.5
        front, back = self._points[head, 1].min(), self._points[head, 1].max()
        slope = (nape - forehead) * span / (back - front)
        line = self.eyes[0, 2] + forehead * span + slope * (self._points[:, 1] - front)
        # The hair line steps back at the temples, before it comes down to the ears.
        aside = np.abs(self._points[:, 0]) / span
        line += (
            0.22
            * span
            * np.exp(-(((aside - 0.85) / 0.3) ** 2))
            * (self._points[:, 1] < self.ears[0, 1])
        )
        inside = (self._points[:, 2] - line) / np.hypot(1, slope) - 1.2 * span * self.masks["ears"]
        return np.where(head, inside, -span).astype(np.float32)

    def stacked(self, names: Sequence[str]) -> NDArray[np.floating]:
        """Masks side by side, (V, N)."""
        return self._columns[:, [self._order[name] for name in names]]

    def uneven(self, variant: int) -> Field:
        """Uneven values about 0, a few neighbours wide, for frayed hairlines and lumps."""
        if variant not in self._uneven:
            noise = np.random.default_rng([74, variant]).standard_normal((len(self._points), 1))
            even = smoothed(noise.astype(np.float32), self.anatomy.neighbours, 3)[:, 0]
            self._uneven[variant] = np.clip(even / 0.25, -2, 2)
        return self._uneven[variant]

    def _ears(self) -> NDArray[np.floating]:
        head = np.flatnonzero(self._head > 0.9)
        sides = [head[np.argsort(sign * self._points[head, 0])[-60:]] for sign in (1, -1)]
        return np.stack([self._points[side].mean(axis=0) for side in sides])

    def _near_ears(self) -> Mask:
        away = self._points[:, None] - self.ears
        flat = np.linalg.norm(away[..., 1:] * (1.35, 1.0), axis=-1).min(axis=1)
        outside = np.abs(self._points[:, 0]) - 0.86 * self.ears[0, 0]
        return _step(0.62 - flat / self.eye_span, 0.12) * _step(outside, 0.004) * self._head

    def _nose(self) -> NDArray[np.floating]:
        middle = np.abs(self._points[:, 0]) < 0.2 * self.eye_span
        candidates = np.flatnonzero(middle & (self._head > 0.9))
        return self._points[candidates[self._points[candidates, 1].argmin()]]

    def _inside(self, region: str) -> Mask:
        mask = np.zeros(len(self._points), np.float32)
        mask[self.vertices(region)] = 1
        return mask

    def _rim(self, cavity: str, width: float) -> Mask:
        """Near the opening of a cavity, on the outside."""
        outside = np.setdiff1d(np.arange(len(self._points)), self.vertices(cavity))
        rim = np.intersect1d(self.vertices("head"), self.vertices(cavity))
        mask = np.zeros(len(self._points), np.float32)
        near = outside[self._head[outside] > 0.9]
        distance = np.linalg.norm(self._points[near][:, None] - self._points[rim], axis=-1).min(
            axis=1
        )
        mask[near] = _step(width - distance / self.eye_span, 0.05)
        return mask

    def _lips(self) -> Mask:
        """Around the mouth, fullest in the middle."""
        rim = self._points[self._rim("mouth_cavity", 0.03) > 0.5]
        aside = np.abs(self._points[:, 0]) / (0.96 * np.abs(rim[:, 0]).max())
        full = np.minimum(self._rim("mouth_cavity", 0.15), self._rim("mouth_cavity", 0.11))
        return full * _step(1 - aside**2, 0.35)

    def _sockets(self) -> Mask:
        away = (self._points[:, None] - self.eyes) / self.eye_span
        return np.exp(-((away * (2.4, 1.5, 4.0)) ** 2).sum(axis=-1)).max(axis=1) * self._head

    def _brows(self) -> Mask:
        away = (self._points[:, None] - self.eyes) / self.eye_span
        outward = away[..., 0] * np.sign(self.eyes[:, 0])
        arch = 0.36 + 0.06 * outward - 0.35 * outward**2
        band = np.exp(-(((away[..., 2] - arch) / (0.07 - 0.04 * outward)) ** 2))
        ends = _step(outward + 0.26, 0.12) * _step(0.44 - outward, 0.2)
        front = self._points[:, 1] < self.eyes[0, 1] + 0.3 * self.eye_span
        return (band * ends).max(axis=1) * front * self._head

    def _cheeks(self) -> Mask:
        spots = self.eyes + np.array([[0.22, 0.1, -0.75], [-0.22, 0.1, -0.75]]) * self.eye_span
        away = self._points[:, None] - spots
        return _bump(away, 0.42 * self.eye_span).max(axis=1) * self._head

    def _joints(self) -> Mask:
        anatomy = self.anatomy
        names = ("left_knee", "right_knee", "left_elbow", "right_elbow")
        near = [
            _bump(anatomy.points - anatomy.joints[name], 0.035 * anatomy.stature) for name in names
        ]
        return np.maximum.reduce(near)

    def _seat(self) -> Mask:
        """Where diapers are thick: between the legs, less behind and before."""
        away = (self.anatomy.points - self.anatomy.crotch) / self.anatomy.stature
        below = _bump(away, np.array([0.07, 0.1, 0.06]))
        behind = _bump(away - [0.0, 0.045, 0.055], np.array([0.09, 0.05, 0.06]))
        before = _bump(away - [0.0, -0.05, 0.06], np.array([0.06, 0.05, 0.06]))
        return below + 0.8 * behind + 0.6 * before

    def _palms(self) -> Mask:
        anatomy = self.anatomy
        return _step(-anatomy.normals[:, 2] - 0.15, 0.3) * anatomy.weight(*HANDS, *FEET)

    def _creases(self) -> Mask:
        """How much the skin is folded inwards."""
        anatomy = self.anatomy
        neighbours = anatomy.neighbours
        lap = neighbours.mean(anatomy.points) - anatomy.points
        depth = np.einsum("ij,ij->i", lap, anatomy.normals)[:, None]
        size = np.sqrt((lap**2).sum(axis=1, keepdims=True)) + 1e-3 * anatomy.stature
        hollow = np.clip(depth / size, 0, 1) * np.clip(depth / (0.0012 * anatomy.stature), 0, 1)
        return smoothed(hollow.astype(np.float32), neighbours, 2)[:, 0]


def _bump(away: NDArray[np.floating], reach: float | NDArray[np.floating]) -> Mask:
    return np.exp(-((away / reach) ** 2).sum(axis=-1)).astype(np.float32)


def _step(inside: NDArray[np.floating], width: float) -> Mask:
    return np.clip(inside / width + 0.5, 0, 1).astype(np.float32)
