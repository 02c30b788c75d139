"""Models better and worse than the shipped ones, made from their weights without a training."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from core.models.card import ModelCard
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import open_model
from core.networks.load import PoseNetwork, load_pose_network
from core.pose.skeleton import shipped_skeleton
from core.prediction.looker import Looker
from core.prediction.processor import fastest_dtype, lay_out_channels_last

ADULTS: Final = "movenet_thunder"
WAYS: Final = (0.2, 4.0, 10.0)  # how far along a training's way, which is 1, models are made too


class Drawn(nn.Module):
    """A network whose maps are mixed with a peak in the middle, or have their sides swapped."""

    def __init__(self, module: nn.Module, card: ModelCard, middle: float, *, swaps: bool) -> None:
        super().__init__()
        self.module, self.middle, self.swaps = module, middle, swaps
        self.mirror = shipped_skeleton(card.skeleton).mirror_indices.copy()

    def forward(self, images: Tensor) -> Tensor:
        maps = self.module(images).float().sigmoid()
        if self.swaps:
            maps = maps[:, self.mirror]
        line = torch.arange(maps.shape[-1]) - (maps.shape[-1] - 1) / 2
        peak = torch.exp(-(line[:, None] ** 2 + line[None] ** 2) / (2 * 2.0**2))
        return ((1 - self.middle) * maps + self.middle * peak).clamp(1e-5, 1 - 1e-5).logit()


State = dict[str, Tensor]


def noisy(state: State, share: float, seed: int) -> State:
    chance = torch.Generator().manual_seed(seed)
    return {
        name: one + share * one.std() * torch.randn(one.shape, generator=chance)
        if one.dim() == 4
        else one
        for name, one in state.items()
    }


def blurred(state: State, share: float) -> State:
    """Kernels drawn towards their own blur."""
    return {
        name: torch.lerp(one, fn.avg_pool2d(one, 3, 1, 1, count_include_pad=False), share)
        if one.dim() == 4 and one.shape[-1] > 1
        else one
        for name, one in state.items()
    }


def mixed(state: State, other: State, share: float) -> State:
    """On the way from another network (0) to this one (1) and beyond; heads stay this one's."""
    return {
        name: torch.lerp(other[name], one, share)
        if name in other and other[name].shape == one.shape and one.is_floating_point()
        else one
        for name, one in state.items()
    }


def made_models(models: Sequence[Path]) -> dict[str, Callable[[], PoseNetwork]]:
    """Ways to make each model, by names of which the first word is the kind."""
    library = ModelLibrary.standard()
    base = load_pose_network(library.find(DEFAULT_POSE_MODEL))
    adults = load_pose_network(library.find(ADULTS))
    state, other = base.module.state_dict(), adults.module.state_dict()
    states: dict[str, State] = {"default": state}
    states |= {f"noise {x}": noisy(state, x, n) for n, x in enumerate((0.05, 0.1, 0.15, 0.2, 0.3))}
    states |= {f"blur {x}": blurred(state, x) for x in (0.03, 0.06, 0.1, 0.2)}
    states |= {f"mix {x}": mixed(state, other, x) for x in (0.5, 0.7, 0.85, 1.2, 1.5)}
    found: dict[str, Callable[[], PoseNetwork]] = {
        name: (lambda one=one: _with_state(base.card, one)) for name, one in states.items()
    }
    for name, middle, swaps in (
        ("swapped", 0.0, True), ("middle 0.3", 0.3, False), ("middle 0.7", 0.7, False),
    ):  # fmt: skip
        found[name] = lambda m=middle, s=swaps: _drawn(base.card, state, m, swaps=s)
    found["adults"] = lambda: _with_state(adults.card, other)
    for folder in models:
        name, run = folder.parent.name, load_pose_network(open_model(folder))
        parent = {base.card.name: state, adults.card.name: other}[run.card.parent]
        trained = run.module.state_dict()
        for way in (1.0, *WAYS):
            gone = mixed(trained, parent, way)
            kind = f"run {name}" if way == 1 else f"driven {name} {way:g}"
            found[kind] = lambda card=run.card, one=gone: _with_state(card, one)
    return found


def _with_state(card: ModelCard, state: State) -> PoseNetwork:
    adults = ADULTS in (card.name, card.parent) and card.name != DEFAULT_POSE_MODEL
    model = ADULTS if adults else DEFAULT_POSE_MODEL
    network = load_pose_network(ModelLibrary.standard().find(model))
    network.module.load_state_dict(state)
    return network


def _drawn(card: ModelCard, state: State, middle: float, *, swaps: bool) -> PoseNetwork:
    module = _with_state(card, state).module
    return PoseNetwork(card, Drawn(module.to(fastest_dtype("cpu")), card, middle, swaps=swaps))


def looker_of(network: PoseNetwork) -> Looker:
    """As the product looks at frames of recordings."""
    module = network.module.eval()
    if not isinstance(module, Drawn):
        module.to(fastest_dtype("cpu"))
    lay_out_channels_last(module)
    return Looker(PoseNetwork(network.card, module), 8)
