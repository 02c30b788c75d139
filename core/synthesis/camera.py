"""A pinhole camera in the scene's world frame."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Camera:
    """Where the camera stands and how it sees; pixel i covers [i, i+1) as everywhere.

    position (3,) world metres; rotation (3, 3) world -> camera, camera axes x right, y down,
    z forward; focal in pixels; width and height in pixels; the axis meets the image's middle.
    """

    position: NDArray[np.float64]
    rotation: NDArray[np.float64]
    focal: float
    width: int
    height: int

    def to_camera(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """World points (..., 3) in camera coordinates, metres; z is the depth."""
        return (points - self.position) @ self.rotation.T

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """World points (..., 3) -> pixels (..., 2); points behind the camera become NaN."""
        x, y, z = np.moveaxis(self.to_camera(points), -1, 0)
        z = np.where(z > 1e-6, z, np.nan)
        middle = np.array([self.width / 2, self.height / 2])
        return np.stack([self.focal * x / z, self.focal * y / z], axis=-1) + middle

    @staticmethod
    def looking(
        position: NDArray[np.float64],
        target: NDArray[np.float64],
        roll: float,
        focal: float,
        size: tuple[int, int],
    ) -> "Camera":
        """A camera at `position` looking at `target`, turned `roll` degrees about its axis.

        With roll 0 the world's up (or, looking straight down, +Y) points up in the image.
        """
        forward = (target - position) / np.linalg.norm(target - position)
        up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.999 else np.array([0.0, 1.0, 0.0])
        right = np.cross(forward, up)
        right /= np.linalg.norm(right)
        down = np.cross(forward, right)
        angle = math.radians(roll)
        rolled = math.cos(angle) * right + math.sin(angle) * down
        rotation = np.stack([rolled, np.cross(forward, rolled), forward])
        return Camera(position, rotation, focal, *size)
