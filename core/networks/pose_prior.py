"""How far a pose is from those of infants: a neural distance field of 13 bones (METHOD 1.6).

A pose is given as unit vectors along its bones, in the authors' order; a bone that is not known
is a vector of zeros.
"""

from itertools import pairwise
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

BONE_PARENTS: Final = (None, 0, 0, 0, 0, 1, 5, 2, 7, 3, 9, 4, 11)
_TRUNK: Final = (1, 2)  # from the hips to the neck
_FEATURES, _WIDTH, _HIDDEN_LAYERS = 6, 512, 5
_SHARPNESS = 10.0  # of the softplus: within 0.07 of the authors' ReLU everywhere
_FORESHORTENED = 0.05  # of two bone lengths; a shorter trunk gives hardly a direction


class AuthorsPosePrior(nn.Module):
    """Unit bone vectors (B, 13, 2), as they stand in the picture -> distances (B,), 0 or more.

    The state dict's 70 tensors are those of the authors' checkpoints (METHOD.md, section 6), old
    names of weight norm included. The last ReLU gives no gradient where it is 0.
    """

    def __init__(self) -> None:
        """Random weights, PyTorch's own for linear layers."""
        super().__init__()
        self.enc = _StructureEncoder()
        self.dfnet = _DistanceNetwork(len(BONE_PARENTS) * _FEATURES)

    def forward(self, bones: Tensor) -> Tensor:
        """Distances from clean poses, (B,)."""
        return fn.relu(self.unbounded(bones))

    def unbounded(self, bones: Tensor) -> Tensor:
        """The last layer's numbers (B,), before they are kept from falling below 0."""
        return self.dfnet(self.enc(bones)).squeeze(-1)


class PosePrior(AuthorsPosePrior):
    """The same network for poses turned upright first, so that it knows no camera's roll.

    To learn from rotated copies instead is worse: unseen photographs and noise of 30 degrees are
    told apart with an area under the ROC curve of 0.87, not 0.92, after as many steps.
    A softplus in the place of the last ReLU leaves a gradient everywhere. `calibration` holds a
    and b of the plausibility sigmoid(a - b * distance), fitted to held-out poses.
    """

    calibration: Tensor

    def __init__(self) -> None:
        """Random weights, and a calibration that says nothing."""
        super().__init__()
        self.register_buffer("calibration", torch.zeros(2))

    def forward(self, bones: Tensor) -> Tensor:
        """Distances from clean poses, (B,)."""
        return fn.softplus(self.unbounded(upright(bones)), beta=_SHARPNESS)

    def plausibility(self, bones: Tensor) -> Tensor:
        """How likely a pose is a real one rather than one disturbed by noise, (B,) in [0, 1]."""
        return (self.calibration[0] - self.calibration[1] * self(bones)).sigmoid()


def upright(bones: Tensor) -> Tensor:
    """Turn poses (B, 13, 2) so that the trunk points up in the picture, towards -y.

    A pose without a trunk has no direction: its vectors shrink to nothing.
    """
    trunk = bones[:, _TRUNK[0]] + bones[:, _TRUNK[1]]
    length = (trunk.square().sum(-1, keepdim=True) + _FORESHORTENED**2).sqrt()
    sine, cosine = (-trunk / length).unsqueeze(-1).unbind(1)  # of the turn that brings it to -y
    x, y = bones.unbind(-1)
    return torch.stack([cosine * x - sine * y, sine * x + cosine * y], dim=-1)


class _StructureEncoder(nn.Module):
    """Six features for each bone, made from its direction and the features of its parent."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.ModuleList(
            _BoneNetwork(2 if parent is None else 2 + _FEATURES) for parent in BONE_PARENTS
        )

    def forward(self, bones: Tensor) -> Tensor:
        """(B, 13, 2) -> (B, 78)."""
        features: list[Tensor] = []
        for number, (parent, network) in enumerate(zip(BONE_PARENTS, self.net, strict=True)):
            bone = bones[:, number]
            known = bone if parent is None else torch.cat([bone, features[parent]], dim=1)
            features.append(network(known))
        return torch.cat(features, dim=1)


class _BoneNetwork(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(inputs, 2 + _FEATURES), nn.ReLU(), nn.Linear(2 + _FEATURES, _FEATURES),
            nn.ReLU(),
        )  # fmt: skip

    def forward(self, known: Tensor) -> Tensor:
        """(B, inputs) -> (B, 6)."""
        return self.net(known)


class _DistanceNetwork(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        widths = (inputs, *[_WIDTH] * _HIDDEN_LAYERS, 1)
        for number, (one, other) in enumerate(pairwise(widths)):
            self.add_module(f"lin{number}", WeightNormLinear(one, other))

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs) -> (B, 1)."""
        *hidden, last = self.children()
        for layer in hidden:
            features = fn.relu(layer(features))
        return last(features)


class WeightNormLinear(nn.Module):
    """A linear layer whose rows are weight_g * weight_v / |weight_v|.

    PyTorch's own keeps these old names only under a deprecated function.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        """Starts as a plain linear layer does."""
        super().__init__()
        plain = nn.Linear(inputs, outputs)
        self.bias = nn.Parameter(plain.bias.detach())
        self.weight_g = nn.Parameter(plain.weight.detach().norm(dim=1, keepdim=True))
        self.weight_v = nn.Parameter(plain.weight.detach())

    def forward(self, values: Tensor) -> Tensor:
        """(B, inputs) -> (B, outputs)."""
        length = self.weight_v.norm(dim=1, keepdim=True)
        return fn.linear(values, self.weight_v * (self.weight_g / length), self.bias)
