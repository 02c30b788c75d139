"""SimpleBaseline: a ResNet and three transposed convolutions, in the authors' layout."""

from typing import Literal

from torch import Tensor, nn

from core.networks.torchvision_shim import torchvision_models

Depth = Literal[18, 50, 101]

_WIDTH = 256
_INITIAL_DEVIATION = 0.001


class PoseResNet(nn.Module):
    """Normalised RGB (B, 3, H, W) -> heat-maps (B, K, H/4, W/4) that peak near 1, without sigmoid.

    The state dict's keys are those of the authors' checkpoints (METHOD.md, section 6): `backbone.`
    with torchvision's names, `upsampling.{0,3,6}` transposed convolutions, `upsampling.{1,4,7}`
    batch norms, `head.`. They store `backbone.fc` too; it is kept for that, and never computed.
    """

    def __init__(self, depth: Depth, keypoints: int = 16) -> None:
        """Random weights: torchvision's for the trunk, N(0, 0.001) for the rest, as the authors."""
        super().__init__()
        self.backbone = getattr(torchvision_models(), f"resnet{depth}")(weights=None)
        self.upsampling = nn.Sequential(
            *_doubling(self.backbone.fc.in_features), *_doubling(_WIDTH), *_doubling(_WIDTH)
        )
        self.head = nn.Conv2d(_WIDTH, keypoints, 1)
        for layer in (*self.upsampling, self.head):
            _start_small(layer)

    def forward(self, images: Tensor) -> Tensor:
        """Heat-maps, one for each keypoint."""
        trunk = self.backbone
        x = trunk.maxpool(trunk.relu(trunk.bn1(trunk.conv1(images))))
        x = trunk.layer4(trunk.layer3(trunk.layer2(trunk.layer1(x))))
        return self.head(self.upsampling(x))


def _doubling(inputs: int) -> tuple[nn.Module, ...]:
    return (
        nn.ConvTranspose2d(inputs, _WIDTH, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(_WIDTH),
        nn.ReLU(inplace=True),
    )


def _start_small(layer: nn.Module) -> None:
    if isinstance(layer, nn.ConvTranspose2d | nn.Conv2d):
        nn.init.normal_(layer.weight, std=_INITIAL_DEVIATION)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
