import pytest
import torch
from safetensors.torch import save

from core.errors import BadInput, BadModel
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, write_model_folder
from core.networks.load import load_pose_network, load_segmentation_network
from core.networks.movenet import MoveNetThunder
from tests.core.models.test_card import make_card


def folder_with(tmp_path, weights: bytes, **card) -> ModelFolder:
    return write_model_folder(tmp_path / "model", make_card(**card), weights)


def test_a_network_is_ready_to_look_and_to_learn():
    network = load_pose_network(ModelLibrary.standard().find("movenet_thunder"))
    assert not network.module.training
    assert all(p.requires_grad and p.dtype == torch.float32 for p in network.module.parameters())


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_a_network_can_be_had_in_another_precision(dtype):
    network = load_pose_network(ModelLibrary.standard().find("movenet_thunder"), dtype=dtype)
    assert {p.dtype for p in network.module.parameters()} == {dtype}
    with torch.inference_mode():
        heatmaps = network.heatmaps(torch.zeros(1, 3, 64, 64, dtype=torch.uint8))
    assert heatmaps.dtype == torch.float32


@pytest.mark.gpu
def test_a_network_looks_from_the_graphics_card_as_from_the_processor():
    folder = ModelLibrary.standard().find("movenet_thunder")
    images = torch.randint(0, 256, (2, 3, 256, 256), dtype=torch.uint8)
    with torch.inference_mode():
        here = load_pose_network(folder).heatmaps(images)
        there = load_pose_network(folder, "cuda").heatmaps(images)
    assert (here - there.cpu()).abs().max() < 5e-3  # its convolutions round to 10 bits


def test_a_16_keypoint_thunder_is_a_model_too(tmp_path):
    torch.manual_seed(0)
    state = MoveNetThunder(16).state_dict()
    network = load_pose_network(folder_with(tmp_path, save(state), skeleton="infant16"))
    with torch.inference_mode():
        heatmaps = network.heatmaps(torch.rand(1, 3, 64, 64))
    assert heatmaps.shape == (1, 16, 16, 16)
    assert ((heatmaps >= 0) & (heatmaps <= 1)).all()


@pytest.mark.parametrize("weights", [b"", b"text", save({"a": torch.ones(1)})[:-2]])
def test_weights_that_are_no_safetensors_are_told(tmp_path, weights):
    with pytest.raises(BadModel, match=r"weights\.safetensors: not a safetensors file"):
        load_pose_network(folder_with(tmp_path, weights))


def test_weights_of_another_network_are_told(tmp_path):
    for number, state in enumerate([{"a": torch.ones(1)}, MoveNetThunder(16).state_dict()]):
        folder = folder_with(tmp_path / str(number), save(state))
        with pytest.raises(BadModel, match=r"not the weights of movenet_thunder"):
            load_pose_network(folder)


def test_a_card_that_names_an_unknown_skeleton_is_told(tmp_path):
    folder = folder_with(tmp_path, save({"a": torch.ones(1)}), skeleton="octopus8")
    with pytest.raises(BadInput, match=r"octopus8\.toml"):
        load_pose_network(folder)


def test_the_two_tasks_are_not_mixed_up():
    library = ModelLibrary.standard()
    with pytest.raises(BadModel, match="a pose network, where a segmentation network is needed"):
        load_segmentation_network(library.find("movenet_thunder"))
    with pytest.raises(BadModel, match="a segmentation network, where a pose network is needed"):
        load_pose_network(library.find("infant_mask"))
