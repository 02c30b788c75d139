"""Write a model as a checkpoint that the authors' own code loads (METHOD.md, section 6)."""

import argparse
import io
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from core.atomic_file import write_bytes
from core.errors import BadModel
from core.models.architecture import Architecture
from core.models.model_folder import ModelFolder
from core.networks.architectures import state_shapes
from core.networks.load import load_module

CHECKPOINT_SUFFIXES: Final = (".pt", ".pth")
_POSE: Final[tuple[Architecture, ...]] = ("pose_resnet18", "pose_resnet50", "pose_resnet101")
_SAME_LAYOUT: Final[dict[Architecture, Architecture]] = {
    "pose_prior": "pose_prior_authors",
    "pose_prior_authors": "pose_prior_authors",
    "kp2seg_authors": "kp2seg_authors",
}
_PARALLEL_PREFIX: Final = "module."  # DataParallel's, before every name of their pose networks


def write_authors_checkpoint(model: ModelFolder, target: Path) -> tuple[str, ...]:
    """Write the weights under their names; returns sentences that the user must read.

    Raises:
        BadModel: the model is damaged, its network is none of theirs, or `target` is there.
        NoSpace: `target` cannot be written.
    """
    if target.exists():
        raise BadModel(f"{target}: is already there; choose another name.")
    card = model.card
    if card.architecture not in (*_POSE, *_SAME_LAYOUT):
        raise BadModel(
            f"{model.path}: a {card.architecture}, which the authors' code does not have; "
            f"give a file name that does not end with {' or '.join(CHECKPOINT_SUFFIXES)}."
        )
    state = load_module(model, card.task).state_dict()
    content = io.BytesIO()
    torch.save(_content(card.architecture, state), content)
    write_bytes(target, content.getvalue())
    if card.architecture == "pose_prior":
        return (
            "it expects poses turned upright, and their last ReLU stands for our softplus: "
            "distances differ by up to 0.07.",
        )
    return ()


def _content(architecture: Architecture, state: dict[str, Tensor]) -> dict[str, Any]:
    if architecture in _POSE:
        named = {_PARALLEL_PREFIX + name: tensor for name, tensor in state.items()}
        return {"student": named, "teacher": named, "epoch": 0, "args": argparse.Namespace()}
    wanted = state_shapes(_SAME_LAYOUT[architecture])
    return {"model": {name: state[name] for name in wanted}, "optimizer": {}, "epoch": 0}
