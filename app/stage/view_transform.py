"""Where the picture lies in the widget: fit, zoom at a point, pan; no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.geometry import Affine

Size = tuple[float, float]
Spot = tuple[float, float]

_MAX_SCALE = 64.0
_LEAST_OF_FIT = 0.5  # a picture never gets smaller than half of what fits
_KEPT = 64.0  # pixels of the picture that stay in the widget


@dataclass(frozen=True)
class ViewTransform:
    """Widget = frame * scale + (x, y), in logical pixels."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @staticmethod
    def fit(content: Size, window: Size, *, margin: float = 0.0) -> "ViewTransform":
        """The whole picture, as large as it goes, in the middle."""
        room = max(window[0] - 2 * margin, 1.0), max(window[1] - 2 * margin, 1.0)
        scale = min(room[0] / content[0], room[1] / content[1])
        return ViewTransform(scale)._centred(content, window)

    def to_screen(self, points: ArrayLike) -> NDArray[np.float64]:
        """Frame pixels (..., 2) to widget pixels."""
        return np.asarray(points, dtype=np.float64) * self.scale + (self.x, self.y)

    def to_frame(self, points: ArrayLike) -> NDArray[np.float64]:
        """Widget pixels (..., 2) to frame pixels."""
        return (np.asarray(points, dtype=np.float64) - (self.x, self.y)) / self.scale

    def affine(self, density: float) -> Affine:
        """Frame pixels to the device pixels of a screen with this density."""
        return Affine(
            self.scale * density, 0.0, self.x * density, 0.0, self.scale * density, self.y * density
        )

    def zoomed(self, factor: float, *, at: Spot, content: Size, window: Size) -> "ViewTransform":
        """Larger or smaller, with the point of the picture under `at` staying there."""
        least = min(_LEAST_OF_FIT * ViewTransform.fit(content, window).scale, 1.0)
        scale = min(max(self.scale * factor, least), _MAX_SCALE)
        real = scale / self.scale
        moved = ViewTransform(
            scale, at[0] + (self.x - at[0]) * real, at[1] + (self.y - at[1]) * real
        )
        return moved.kept(content, window)

    def panned(self, dx: float, dy: float, *, content: Size, window: Size) -> "ViewTransform":
        """Moved by some widget pixels; some of the picture stays in sight."""
        return ViewTransform(self.scale, self.x + dx, self.y + dy).kept(content, window)

    def kept(self, content: Size, window: Size) -> "ViewTransform":
        """Moved back as far as needed so that the picture cannot be lost."""
        return ViewTransform(
            self.scale,
            _kept(self.x, content[0] * self.scale, window[0]),
            _kept(self.y, content[1] * self.scale, window[1]),
        )

    def _centred(self, content: Size, window: Size) -> "ViewTransform":
        return ViewTransform(
            self.scale,
            (window[0] - content[0] * self.scale) / 2,
            (window[1] - content[1] * self.scale) / 2,
        )


def _kept(offset: float, length: float, room: float) -> float:
    kept = min(_KEPT, length, room)
    return min(max(offset, kept - length), room - kept)
