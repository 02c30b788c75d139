"""Give a share of one batch the style of the other, each picture by its own seed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from core.training.views.hashed_draws import between, uniform
from core.training.views.style.colour_style import match_colours
from core.training.views.style.fourier_style import swap_amplitudes
from core.training.views.style.style_rule import StyleRule
from core.training.views.view_ranges import Range

StyleChange = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Pictures and styles (B, 3, H, W) in [0, 1], strength (B,) -> pictures in the styles."""


@dataclass(frozen=True, eq=False)
class StyleTransfer:
    """How pictures take over a style, and how strongly."""

    change: StyleChange
    strength: Range

    @torch.no_grad()
    def __call__(self, pictures: Tensor, others: Tensor, share: float, seeds: Tensor) -> Tensor:
        """Pictures (B, 3, H, W) uint8, a `share` of them in the style of `others`.

        Picture i takes its style from number i of the others, counted on from the first where
        there are fewer. Whether it does, and how strongly, follows from its seed (B,) alone.
        """
        chance = uniform(seeds, "style", 2)
        strength = between(chance[:, 1], *self.strength)
        partners = torch.arange(len(pictures), device=pictures.device) % len(others)
        changed = self.change(_as_shares(pictures), _as_shares(others[partners]), strength)
        is_changed = (chance[:, 0] < share).view(-1, 1, 1, 1)
        return torch.where(is_changed, changed.float().mul(255).round_().byte(), pictures)


def style_transfer(rule: StyleRule, network: StyleChange | None = None) -> StyleTransfer | None:
    """What a rule asks for, None for kind `none`; raises ValueError if adain lacks its network."""
    match rule.kind:
        case "none":
            return None
        case "colour":
            return StyleTransfer(match_colours, rule.strength)
        case "fourier":
            return StyleTransfer(partial(swap_amplitudes, window=rule.window), rule.strength)
        case "adain":
            if network is None:
                raise ValueError("kind adain without the network that it needs")
            return StyleTransfer(network, rule.strength)


def _as_shares(pictures: Tensor) -> Tensor:
    """Bytes as float32 in [0, 1], contiguous."""
    return pictures.to(torch.float32, memory_format=torch.contiguous_format).div_(255)
