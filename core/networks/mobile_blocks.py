"""Convolution blocks of the mobile networks, with batch norm already folded into the biases.

Layers are defined in the order in which they compute: `tfjs_graph` fills them in that order.
"""

from torch import Tensor, nn
from torch.nn import functional


class EndPaddedConv2d(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding: what cannot be halved goes to the end."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - the name is torch's
        """Convolve (B, C, H, W); the output is ceil(H / stride) high."""
        top, bottom = self._padding(input.shape[2])
        left, right = self._padding(input.shape[3])
        return super().forward(functional.pad(input, (left, right, top, bottom)))

    def _padding(self, length: int) -> tuple[int, int]:
        kernel, stride = self.kernel_size[0], self.stride[0]
        whole = max((-(-length // stride) - 1) * stride + kernel - length, 0)
        return whole // 2, whole - whole // 2


def depthwise(
    channels: int, *, kernel: int = 3, stride: int = 1, bias: bool = True, end_padded: bool = False
) -> nn.Conv2d:
    """One filter for each channel; `end_padded` as TensorFlow pads a stride of 2."""
    if end_padded and stride > 1:
        return EndPaddedConv2d(channels, channels, kernel, stride, groups=channels, bias=bias)
    return nn.Conv2d(
        channels, channels, kernel, stride, padding=kernel // 2, groups=channels, bias=bias
    )


class InvertedResidual(nn.Module):
    """MobileNetV2's block: widen, filter each channel, narrow; added to its input if it fits."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        expansion: int = 6,
        kernel: int = 3,
        stride: int = 1,
        end_padded: bool = False,
    ) -> None:
        """`expansion` 1 leaves the widening and the sum out; `end_padded`: see `depthwise`."""
        super().__init__()
        width = inputs * expansion
        self.expand = nn.Conv2d(inputs, width, 1) if expansion > 1 else None
        self.depthwise = depthwise(width, kernel=kernel, stride=stride, end_padded=end_padded)
        self.project = nn.Conv2d(width, outputs, 1)
        self.adds_input = expansion > 1 and stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) -> (B, outputs, H / stride, W / stride)."""
        wide = x if self.expand is None else functional.relu6(self.expand(x), inplace=True)
        narrow = self.project(functional.relu6(self.depthwise(wide), inplace=True))
        return x + narrow if self.adds_input else narrow


def twice_as_large(x: Tensor) -> Tensor:
    """Double height and width, bilinear with half-pixel centres."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
