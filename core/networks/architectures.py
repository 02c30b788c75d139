"""The networks that a card can name."""

from torch import nn

from core.errors import BadModel
from core.models.card import ModelCard
from core.networks.movenet import MoveNetThunder
from core.pose.skeleton import shipped_skeleton


def build_module(card: ModelCard) -> nn.Module:
    """The card's network with random weights, on the CPU; raises BadModel."""
    if card.architecture == "movenet_thunder":
        return MoveNetThunder(len(shipped_skeleton(card.skeleton)))
    raise BadModel(f"{card.name}: {card.architecture} is not known to this version.")
