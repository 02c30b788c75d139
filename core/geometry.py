"""Affine maps and boxes in the plane, and the one pixel convention of the project.

Pixel convention: pixel i covers the interval [i, i+1); its centre lies at i + 0.5; an image of
width W spans [0, W]. So a resize by s is exactly x -> s*x, and a mirror is exactly x -> W - x.
Array indices (OpenCV's warps, argmax cells) name pixel centres: convert with `index_matrix`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Affine:
    """The map x' = a*x + b*y + c, y' = d*x + e*y + f, in coordinates (never array indices)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @staticmethod
    def translation(dx: float, dy: float) -> "Affine":
        """Move by (dx, dy)."""
        return Affine(c=dx, f=dy)

    @staticmethod
    def scaling(sx: float, sy: float) -> "Affine":
        """Scale about the origin."""
        return Affine(a=sx, e=sy)

    @staticmethod
    def rotation(degrees: float) -> "Affine":
        """Turn about the origin; positive is clockwise as seen on screen (y points down)."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return Affine(cosine, -sine, 0.0, sine, cosine, 0.0)

    @staticmethod
    def mirror(width: float) -> "Affine":
        """Swap left and right of an image of this width; keypoint sides are swapped elsewhere."""
        return Affine(a=-1.0, c=width)

    @staticmethod
    def crop(centre: tuple[float, float], side: float, degrees: float, size: int) -> "Affine":
        """Frame -> a `size` x `size` crop that shows the square of `side` pixels about `centre`.

        `degrees` is how far the content stands turned clockwise in the frame: the crop undoes it.
        """
        half = size / 2
        return (
            Affine.translation(-centre[0], -centre[1])
            .then(Affine.rotation(-degrees))
            .then(Affine.scaling(size / side, size / side))
            .then(Affine.translation(half, half))
        )

    def then(self, after: "Affine") -> "Affine":
        """The map that does this one first and `after` second."""
        return Affine(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            after.a * self.c + after.b * self.f + after.c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            after.d * self.c + after.e * self.f + after.f,
        )

    @property
    def determinant(self) -> float:
        """Signed area factor; negative for a mirror."""
        return self.a * self.e - self.b * self.d

    @property
    def scale(self) -> float:
        """Length factor (geometric mean over directions)."""
        return math.sqrt(abs(self.determinant))

    @property
    def inverse(self) -> "Affine":
        """The map back; raises ZeroDivisionError if the plane is collapsed."""
        n = 1.0 / self.determinant
        a, b, d, e = self.e * n, -self.b * n, -self.d * n, self.a * n
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def __call__(self, points: ArrayLike) -> NDArray[np.float64]:
        """Map points of shape (..., 2); NaN stays NaN."""
        xy = np.asarray(points, dtype=np.float64)
        x, y = xy[..., 0], xy[..., 1]
        return np.stack(
            [self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f], axis=-1
        )

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The 3x3 matrix in coordinates."""
        return np.array([[self.a, self.b, self.c], [self.d, self.e, self.f], [0.0, 0.0, 1.0]])

    @property
    def index_matrix(self) -> NDArray[np.float64]:
        """The 2x3 matrix between array indices, as OpenCV's warps want it."""
        half = Affine.translation(0.5, 0.5)
        return half.then(self).then(half.inverse).matrix[:2]


@dataclass(frozen=True)
class Box:
    """An axis-parallel box in pixels: left edge, top edge, width, height."""

    x: float
    y: float
    width: float
    height: float

    @staticmethod
    def around(points: ArrayLike) -> "Box":
        """The smallest box holding all points (N, 2) that are not NaN; needs at least one."""
        xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        low, high = np.nanmin(xy, axis=0), np.nanmax(xy, axis=0)
        return Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def side(self) -> float:
        """The longer of width and height."""
        return max(self.width, self.height)

    def enlarged(self, factor: float) -> "Box":
        """The box scaled about its centre."""
        (cx, cy), w, h = self.centre, self.width * factor, self.height * factor
        return Box(cx - w / 2, cy - h / 2, w, h)

    def iou(self, other: "Box") -> float:
        """Intersection over union, in [0, 1]."""
        w = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        h = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(w, 0.0) * max(h, 0.0)
        union = self.width * self.height + other.width * other.height - shared
        return shared / union if union > 0 else 0.0
