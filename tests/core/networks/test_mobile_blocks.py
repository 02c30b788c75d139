import pytest
import torch

from core.networks.mobile_blocks import EndPaddedConv2d, InvertedResidual, twice_as_large


@pytest.mark.parametrize("length", [1, 2, 7, 8, 9, 256])
@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (5, 2)])
def test_end_padding_is_tensorflows(length, kernel, stride):
    """Output ceil(n / stride); of an odd number of padded cells the larger half is at the end."""
    layer = EndPaddedConv2d(1, 1, kernel, stride, bias=False)
    torch.nn.init.ones_(layer.weight)
    row = layer(torch.ones(1, 1, length, length))[0, 0]
    count = -(-length // stride)
    before = max((count - 1) * stride + kernel - length, 0) // 2
    starts = torch.arange(count) * stride - before
    seen = (starts + kernel).clamp(max=length) - starts.clamp(min=0)
    assert torch.equal(row, torch.outer(seen, seen).float())


@pytest.mark.parametrize(
    ("outputs", "options", "adds"),
    [(8, {}, True), (6, {}, False), (8, {"stride": 2}, False), (8, {"expansion": 1}, False)],
)
def test_the_input_is_added_only_where_it_fits(outputs, options, adds):
    torch.manual_seed(0)
    block = InvertedResidual(8, outputs, **options)
    for parameter in block.parameters():
        torch.nn.init.zeros_(parameter)
    x = torch.rand(1, 8, 4, 4)
    assert torch.equal(block(x), x if adds else torch.zeros_like(block(x)))


def test_doubling_keeps_half_pixel_centres():
    assert twice_as_large(torch.tensor([[[[0.0, 4.0]]]]))[0, 0, 0].tolist() == [0, 1, 3, 4]
