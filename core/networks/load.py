"""Load a model folder into a network that is ready to look at images."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse_safetensors
from torch import Tensor, nn

from core.errors import BadModel
from core.models.architecture import Task
from core.models.card import ModelCard
from core.models.model_folder import ModelFolder
from core.networks.architectures import build_module

_KINDS: dict[Task, str] = {
    "pose": "pose network",
    "segmentation": "segmentation network",
    "prior": "pose prior",
    "kp2seg": "network from keypoints to silhouettes",
}


@dataclass(frozen=True)
class PoseNetwork:
    """A pose network with the card that says how to feed it."""

    card: ModelCard
    module: nn.Module

    def heatmaps(self, images: Tensor) -> Tensor:
        """One confidence map for each keypoint of the card's skeleton.

        Args:
            images: RGB (B, 3, S, S), S the card's `input_size`; uint8, or float in [0, 1].

        Returns:
            (B, K, h, h) float32; MoveNet's lie in [0, 1], a ResNet's peak near 1.
        """
        output = self.module(_normalised(images, self.card, self.module)).float()
        return output.sigmoid() if self.gives_logits else output

    @property
    def gives_logits(self) -> bool:
        """Whether the module's own outputs are logits of its maps, rather than the maps."""
        return self.card.architecture == "movenet_thunder"


@dataclass(frozen=True)
class SegmentationNetwork:
    """A segmentation network with the card that says how to feed it."""

    card: ModelCard
    module: nn.Module

    def probabilities(self, images: Tensor) -> Tensor:
        """How likely each pixel shows the infant.

        Args:
            images: RGB (B, 3, S, S), S the card's `input_size`; uint8, or float in [0, 1].

        Returns:
            (B, 1, h, h) float32 in [0, 1], h the card's `heatmap_size`.
        """
        return self.logits(images).sigmoid()

    def logits(self, images: Tensor) -> Tensor:
        """The same before the sigmoid."""
        return self.module(_normalised(images, self.card, self.module)).float()


def load_pose_network(
    folder: ModelFolder,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> PoseNetwork:
    """Read and check a pose model, ready for inference; raises BadModel."""
    return PoseNetwork(folder.card, load_module(folder, "pose", device, dtype))


def load_segmentation_network(
    folder: ModelFolder,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> SegmentationNetwork:
    """Read and check a segmentation model, ready for inference; raises BadModel."""
    return SegmentationNetwork(folder.card, load_module(folder, "segmentation", device, dtype))


def load_module(
    folder: ModelFolder,
    task: Task,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> nn.Module:
    """The network of a model that is for this task, in evaluation mode; raises BadModel."""
    found = folder.card.task
    if found != task:
        raise BadModel(f"{folder.path}: a {_KINDS[found]}, where a {_KINDS[task]} is needed.")
    try:
        state = parse_safetensors(folder.read_weights())
    except SafetensorError as error:
        raise BadModel(f"{folder.weights_file}: not a safetensors file.") from error
    state = {name: t.to(dtype) if t.is_floating_point() else t for name, t in state.items()}
    with torch.device("meta"):  # no random weights that would be thrown away at once
        module = build_module(folder.card.architecture, folder.card.skeleton)
    try:
        module.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise BadModel(
            f"{folder.weights_file}: not the weights of {folder.card.architecture}."
        ) from error
    return module.to(device).eval()


def _normalised(images: Tensor, card: ModelCard, module: nn.Module) -> Tensor:
    """To the network's device and dtype, in [0, 1], less the mean, over the deviation."""
    like = next(module.parameters())
    scale = 1 / 255 if images.dtype == torch.uint8 else 1.0
    mean, std = _channels(card.mean, like), _channels(card.std, like)
    return (images.to(device=like.device, dtype=like.dtype) * (scale / std)) - mean / std


def _channels(values: Sequence[float], like: Tensor) -> Tensor:
    """(3, 1, 1) written on the device: a copy of them would make it wait."""
    one = torch.empty((), device=like.device, dtype=like.dtype)
    return torch.stack([torch.full_like(one, value) for value in values]).view(-1, 1, 1)
