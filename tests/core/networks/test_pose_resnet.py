import pytest
import torch

from core.models.library import ModelLibrary
from core.networks.architectures import state_shapes
from core.networks.load import load_pose_network
from core.networks.model_import import ImportRequest, import_network
from core.networks.pose_resnet import PoseResNet
from tests.core.networks.authors_network import AuthorsNetwork, save_checkpoint, trained_looking

IMAGENET_MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
IMAGENET_STD = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)


@pytest.mark.parametrize("depth", [18, 50, 101])
def test_the_state_dict_has_the_authors_names_and_shapes(depth):
    with torch.device("meta"):
        theirs = AuthorsNetwork(depth).state_dict()
    ours = state_shapes(f"pose_resnet{depth}")
    assert ours == {name: tuple(tensor.shape) for name, tensor in theirs.items()}


def test_pose_resnet101_has_the_646_tensors_of_the_published_layout():
    shapes = state_shapes("pose_resnet101")
    assert len(shapes) == 646
    assert shapes["backbone.conv1.weight"] == (64, 3, 7, 7)
    assert shapes["backbone.fc.weight"] == (1000, 2048)
    assert [shapes[f"upsampling.{n}.weight"][0] for n in (0, 3, 6)] == [2048, 256, 256]
    assert shapes["upsampling.7.running_var"] == (256,)
    assert shapes["head.weight"] == (16, 256, 1, 1)


@pytest.mark.parametrize("depth", [18, 50, pytest.param(101, marks=pytest.mark.slow)])
def test_an_imported_checkpoint_gives_the_authors_heatmaps(tmp_path, depth):
    teacher = trained_looking(depth, seed=depth)
    file = save_checkpoint(tmp_path / "best.pth", trained_looking(depth, seed=1), teacher)
    library = ModelLibrary(tmp_path / "mine", tmp_path / "shipped")
    folder, _ = import_network(ImportRequest(file, "theirs"), library, today="2026-11-22")
    assert folder.card.architecture == f"pose_resnet{depth}"

    images = torch.rand(1, 3, 128, 128, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected = teacher((images - IMAGENET_MEAN) / IMAGENET_STD)
        found = load_pose_network(library.find("theirs")).heatmaps(images)
    assert found.shape == (1, 16, 32, 32)
    assert ((found - expected).abs().max() / expected.abs().max()) < 1e-4


def test_the_classifier_is_kept_but_never_computed():
    torch.manual_seed(0)
    network = PoseResNet(18)
    network(torch.rand(2, 3, 64, 64)).square().sum().backward()
    without = [name for name, p in network.named_parameters() if p.grad is None]
    assert without == ["backbone.fc.weight", "backbone.fc.bias"]


def test_the_upper_layers_start_as_the_authors():
    torch.manual_seed(0)
    network = PoseResNet(18)
    for layer in (network.upsampling[0], network.upsampling[6], network.head):
        assert layer.weight.std().item() == pytest.approx(0.001, rel=0.1)
    assert not network.head.bias.any()
