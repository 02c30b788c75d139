"""Let a network that gives COCO's keypoints give the 16 of SHIFT."""

from collections.abc import Mapping

import torch
from torch import Tensor

from core.models.architecture import Architecture
from core.networks.architectures import build_module
from core.networks.load import PoseNetwork
from core.pose.skeleton import Skeleton, shipped_skeleton

_INFANT = "infant16"
_BEGINS_AS: Mapping[str, tuple[str, ...]] = {  # of those that COCO does not have
    "pelvis": ("left_hip", "right_hip"),
    "neck": ("left_shoulder", "right_shoulder"),
    "thorax": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "head": ("left_ear", "right_ear", "nose"),
}
_OUTPUTS: Mapping[Architecture, str] = {"movenet_thunder": "head.logits"}  # of a ResNet: "head"


def with_infant_outputs(base: PoseNetwork) -> PoseNetwork:
    """The same network with 16 outputs, on the same device; a base that has them stays as it is.

    Outputs are taken over by name; one that the base lacks begins as the mean of its neighbours'.
    """
    if base.card.skeleton == _INFANT:
        return base
    layer = _OUTPUTS.get(base.card.architecture, "head")
    theirs, state = shipped_skeleton(base.card.skeleton), base.module.state_dict()
    for part in (f"{layer}.weight", f"{layer}.bias"):
        state[part] = _rows(state[part], theirs)
    module = build_module(base.card.architecture, _INFANT)
    module.load_state_dict(state)
    card = base.card.model_copy(update={"skeleton": _INFANT})
    return PoseNetwork(card, module.to(next(base.module.parameters()).device).eval())


def _rows(values: Tensor, theirs: Skeleton) -> Tensor:
    """The layer's numbers (K, ...) for the keypoints of `theirs` -> (16, ...)."""
    neighbours = (_BEGINS_AS.get(name, (name,)) for name in shipped_skeleton(_INFANT).keypoints)
    return torch.stack([values[theirs.indices(*names)].mean(0) for names in neighbours])
