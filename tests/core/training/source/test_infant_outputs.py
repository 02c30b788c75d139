import pytest
import torch

from core.models.library import ModelLibrary
from core.networks.load import PoseNetwork, load_pose_network
from core.networks.pose_resnet import PoseResNet
from core.pose.skeleton import shipped_skeleton
from core.training.source.infant_outputs import with_infant_outputs
from tests.core.training import toy

COCO, OURS = shipped_skeleton("coco17"), shipped_skeleton("infant16")


def logits(network, pictures):
    with torch.no_grad():
        return network.module(pictures)


@pytest.fixture(scope="module")
def movenet():
    return load_pose_network(ModelLibrary.standard().find("movenet_thunder"))


def resnet():
    torch.manual_seed(4)
    card = toy.CARD.model_copy(update={"skeleton": "coco17"})
    return PoseNetwork(card, PoseResNet(18, 17).eval())


@pytest.mark.parametrize("architecture", ["movenet", "resnet"])
def test_outputs_are_taken_over_by_name_and_others_begin_between_their_neighbours(
    architecture, movenet
):
    base = movenet if architecture == "movenet" else resnet()
    made = with_infant_outputs(base)
    assert made.card.skeleton == "infant16"
    pictures = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    before, after = logits(base, pictures), logits(made, pictures)
    shared = [name for name in OURS.keypoints if name in COCO.keypoints]
    assert torch.allclose(
        after[:, OURS.indices(*shared)], before[:, COCO.indices(*shared)], atol=1e-4
    )
    shoulders = before[:, COCO.indices("left_shoulder", "right_shoulder")].mean(1)
    assert torch.allclose(after[:, OURS.indices("neck")][:, 0], shoulders, atol=1e-4)


def test_the_base_stays_as_it_was(movenet):
    before = {name: value.clone() for name, value in movenet.module.state_dict().items()}
    with torch.no_grad():
        for parameter in with_infant_outputs(movenet).module.parameters():
            parameter.zero_()
    after = movenet.module.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_network_that_gives_the_16_is_left_alone():
    network = toy.network(1)
    assert with_infant_outputs(network) is network
