"""Load the two networks that judge poses in training: the prior, and the area that a pose fills."""

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor

from core.models.model_folder import ModelFolder
from core.networks.kp2seg import AuthorsKp2Seg, Kp2Seg
from core.networks.load import load_module
from core.networks.pose_prior import AuthorsPosePrior


def load_prior(folder: ModelFolder, device: torch.device | str = "cpu") -> AuthorsPosePrior:
    """A frozen prior, ours or the authors': bone vectors (B, 13, 2) -> distances (B,).

    Ours is a `PosePrior`, which gives plausibilities too. Raises BadModel.
    """
    module = load_module(folder, "prior", device).requires_grad_(False)
    return cast(AuthorsPosePrior, module)


def load_area(
    folder: ModelFolder, device: torch.device | str = "cpu"
) -> Callable[[Tensor], Tensor]:
    """A frozen Kp2Seg: keypoints (B, 16, 2), -1 to 1 across the view -> logits (B, 1, 64, 64).

    Raises BadModel.
    """
    module = load_module(folder, "kp2seg", device).requires_grad_(False)
    return module.area if isinstance(module, AuthorsKp2Seg) else cast(Kp2Seg, module)
