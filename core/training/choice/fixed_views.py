"""The fixed views of a canvas in which a network is compared with itself."""

import math
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from core.training.views.affine_maps import affine_maps, compose
from core.training.views.view_maps import Views, plain_maps


@dataclass(frozen=True)
class FixedView:
    """A mirror image, a turn clockwise and a scaling about the plain view's middle."""

    degrees: float = 0.0
    scale: float = 1.0
    is_mirrored: bool = False


# The first is the plain one. All stay nearly within the canvas, which has 1.25 times the side.
FIXED_VIEWS: Final = (
    FixedView(),
    FixedView(is_mirrored=True),
    FixedView(degrees=20.0),
    FixedView(degrees=-20.0),
    FixedView(scale=0.85),
    FixedView(scale=1.15),
)


def view_all(view: FixedView, like: Tensor, canvas: int, size: int) -> Views:
    """The same view for as many samples as `like` has, on its device."""
    count, device = len(like), like.device
    turn = math.radians(view.degrees)
    cosine, sine = view.scale * math.cos(turn), view.scale * math.sin(turn)
    side = -1.0 if view.is_mirrored else 1.0
    linear = torch.tensor([[side * cosine, -sine], [side * sine, cosine]], device=device)
    linear = linear.expand(count, 2, 2)
    about_middle = affine_maps(linear, size / 2 - linear.sum(-1) * (size / 2))
    is_mirrored = torch.full((count,), view.is_mirrored, device=device)
    return Views(compose(plain_maps(like, canvas, size), about_middle), is_mirrored, canvas, size)
