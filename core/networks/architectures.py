"""Build the network that a card or a checkpoint names."""

from collections.abc import Callable

import torch
from torch import nn

from core.models.architecture import FEEDING, Architecture
from core.networks.blazepose import BlazePoseMask
from core.networks.deeplab import DeepLabPerson
from core.networks.kp2seg import AuthorsKp2Seg, Kp2Seg
from core.networks.movenet import MoveNetThunder
from core.networks.pose_prior import AuthorsPosePrior, PosePrior
from core.networks.pose_resnet import PoseResNet
from core.pose.skeleton import shipped_skeleton

_BUILDERS: dict[Architecture, Callable[[int], nn.Module]] = {
    "movenet_thunder": MoveNetThunder,
    "pose_resnet18": lambda keypoints: PoseResNet(18, keypoints),
    "pose_resnet50": lambda keypoints: PoseResNet(50, keypoints),
    "pose_resnet101": lambda keypoints: PoseResNet(101, keypoints),
    "blazepose_full_mask": lambda _: BlazePoseMask("full"),
    "blazepose_heavy_mask": lambda _: BlazePoseMask("heavy"),
    "deeplabv3_resnet50": lambda _: DeepLabPerson(),
    "pose_prior": lambda _: PosePrior(),
    "pose_prior_authors": lambda _: AuthorsPosePrior(),
    "kp2seg": lambda _: Kp2Seg(),
    "kp2seg_authors": lambda _: AuthorsKp2Seg(),
}
assert set(_BUILDERS) == set(FEEDING)


def build_module(architecture: Architecture, skeleton: str) -> nn.Module:
    """A network with random weights on the CPU; `skeleton` "" for a segmentation network."""
    return _BUILDERS[architecture](len(shipped_skeleton(skeleton)) if skeleton else 0)


def state_shapes(architecture: Architecture) -> dict[str, tuple[int, ...]]:
    """What the architecture's state dict must hold, by name; allocates nothing."""
    with torch.device("meta"):
        module = build_module(architecture, FEEDING[architecture].skeleton)
    return {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
