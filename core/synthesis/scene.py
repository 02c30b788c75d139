"""One picture to be taken: the person, the things around, the light, the camera and its faults."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.camera import Camera
from core.synthesis.surface import Surface

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Lamp:
    """One lamp or window, far away: shadows are sharper the smaller it is."""

    direction: tuple[float, float, float]  # unit vector from the scene towards the lamp
    colour: Colour  # linear, 1 = full exposure of white seen face on
    spread: float  # half-angle of the lamp in radians; 0 gives hard shadows


@dataclass(frozen=True)
class Lighting:
    """Lamps, and what comes from all sides; linear colours."""

    lamps: tuple[Lamp, ...]
    sky: Colour  # from above
    ground: Colour  # from below, bounced off the floor


@dataclass(frozen=True)
class Finish:
    """What camera, lens and codec do to a picture after it was rendered."""

    exposure: float = 1.0
    white_balance: Colour = (1.0, 1.0, 1.0)
    saturation: float = 1.0  # 0 for night vision
    contrast: float = 1.0
    vignette: float = 0.0  # darkening of the corners
    defocus: float = 0.0  # sigma in pixels
    motion: tuple[float, float] = (0.0, 0.0)  # smear in pixels, x and y
    noise: float = 0.0  # sigma of sensor noise, of 255
    jpeg: int = 92  # quality of a codec's pass over the picture; 100 leaves it out


@dataclass(frozen=True, eq=False)
class Person:
    """The labelled person: keypoints and how thick the limb is around each of them.

    keypoints (16, 3) float64 world metres, `infant16` order; thickness (16,) metres from the
    keypoint to the skin.
    """

    keypoints: NDArray[np.float64]
    thickness: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that the renderer needs for one picture."""

    surfaces: tuple[Surface, ...]
    person: Person
    camera: Camera
    lighting: Lighting
    finish: Finish
    background: Colour = (0.35, 0.33, 0.3)  # linear, where a ray meets nothing
