"""Disturb poses by turning their bones, and say how far from clean poses that leads.

Everything works on unit bone vectors (N, 13, 2); a bone that is not known is zeros.
"""

import math
from collections.abc import Iterator

import torch
from torch import Tensor

from core.training.objectives.bone_vectors import BONES, bone_vectors

_SHOULDERS = (3, 4)  # one line: the neck lies midway between them, so they can only turn together
_KAPPAS = (1.0, 2.0, 4.0, 8.0, 16.0)  # of the authors, one for each copy
_WIDE, _TELLING = (3.0, 120.0), (15.0, 50.0)  # degrees; drawn evenly on a logarithmic scale
_FEW_BONES, _SHARE_OF_FEW = 0.6, 0.25  # so often only about so many of the bones are turned
_REVERSED = 0.1  # so often everything but the trunk is turned round, for labels up to 2
_CANDIDATES = 32  # by plain distance, among which the nearest by the mean over bones are sought
_CHUNK = 1024


def pose_bones(xy: Tensor) -> Tensor:
    """Keypoints (N, 16, 2), NaN where missing -> bone vectors."""
    return bone_vectors(xy).nan_to_num(nan=0.0)


def mirrored(bones: Tensor) -> Tensor:
    """The poses seen in a mirror, sides by name."""
    order = [_number_of(tuple(_other_side(name) for name in bone)) for bone in BONES]
    return bones[:, order] * bones.new_tensor([-1.0, 1.0])


def rotated(bones: Tensor, angles: Tensor) -> Tensor:
    """Each bone turned by its angle (N, 13) in radians."""
    x, y = bones.unbind(-1)
    cosine, sine = angles.cos(), angles.sin()
    return torch.stack([cosine * x - sine * y, sine * x + cosine * y], dim=-1)


def turned_bones(bones: Tensor, degrees: float, generator: torch.Generator) -> Tensor:
    """Every bone turned by a normal angle of this standard deviation, the shoulders as one."""
    angles = torch.randn(bones.shape[:2], generator=generator) * math.radians(degrees)
    return rotated(bones, _with_straight_shoulders(angles))


def disturbed(bones: Tensor, generator: torch.Generator) -> Tensor:
    """One disturbed copy of each pose, from hardly at all to beyond recognition.

    Half of them lie where a pose just stops being likely: that is what there is to learn.
    """
    count = len(bones)
    is_wide = torch.rand(count, 1, generator=generator) < 0.5
    chance = torch.rand(count, 1, generator=generator)
    scales = torch.where(is_wide, _logarithmic(chance, _WIDE), _logarithmic(chance, _TELLING))
    angles = torch.randn(count, len(BONES), generator=generator) * torch.deg2rad(scales)
    is_few = is_wide & (torch.rand(count, 1, generator=generator) < _FEW_BONES)
    is_picked = torch.rand(count, len(BONES), generator=generator) < _SHARE_OF_FEW
    angles = torch.where(is_few & ~is_picked, 0.0, angles)
    is_reversed = is_wide & (torch.rand(count, 1, generator=generator) < _REVERSED)
    angles[:, 3:] += torch.where(is_reversed, math.pi, 0.0)
    # Half the time the shoulders bend, so that a neck that a network puts off the middle is known.
    is_bent = torch.rand(count, 1, generator=generator) < 0.5
    return rotated(bones, torch.where(is_bent, angles, _with_straight_shoulders(angles)))


def disturbed_as_authors(bones: Tensor, generator: torch.Generator) -> Tensor:
    """Five copies of each pose by the authors' construction (METHOD 1.6), defect D14 included.

    arccos of x and arcsin of y get the same von Mises noise, which turns a bone only in the first
    quadrant.
    """
    copies = []
    for kappa in _KAPPAS:
        noise = _von_mises(kappa, bones.shape[:2], generator)
        x = torch.cos(torch.arccos(bones[..., 0].clamp(-1, 1)) + noise)
        y = torch.sin(torch.arcsin(bones[..., 1].clamp(-1, 1)) + noise)
        both = torch.stack([x, y], dim=-1)
        copies.append(both / both.norm(dim=-1, keepdim=True).clamp_min(1e-6))
    return torch.cat(copies)


def pose_distances(ones: Tensor, others: Tensor) -> Tensor:
    """Mean Euclidean distance (...) of unit vectors (..., 13, 2) over the bones that both know."""
    known = (ones.square().sum(-1) > 0) & (others.square().sum(-1) > 0)
    apart = (ones - others).norm(dim=-1) * known
    return apart.sum(-1) / known.sum(-1).clamp_min(1)


def nearest_distances(bones: Tensor, clean: Tensor, neighbours: int) -> Tensor:
    """Mean distance of each pose (N, 13, 2) to its nearest clean ones (M, 13, 2), (N,).

    Sought among those that are near in 26 dimensions, as the authors do; at most a hundredth off.
    """
    return torch.cat(list(_nearest_in_chunks(bones, clean, neighbours)))


def _nearest_in_chunks(bones: Tensor, clean: Tensor, neighbours: int) -> Iterator[Tensor]:
    flat = clean.flatten(1)
    half_squares = flat.square().sum(dim=1) / 2
    candidates = min(_CANDIDATES, len(clean))
    for chunk in bones.split(_CHUNK):
        # |x - c|^2 / 2, less |x|^2 / 2, which does not change the order.
        apart = torch.addmm(half_squares, chunk.flatten(1), flat.T, alpha=-1)
        near = apart.topk(candidates, largest=False, sorted=False).indices
        exact = pose_distances(chunk.unsqueeze(1), clean[near])
        yield exact.topk(min(neighbours, candidates), largest=False).values.mean(dim=1)


def _logarithmic(chance: Tensor, span: tuple[float, float]) -> Tensor:
    return span[0] * (span[1] / span[0]) ** chance


def _with_straight_shoulders(angles: Tensor) -> Tensor:
    together = angles.clone()
    together[:, _SHOULDERS[1]] = angles[:, _SHOULDERS[0]]
    return together


def _von_mises(kappa: float, shape: torch.Size, generator: torch.Generator) -> Tensor:
    """Angles about 0, drawn from a fine table of the distribution's inverse."""
    angles = torch.linspace(-math.pi, math.pi, 4097)
    density = torch.exp(kappa * torch.cos(angles))
    share = torch.cumsum(density, 0) / density.sum()
    drawn = torch.rand(shape, generator=generator)
    return angles[torch.searchsorted(share, drawn).clamp_max(len(angles) - 1)]


def _other_side(keypoint: str) -> str:
    side, _, part = keypoint.partition("_")
    return {"left": f"right_{part}", "right": f"left_{part}"}.get(side, keypoint)


def _number_of(bone: tuple[str, ...]) -> int:
    return next(number for number, one in enumerate(BONES) if one == bone)
