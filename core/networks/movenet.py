"""MoveNet SinglePose Thunder's heat-map branch: MobileNetV2 of width 1.75 and a light pyramid."""

from torch import Tensor, nn
from torch.nn import functional

from core.networks.mobile_blocks import (
    EndPaddedConv2d,
    InvertedResidual,
    depthwise,
    twice_as_large,
)

GRAPH_OUTPUT = "StatefulPartitionedCall/kpt_heatmap_0/conv2d_5/BiasAdd"

_STEM = 56
_STAGES = (  # channels, blocks, stride of the first block
    (32, 1, 1),
    (40, 2, 2),
    (56, 3, 2),
    (112, 4, 2),
    (168, 3, 1),
    (280, 3, 2),
    (560, 1, 1),
)
_SKIPPED_BLOCKS = (2, 5, 9)  # the last blocks at strides 4, 8 and 16 that feed the pyramid
_WIDE = 1280


class MoveNetThunder(nn.Module):
    """RGB in [-1, 1] (B, 3, H, W) -> logits (B, 17, H/4, W/4) in COCO's keypoint order.

    H and W are multiples of 32; it was trained at 256. The published graph goes on to choose one
    person by a centre map and adds offsets; for a single infant in a crop the heat-maps suffice.
    """

    def __init__(self, keypoints: int = 17) -> None:
        """Random weights; fill them with `load_state_dict`."""
        super().__init__()
        self.stem = EndPaddedConv2d(3, _STEM, 3, stride=2)
        self.blocks = _trunk_blocks()
        self.widen = nn.Conv2d(_STAGES[-1][0], _WIDE, 1)
        self.top = nn.Conv2d(_WIDE, 64, 1)
        self.levels = nn.ModuleList(
            [_PyramidLevel(64, 112, 32), _PyramidLevel(32, 56, 24), _PyramidLevel(24, 40, 24)]
        )
        self.head = _HeatmapHead(24, 96, keypoints)

    def forward(self, images: Tensor) -> Tensor:
        """Heat-map logits; a sigmoid turns them into confidences."""
        x = functional.relu6(self.stem(images), inplace=True)
        skipped: list[Tensor] = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in _SKIPPED_BLOCKS:
                skipped.append(x)
        x = self.top(functional.relu6(self.widen(x), inplace=True))
        for level, skip in zip(self.levels, reversed(skipped), strict=True):
            x = level(x, skip)
        return self.head(x)


def _trunk_blocks() -> nn.ModuleList:
    blocks = nn.ModuleList()
    inputs, expansion = _STEM, 1
    for outputs, count, first_stride in _STAGES:
        for number in range(count):
            stride = first_stride if number == 0 else 1
            blocks.append(
                InvertedResidual(
                    inputs, outputs, expansion=expansion, stride=stride, end_padded=True
                )
            )
            inputs, expansion = outputs, 6
    return blocks


class _PyramidLevel(nn.Module):
    """Enlarge, add the trunk's finer map, smooth with a separable convolution."""

    def __init__(self, inputs: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.lateral = nn.Conv2d(skip, inputs, 1)
        self.depthwise = depthwise(inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        """(B, inputs, H, W) and (B, skip, 2H, 2W) -> (B, outputs, 2H, 2W)."""
        merged = twice_as_large(x) + self.lateral(skip)
        return functional.relu(self.pointwise(self.depthwise(merged)), inplace=True)


class _HeatmapHead(nn.Module):
    """A separable convolution, then one logit for each keypoint."""

    def __init__(self, inputs: int, width: int, keypoints: int) -> None:
        super().__init__()
        self.depthwise = depthwise(inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, width, 1)
        self.logits = nn.Conv2d(width, keypoints, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) -> (B, keypoints, H, W)."""
        return self.logits(functional.relu(self.pointwise(self.depthwise(x)), inplace=True))
