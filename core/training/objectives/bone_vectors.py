"""The pose code of the infant prior: 13 unit vectors along the bones (METHOD 1.6)."""

from functools import cache

import torch
from torch import Tensor

from core.pose.skeleton import shipped_skeleton

BONES = (
    ("neck", "head"),
    ("left_hip", "neck"),
    ("right_hip", "neck"),
    ("left_shoulder", "neck"),
    ("right_shoulder", "neck"),
    ("left_knee", "left_hip"),
    ("left_ankle", "left_knee"),
    ("right_knee", "right_hip"),
    ("right_ankle", "right_knee"),
    ("left_elbow", "left_shoulder"),
    ("left_wrist", "left_elbow"),
    ("right_elbow", "right_shoulder"),
    ("right_wrist", "right_elbow"),
)
_SHORTEST = 0.1  # pixels; coincident keypoints have no direction, and no gradient that explodes


def bone_vectors(points: Tensor, known: Tensor | None = None) -> Tensor:
    """Directions from the first to the second end of each bone: (B, 16, 2) -> (B, 13, 2).

    Lengths are 1, and less where a bone is hardly longer than a tenth of a pixel. A bone with an
    end that is not `known` (B, 16) bool, or not finite, is a vector of zeros without a gradient.
    """
    starts, ends = _bone_ends()
    is_there = torch.isfinite(points).all(dim=-1)
    is_there = is_there if known is None else is_there & known
    is_bone = _chosen(is_there, starts) & _chosen(is_there, ends)
    places = torch.where(is_there.unsqueeze(-1), points, 0.0)
    bones = _chosen(places, ends) - _chosen(places, starts)
    unit = bones / (bones.square().sum(-1, keepdim=True) + _SHORTEST**2).sqrt()
    return torch.where(is_bone.unsqueeze(-1), unit, 0.0)


def _chosen(values: Tensor, indices: tuple[int, ...]) -> Tensor:
    """Some of the values (B, 16, ...); a list as index would first travel to the device."""
    return torch.stack([values[:, i] for i in indices], dim=1)


@cache
def _bone_ends() -> tuple[tuple[int, ...], tuple[int, ...]]:
    skeleton = shipped_skeleton()
    starts, ends = zip(*(skeleton.indices(*bone) for bone in BONES), strict=True)
    return starts, ends
