"""A blanket over the lower body, which falls over whatever lies under it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.synthesis.cloth.fabrics import NURSERY_PRINTS, draw_cloth
from core.synthesis.room.layer import Layer
from core.synthesis.room.mesh import Mesh, bounds
from core.synthesis.room.moment import Moment
from core.synthesis.room.relief import Heights, Raster, grown, ridges, sheet, shrunk, smooth
from core.synthesis.room.subject import Subject
from core.synthesis.surface import Material, Role, Surface

_CELL = 0.012  # metres
_THICK = 0.007  # metres between what is covered and the blanket
_TENT = 4  # cells that the cloth spans from crest to crest
_FALL = 1.1  # how steeply it hangs down beside a limb
_HIGHEST = 0.26  # metres: from knees that are lifted higher a blanket slides off
_INSIDE = 0.03  # metres that it stays inside the support's borders
_HEM = 0.035  # metres of border that is folded over


@dataclass(frozen=True, eq=False)
class Blanket:
    """A blanket that is laid anew over the person in every frame.

    raster: cells of the ground frame; x, y (R, C): where its vertices lie there; under: heights
    of what lies below in each cell; folds: heights that wrinkles add.
    """

    subject: Subject
    raster: Raster
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    under: Heights
    folds: Heights
    material: Material

    def at(self, moment: Moment) -> tuple[Surface, ...]:
        """The blanket over this frame's person, clothes and all."""
        points = np.concatenate([one.vertices for one in moment.person])
        covered = np.maximum(self.raster.highest(self.subject.on_ground(points)), self.under)
        heights = self.raster.sampled(_hung(covered), self.x, self.y, outside=0.0) + self.folds
        ground = self.raster.sampled(self.under, self.x, self.y, outside=0.0)
        mesh = _hemmed(self.x, self.y, heights, ground)
        whole = Mesh.of(self.subject.in_world(mesh.vertices), mesh.faces, mesh.uv)
        return (whole.surface(Role.OCCLUDER, self.material),)


def covering(subject: Subject, supports: Sequence[Surface], rng: np.random.Generator) -> Layer:
    """A blanket over the lower body."""
    kinds = ("cotton", "fleece", "knit", "muslin", "terry", "quilt")
    cloth = draw_cloth(rng, kinds, NURSERY_PRINTS, tile_metres=(0.15, 0.4))
    if float(subject.ground_points[:, 2].max()) > _HIGHEST:
        return Layer()
    blanket = blanket_over(subject, supports, cloth, rng)
    return Layer(names=("covering blanket",), followers=(blanket,))


def blanket_over(
    subject: Subject, supports: Sequence[Surface], material: Material, rng: np.random.Generator
) -> Blanket:
    """A blanket from somewhere between knees and chest to beyond the feet."""
    below = np.concatenate([one.vertices for one in supports])
    ground = subject.on_ground(below)
    low, high = _covered(subject, ground, rng)
    margin = 0.06
    raster = Raster.over(low - margin, high + margin, _CELL)
    x, y = _outline(low, high, rng)
    under = smooth(np.maximum(grown(raster.highest(ground), 2), 0.0), 1.0)
    folds = 0.02 * ridges(rng, x.shape, _CELL, 0.14) + 0.008 * ridges(rng, x.shape, _CELL, 0.06)
    hem = np.clip((y - (high[1] - _HEM)) / 0.008, 0, 1) * np.clip((high[1] - y) / 0.006, 0, 1)
    return Blanket(subject, raster, x, y, under, (folds + 0.008 * hem).astype(np.float32), material)


def _covered(
    subject: Subject, ground: NDArray, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The rectangle (2,), (2,) of the ground frame that is covered, no wider than the support."""
    person = subject.ground_points
    body = subject.bodies[0]
    landmarks = subject.on_ground(
        np.stack([subject.keypoint(name) for name in ("left_knee", "pelvis", "thorax")])
    )[:, 1]
    top = float(np.interp(rng.uniform(0.3, 1.7), [0, 1, 2], landmarks))
    half = body.rest_vertices[:, 2].max() * rng.uniform(0.42, 0.6)
    low = np.array([-half, person[:, 1].min() - rng.uniform(0.02, 0.2)])
    high = np.array([half, top])
    least, most = bounds(ground[:, :2])
    return np.maximum(low, least + _INSIDE), np.minimum(high, most - _INSIDE)


def _outline(
    low: NDArray, high: NDArray, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Grid points of the blanket whose borders wave a little."""
    columns, rows = np.maximum(np.ceil((high - low) / _CELL).astype(int), 8)
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    phase, waves = rng.uniform(0, 6.28, 4), rng.uniform(1.5, 4, 4)
    slant = rng.normal(0, 0.06)
    across = u + 0.025 * u * u * np.sign(u) * np.sin(waves[0] * v + phase[0])
    along = v + slant * u + 0.04 * np.abs(v) * np.sin(waves[1] * u + phase[1])
    middle, half = (low + high) / 2, (high - low) / 2
    return middle[0] + half[0] * across, middle[1] + half[1] * along


def _hemmed(x: NDArray, y: NDArray, heights: Heights, ground: Heights) -> Mesh:
    """The cloth, hanging down to the ground at its borders, where a limb may lift it."""
    low, high = np.pad(ground, 1, mode="edge"), np.pad(heights, 1, mode="edge")
    low[1:-1, 1:-1] = high[1:-1, 1:-1]
    low[-1, 1:-1] = high[-1, 1:-1] - _THICK  # towards the chest only the cloth's edge is seen
    return sheet(np.pad(x, 1, mode="edge"), np.pad(y, 1, mode="edge"), low)


def _hung(covered: Heights) -> Heights:
    """The cloth's height over what it covers: spanned between crests, steep beside them."""
    floor = grown(covered, 2) + np.float32(_THICK)
    cloth = shrunk(grown(floor, _TENT), _TENT)
    for _ in range(8):
        cloth = np.maximum(cloth, grown(cloth, 1) - np.float32(_FALL * _CELL))
    return np.maximum(smooth(cloth, 1.5), floor)
