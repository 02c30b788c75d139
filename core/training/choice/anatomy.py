"""Whether poses look like a body: their extent, two sides that are two, limbs of steady length."""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

from core.pose.skeleton import shipped_skeleton

LIMB_BONES: Final = (
    ("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"),
)  # fmt: skip
COINCIDING: Final = 0.02  # of the side; nearer than this, two limbs have one keypoint
_SHORTEST = 0.01  # of the side; keeps ratios finite
_FEWEST_OF_GROUP = 5  # canvases of one recording; fewer do not tell how a length varies


def extent(places: Tensor) -> float:
    """Median size of poses (N, 16, 2): root mean square distance of limb points from their mean."""
    limbs = places[:, torch.from_numpy(shipped_skeleton().limb_indices.copy())]
    apart = (limbs - limbs.mean(1, keepdim=True)).square().sum(-1).mean(1).sqrt()
    return float(apart.median())


def coinciding_share(places: Tensor) -> float:
    """Share of left and right partners that lie in one place, of poses (N, 16, 2)."""
    pairs = shipped_skeleton().mirrored
    left, right = (_named(places, [pair[side] for pair in pairs]) for side in (0, 1))
    return float(((left - right).norm(dim=-1) < COINCIDING).double().mean())


def asymmetry(places: Tensor) -> float:
    """Median of |log(left length / right length)| over the bones of arms and legs."""
    left, right = (_lengths(places, side).clamp_min(_SHORTEST) for side in ("left", "right"))
    return float((left / right).log().abs().median())


def bone_spread(places: Tensor, groups: Sequence[str]) -> float | None:
    """How much limb bones vary within a recording, over its median bone; a mean over recordings.

    Lengths count in trunks of the same pose; the variation is the median distance from the
    median, over the median. None where no recording has five canvases.
    """
    trunk = _trunks(places).clamp_min(_SHORTEST).unsqueeze(1)
    lengths = torch.cat([_lengths(places, side) for side in ("left", "right")], 1) / trunk
    found = [
        _variation(lengths[[i for i, one in enumerate(groups) if one == group]])
        for group in sorted(set(groups))
        if groups.count(group) >= _FEWEST_OF_GROUP
    ]
    return float(torch.stack(found).mean()) if found else None


def _variation(lengths: Tensor) -> Tensor:
    """Of lengths (N, bones), a number."""
    middle = lengths.median(0).values
    deviation = (lengths - middle).abs().median(0).values
    return (deviation / middle.clamp_min(_SHORTEST)).mean()


def _lengths(places: Tensor, side: str) -> Tensor:
    """(N, 4) in shares of the view's side."""
    starts, ends = ([f"{side}_{bone[end]}" for bone in LIMB_BONES] for end in (0, 1))
    return (_named(places, starts) - _named(places, ends)).norm(dim=-1)


def _trunks(places: Tensor) -> Tensor:
    """From the hips' middle to the shoulders' middle, (N,)."""
    hips = _named(places, ["left_hip", "right_hip"]).mean(1)
    shoulders = _named(places, ["left_shoulder", "right_shoulder"]).mean(1)
    return (hips - shoulders).norm(dim=-1)


def _named(places: Tensor, names: Sequence[str]) -> Tensor:
    return places[:, shipped_skeleton().indices(*names)]
