import numpy as np
import pytest
import torch

from core.models.library import ModelLibrary
from core.networks.load import PoseNetwork, load_pose_network
from core.networks.movenet import MoveNetThunder
from core.pose.skeleton import shipped_skeleton
from tests.core.networks.parity import stored

LIMBS = {"shoulder", "elbow", "wrist", "hip", "knee", "ankle"}


@pytest.fixture(scope="module")
def thunder() -> PoseNetwork:
    return load_pose_network(ModelLibrary.standard().find("movenet_thunder"))


@torch.inference_mode()
def test_heatmaps_equal_those_of_the_published_graph(thunder):
    graph_scale = float(np.float16(1 / 127.5))  # the graph stores even this number in half
    logits = thunder.module(stored.images().float() * graph_scale - 1)
    probabilities, some_logits = stored.reference("movenet_thunder")
    assert (logits.sigmoid() - probabilities).abs().max() < 2e-5
    assert (logits[..., ::5, ::5] - some_logits).abs().max() < 5e-4


@torch.inference_mode()
def test_the_cards_scaling_differs_from_the_graphs_by_nothing_that_matters(thunder):
    heatmaps = thunder.heatmaps(stored.images())
    probabilities, _ = stored.reference("movenet_thunder")
    assert (heatmaps - probabilities).abs().max() < 1e-3
    assert torch.equal(heatmaps.flatten(2).argmax(2), probabilities.flatten(2).argmax(2))


@torch.inference_mode()
def test_it_finds_the_limbs_of_the_stored_infant_on_their_own_sides(thunder):
    _, upright = thunder.heatmaps(stored.images())
    coco = shipped_skeleton(thunder.card.skeleton)
    truth = stored.upright_keypoints()
    near = 0
    for name in (name for name in coco.keypoints if name.split("_")[-1] in LIMBS):
        cell = int(upright[coco.index(name)].argmax())
        found = np.array([cell % 64 + 0.5, cell // 64 + 0.5]) * 4
        x, y = float(truth[f"{name}_x"]), float(truth[f"{name}_y"])
        expected = np.array([y, 480 - (x - 80)]) * 256 / 480  # a frame of 640x480, turned upright
        near += bool(np.hypot(*(found - expected)) < 0.05 * 256)
    assert near >= 11


def test_bytes_and_shares_are_the_same_image(thunder):
    images = stored.images()
    with torch.inference_mode():
        difference = thunder.heatmaps(images) - thunder.heatmaps(images / 255)
    assert difference.abs().max() < 1e-5


def test_every_weight_gets_a_gradient():
    torch.manual_seed(0)
    network = MoveNetThunder()
    network(torch.rand(2, 3, 64, 64) * 2 - 1).square().mean().backward()
    flat = [name for name, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert flat == []


def test_a_step_downhill_lowers_the_loss():
    network = load_pose_network(ModelLibrary.standard().find("movenet_thunder")).module.train()
    image = stored.images()[1:, :, 64:192, 64:192].float() / 127.5 - 1
    target = torch.zeros(1, 17, 32, 32)
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-3)
    losses = []
    for _ in range(3):
        loss = (network(image).sigmoid() - target).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("size", [32, 192, 320])
def test_any_multiple_of_32_goes_in(size):
    with torch.inference_mode():
        assert MoveNetThunder()(torch.zeros(1, 3, size, size)).shape == (
            1,
            17,
            size // 4,
            size // 4,
        )
