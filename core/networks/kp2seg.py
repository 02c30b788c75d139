"""From keypoints to the full silhouette: the area that a pose would fill (METHOD 1.7)."""

from itertools import pairwise
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from core.networks.figure_drawing import FIGURE_CHANNELS, draw_figure

AREA_SIZE: Final = 64
_DRAWING = 32  # half as fine as the area: four times faster, and no worse
_WIDTHS = (32, 64, 96)
_GROUPS = 8
_PERSON = 15  # among the 21 classes of PASCAL VOC
_AUTHORS_INPUT, _AUTHORS_CLASSES, _AUTHORS_SIZE = 100, 21, 256
_HALF_HEATMAP = 32.0


class Kp2Seg(nn.Module):
    """Keypoints (B, 16, 2), -1 to 1 across the view -> logits of the area (B, 1, 64, 64).

    The keypoints are drawn first, as soft dots and strokes, and a small U-net fills the body in
    around them. Instance statistics only: it does the same in training and afterwards.
    """

    def __init__(self) -> None:
        """Random weights; fill them with `load_state_dict`."""
        super().__init__()
        self.first = _Convolutions(FIGURE_CHANNELS, _WIDTHS[0])
        self.down = nn.ModuleList(_Convolutions(one, other) for one, other in pairwise(_WIDTHS))
        self.up = nn.ModuleList(
            _Convolutions(deep + flat, flat)
            for flat, deep in zip(_WIDTHS[-2::-1], _WIDTHS[:0:-1], strict=True)
        )
        self.last = nn.Conv2d(_WIDTHS[0], 4, 3, padding=1)  # four finer pixels for each

    def forward(self, points: Tensor, known: Tensor | None = None) -> Tensor:
        """Logits of the full silhouette.

        Args:
            points: keypoints in the order of `infant16`; NaN counts as unknown.
            known: (B, 16) bool or weights 1 and 0; all where left out.
        """
        is_there = points.isfinite().all(dim=-1)
        weights = is_there.to(points.dtype) * (1 if known is None else known)
        figure = draw_figure(torch.where(is_there.unsqueeze(-1), points, 0.0), weights, _DRAWING)
        levels = [self.first(figure)]
        for layer in self.down:
            levels.append(layer(fn.avg_pool2d(levels[-1], 2)))
        x = levels.pop()
        for layer, skip in zip(self.up, reversed(levels), strict=True):
            x = layer(torch.cat([_twice(x), skip], dim=1))
        return fn.pixel_shuffle(self.last(x), 2)


class AuthorsKp2Seg(nn.Module):
    """The authors' generator in their layout: heat-map pixels (B, 16, 2) -> (B, 21, 256, 256)."""

    def __init__(self) -> None:
        """Random weights; fill them with `load_state_dict`."""
        super().__init__()
        self.fc = nn.Linear(2 * 16, _AUTHORS_INPUT)
        self.main = nn.Sequential(
            *_doubling(_AUTHORS_INPUT, 512, stride=1), *_doubling(512, 256), *_doubling(256, 128),
            *_doubling(128, 64), _transposed(64, _AUTHORS_CLASSES), nn.Tanh(),
        )  # fmt: skip

    def forward(self, points: Tensor) -> Tensor:
        """Scores of the 21 classes in [-1, 1], from places 0 to 63 in the heat-maps."""
        scores = self.main(self.fc(points.flatten(1))[..., None, None])
        return fn.interpolate(scores, (_AUTHORS_SIZE, _AUTHORS_SIZE), mode="bilinear")

    def area(self, points: Tensor) -> Tensor:
        """Keypoints (B, 16, 2), -1 to 1 across the view -> how the person leads, (B, 1, 64, 64).

        Positive where the person's score is the highest of all.
        """
        scores = self.main(self.fc(((points + 1) * _HALF_HEATMAP).flatten(1))[..., None, None])
        others = torch.cat([scores[:, :_PERSON], scores[:, _PERSON + 1 :]], dim=1)
        return scores[:, _PERSON : _PERSON + 1] - others.amax(dim=1, keepdim=True)


class _Convolutions(nn.Module):
    """Two 3x3 convolutions, each normalised over groups of channels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(*_normalised(inputs, outputs), *_normalised(outputs, outputs))

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) -> (B, outputs, H, W)."""
        return self.layers(x)


def _normalised(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.GroupNorm(_GROUPS, outputs),
        nn.ReLU(inplace=True),
    )


def _twice(x: Tensor) -> Tensor:
    return fn.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def _doubling(inputs: int, outputs: int, stride: int = 2) -> tuple[nn.Module, ...]:
    return _transposed(inputs, outputs, stride), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)


def _transposed(inputs: int, outputs: int, stride: int = 2) -> nn.ConvTranspose2d:
    return nn.ConvTranspose2d(inputs, outputs, 4, stride, padding=stride - 1, bias=False)
