"""All poses that a prior learns from, clean and disturbed, with their distances as labels."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.networks.pose_prior import upright
from core.progress import Progress
from core.training.priors.bone_noise import (
    disturbed,
    disturbed_as_authors,
    mirrored,
    nearest_distances,
    pose_distances,
)
from core.training.priors.prior_recipe import Bucket, PriorRecipe

_FAR = 0.5  # from here on a pose is far (METHOD 1.6)
_AUTHORS_NEAREST = 0.3  # they throw away what is nearer and not clean
_PART = 8192  # noisy poses between two signs of life


@dataclass(frozen=True, eq=False)
class NoisyPool:
    """Bones (N, 13, 2), distances (N,) from clean poses, and the rows of each bucket."""

    bones: Tensor
    distances: Tensor
    rows: Mapping[Bucket, Tensor]

    def drawn(self, bucket: Bucket, count: int, generator: torch.Generator) -> Tensor:
        """Row numbers of random poses of a bucket, (count,)."""
        rows = self.rows[bucket]
        return rows[torch.randint(len(rows), (count,), generator=generator)]


def make_pool(
    clean: Tensor, weights: Tensor, recipe: PriorRecipe
) -> Generator[Progress, None, NoisyPool]:
    """Disturb clean poses (N, 13, 2) and label them; the same seed gives the same pool.

    `weights` (N,) say how often a pose is taken, in form `ours`.
    """
    generator = torch.Generator().manual_seed(seed_of(recipe.seed, 0))
    if recipe.form == "authors":
        noisy = disturbed_as_authors(clean, generator)
        labels = yield from _labels(noisy, clean, None, recipe.neighbours)
        taken = torch.arange(len(clean))
        return _pool(clean, taken, noisy, labels, beyond=_AUTHORS_NEAREST)
    clean, weights = torch.cat([clean, mirrored(clean)]), weights.repeat(2)
    taken, origins = (
        weights.multinomial(count, replacement=True, generator=generator)
        for count in (len(clean), recipe.noisy_poses)
    )
    noisy = upright(disturbed(clean[origins], generator))
    clean = upright(clean)
    labels = yield from _labels(noisy, clean, origins, recipe.neighbours)
    return _pool(clean, taken, noisy, labels, beyond=-1.0)


def seed_of(seed: int, number: int) -> int:
    """A seed of its own for each number (a step, a purpose), below 2^63."""
    return int(np.random.SeedSequence([seed, number]).generate_state(1, np.uint64)[0] >> 1)


def _labels(
    noisy: Tensor, clean: Tensor, origins: Tensor | None, neighbours: int
) -> Generator[Progress, None, Tensor]:
    """How far noisy poses are from the nearest clean ones, and no farther than their origin is.

    Clean poses are too few to lie densely: without the origin's distance a pose hardly disturbed
    would be as far as any unseen real one (D16).
    """
    parts: list[Tensor] = []
    for start in range(0, len(noisy), _PART):
        part = noisy[start : start + _PART]
        found = nearest_distances(part, clean, neighbours)
        if origins is not None:
            own = pose_distances(part, clean[origins[start : start + _PART]])
            found = torch.minimum(found, own)
        parts.append(found)
        yield Progress(min(start + _PART, len(noisy)), len(noisy), "creating noisy poses")
    return torch.cat(parts)


def _pool(clean: Tensor, taken: Tensor, noisy: Tensor, labels: Tensor, beyond: float) -> NoisyPool:
    bones = torch.cat([clean, noisy])
    distances = torch.cat([torch.zeros(len(clean)), labels])
    is_noisy = torch.arange(len(bones)) >= len(clean)
    rows: dict[Bucket, Tensor] = {
        "clean": taken,
        "near": torch.nonzero(is_noisy & (distances < _FAR) & (distances > beyond)).flatten(),
        "far": torch.nonzero(is_noisy & (distances >= _FAR)).flatten(),
    }
    return NoisyPool(bones, distances, rows)
