import pytest
import torch

from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.blazepose import BlazePoseMask
from core.networks.load import SegmentationNetwork, load_segmentation_network
from tests.core.networks.parity import stored


@pytest.fixture(scope="module")
def mask_network() -> SegmentationNetwork:
    return load_segmentation_network(ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL))


@torch.inference_mode()
def test_masks_equal_those_of_the_published_graph_with_these_weights(mask_network):
    found = mask_network.probabilities(stored.images())
    expected, some_logits = stored.reference(DEFAULT_SEGMENTATION_MODEL)
    assert found.shape == (2, 1, 256, 256)
    assert (found - expected).abs().max() < 1e-3
    clear = (expected - 0.5).abs() > 1e-3
    assert torch.equal((found > 0.5)[clear], (expected > 0.5)[clear])
    logits = mask_network.module(stored.images() / 255)[..., ::5, ::5]
    assert ((logits - some_logits).abs() / (1 + some_logits.abs())).max() < 2e-3


@torch.inference_mode()
def test_the_mask_covers_the_infant_of_the_demo(mask_network):
    _, upright = mask_network.probabilities(stored.images())[:, 0] > 0.5
    assert 0.05 < upright.float().mean() < 0.2
    assert upright[130, 125]  # the trunk
    assert not upright[20, 20]  # the blanket


@pytest.mark.parametrize("variant", ["full", "heavy"])
def test_every_weight_gets_a_gradient(variant):
    torch.manual_seed(0)
    network = BlazePoseMask(variant)
    network(torch.rand(2, 3, 128, 128)).square().mean().backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())
