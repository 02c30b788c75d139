"""BlazePose's mask branch: a mobile trunk and a thin decoder back to the size of the input."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from torch import Tensor, nn
from torch.nn import functional

from core.networks.mobile_blocks import InvertedResidual, depthwise, twice_as_large

GRAPH_OUTPUT = "StatefulPartitionedCall/model/output_segmentation/BiasAdd"

_STEM = 24
_PYRAMID, _FINE = 48, 8


class _Stage(NamedTuple):
    channels: int
    blocks: int
    stride: int  # of the first block
    kernel: int
    expansion: int = 6


_STAGES = {
    "full": (
        _Stage(16, 1, 1, 3, expansion=1),
        _Stage(24, 1, 2, 3, expansion=4),
        _Stage(24, 1, 1, 3),
        _Stage(32, 2, 2, 5),
        _Stage(64, 3, 2, 3),
        _Stage(88, 3, 1, 5),
        _Stage(144, 4, 2, 5),
    ),
    "heavy": (
        _Stage(24, 1, 1, 3, expansion=1),
        _Stage(32, 1, 2, 3, expansion=4),
        _Stage(32, 1, 1, 3, expansion=4),
        _Stage(32, 2, 1, 3),
        _Stage(56, 4, 2, 5),
        _Stage(112, 6, 2, 3),
        _Stage(160, 6, 1, 5),
        _Stage(272, 8, 2, 5),
    ),
}


class BlazePoseMask(nn.Module):
    """RGB in [0, 1] (B, 3, H, W) -> logits (B, 1, H, W) of pixels that show the person.

    H and W are multiples of 32; it was trained at 256. The published graph also gives landmarks
    and a pose flag, whose layers are left out.
    """

    def __init__(self, variant: Literal["full", "heavy"] = "full") -> None:
        """Random weights; fill them with `load_state_dict`."""
        super().__init__()
        stages = _STAGES[variant]
        deepest, (finest, *laterals) = stages[-1].channels, _skipped_channels(stages)
        self.stem = nn.Conv2d(3, _STEM, 3, stride=2, padding=1)
        self.stages = nn.ModuleList(_trunk(stages))
        self.top = _Top(deepest, 6 * deepest, _PYRAMID)
        self.laterals = nn.ModuleList(_Separable(skip, _PYRAMID) for skip in reversed(laterals))
        self.narrow = _Separable(_PYRAMID, _FINE)
        self.fine_lateral = _Separable(finest, _FINE)
        self.refine_half = nn.Sequential(_ResidualSeparable(_FINE), _ResidualSeparable(_FINE))
        self.refine_full = nn.Sequential(_ResidualSeparable(_FINE), _ResidualSeparable(_FINE))
        self.logits = nn.Conv2d(_FINE, 1, 3, padding=1)

    def forward(self, images: Tensor) -> Tensor:
        """Mask logits; a sigmoid turns them into probabilities."""
        x = functional.relu6(self.stem(images), inplace=True)
        by_size: dict[int, Tensor] = {}  # the last map of each size, as the decoder wants it
        for stage in self.stages:
            x = stage(x)
            by_size[x.shape[2]] = x
        finest, *skipped, _ = by_size.values()
        x = self.top(x)
        for lateral, skip in zip(self.laterals, reversed(skipped), strict=True):
            x = twice_as_large(x) + lateral(skip)
        x = twice_as_large(self.narrow(x)) + self.fine_lateral(finest)
        return self.logits(self.refine_full(twice_as_large(self.refine_half(x))))


def _skipped_channels(stages: tuple[_Stage, ...]) -> list[int]:
    """Widths of the last map of each size, fine to coarse, the deepest left out."""
    return [stage.channels for stage, following in pairwise(stages) if following.stride == 2]


def _trunk(stages: tuple[_Stage, ...]) -> Iterator[nn.Sequential]:
    """One run of blocks for each stage."""
    inputs = _STEM
    for stage in stages:
        blocks = nn.Sequential()
        for number in range(stage.blocks):
            stride = stage.stride if number == 0 else 1
            blocks.append(
                InvertedResidual(
                    inputs,
                    stage.channels,
                    expansion=stage.expansion,
                    kernel=stage.kernel,
                    stride=stride,
                )
            )
            inputs = stage.channels
        yield blocks


class _Top(nn.Module):
    """Widen the deepest map, filter it twice, narrow it to the pyramid's width."""

    def __init__(self, inputs: int, width: int, outputs: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(inputs, width, 1)
        self.depthwise = depthwise(width)
        self.separable = _Separable(width, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) -> (B, outputs, H, W)."""
        x = functional.relu6(self.expand(x), inplace=True)
        return self.separable(functional.relu6(self.depthwise(x), inplace=True))


class _Separable(nn.Module):
    """Filter each channel, then mix channels; ReLU6 after both."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.depthwise = depthwise(inputs)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) -> (B, outputs, H, W)."""
        x = functional.relu6(self.depthwise(x), inplace=True)
        return functional.relu6(self.pointwise(x), inplace=True)


class _ResidualSeparable(nn.Module):
    """A separable convolution added to its input, ReLU6 after the sum."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.depthwise = depthwise(channels)
        self.pointwise = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, channels, H, W) -> the same shape."""
        filtered = functional.relu6(self.depthwise(x), inplace=True)
        return functional.relu6(x + self.pointwise(filtered), inplace=True)
