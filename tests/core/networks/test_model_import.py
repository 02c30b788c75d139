import math

import pytest
import torch
from safetensors.torch import load, save_file
from torch import nn

from core.errors import BadModel
from core.models.architecture import FEEDING
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks import blazepose
from core.networks.architectures import build_module, state_shapes
from core.networks.blazepose import BlazePoseMask
from core.networks.load import load_segmentation_network
from core.networks.model_import import ImportRequest, import_network
from core.networks.pose_resnet import PoseResNet
from core.pose.skeleton import shipped_skeleton
from tests.core.networks.authors_network import save_checkpoint
from tests.core.networks.tiny_graph import write_graph

TODAY = "2026-11-22"


@pytest.fixture
def library(tmp_path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "mine", tmp_path / "shipped")


@pytest.fixture(scope="module")
def student() -> BlazePoseMask:
    """The smallest network that the program knows: what holds for it holds for all."""
    torch.manual_seed(1)
    return BlazePoseMask().half().float()


@pytest.fixture(scope="module")
def teacher() -> BlazePoseMask:
    torch.manual_seed(2)
    return BlazePoseMask()


@pytest.fixture(scope="module")
def pose_resnet() -> PoseResNet:
    torch.manual_seed(3)
    return PoseResNet(18)


def stored_logits(folder: ModelFolder) -> torch.Tensor:
    return load(folder.read_weights())["logits.weight"].float()


@pytest.mark.parametrize(
    ("epoch", "args", "role", "taken", "reason"),
    [
        (39, {}, None, "student", "epoch 39 lies in the 40 epochs of pre-training"),
        (40, {}, None, "teacher", "epoch 40 lies in the adaptation"),
        (0, {"pretrain_epoch": -1}, None, "teacher", "after -1 of pre-training"),
        (69, {"mode": "oracle"}, None, "student", "oracle"),
        (69, {}, "student", "student", "as asked"),
        (3, {}, "teacher", "teacher", "as asked"),
        (3, {"pretrain_epoch": None}, None, "teacher", "does not say"),
    ],
)
def test_student_or_teacher_is_chosen_and_said(
    tmp_path, library, student, teacher, epoch, args, role, taken, reason
):
    file = save_checkpoint(tmp_path / "best.pth", student, teacher, epoch=epoch, **args)
    request = ImportRequest(file, "theirs", role=role)
    folder, notes = import_network(request, library, today=TODAY)
    expected = {"student": student, "teacher": teacher}[taken].logits.weight
    assert torch.equal(stored_logits(folder), expected)
    (note,) = notes
    assert note.startswith(f"took the {taken}'s weights")
    assert reason in note


def test_the_card_says_where_it_came_from(tmp_path, library, pose_resnet):
    file = save_checkpoint(
        tmp_path / "best.pth", pose_resnet, pose_resnet, source="SURREAL", target="SyRIP"
    )
    folder, _ = import_network(ImportRequest(file, "theirs"), library, today=TODAY)
    card = folder.card
    assert (card.skeleton, card.input_size, card.heatmap_size) == ("infant16", 256, 64)
    assert card.training_data == "as the checkpoint's arguments say: source SURREAL, target SyRIP"
    assert (card.source, card.created) == ("best.pth", TODAY)
    assert library.find("theirs").card == card


def test_a_plain_state_dict_and_safetensors_are_taken(tmp_path, library, student):
    torch.save(student.state_dict(), tmp_path / "plain.pth")
    save_file(student.state_dict(), tmp_path / "plain.safetensors")
    for name in ("plain.pth", "plain.safetensors"):
        folder, _ = import_network(ImportRequest(tmp_path / name, name), library, today=TODAY)
        assert torch.equal(stored_logits(folder), student.logits.weight)
    request = ImportRequest(tmp_path / "plain.pth", "x", role="student")
    with pytest.raises(BadModel, match=r"plain\.pth: holds one network, not a student"):
        import_network(request, library, today=TODAY)


def changed(network: nn.Module, **changes: torch.Tensor | None) -> dict[str, torch.Tensor]:
    state = network.state_dict() | {name.replace("__", "."): t for name, t in changes.items()}
    return {name: tensor for name, tensor in state.items() if tensor is not None}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"head__weight": torch.ones(17, 256, 1, 1)},
            "head.weight should be 16x256x1x1 and is 17x256x1x1",
        ),
        ({"head__bias": None}, "another network than pose_resnet18: head.bias is not there"),
        ({"more": torch.ones(1)}, "another network than pose_resnet18: more does not belong"),
    ],
)
def test_a_network_that_nearly_fits_is_told_by_its_difference(
    tmp_path, library, pose_resnet, changes, sentence
):
    torch.save(changed(pose_resnet, **changes), tmp_path / "odd.pth")
    with pytest.raises(BadModel, match=rf"odd\.pth: .*{sentence}"):
        import_network(ImportRequest(tmp_path / "odd.pth", "odd"), library, today=TODAY)
    assert library.names() == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"stage2.0.weight": torch.ones(1)}, r"another network \(stage2\.0\.weight, \.\.\.\)"),
        ({"dfnet.lin0.bias": torch.ones(512)}, "the authors' pose prior, not a pose"),
        ({"main.12.weight": torch.ones(1), "fc.bias": torch.ones(1)}, "keypoints to silhouettes"),
    ],
)
def test_an_unknown_network_is_refused_in_words(tmp_path, library, state, sentence):
    torch.save({"model": state, "optimizer": {}, "epoch": 9}, tmp_path / "odd.pth")
    with pytest.raises(BadModel, match=sentence):
        import_network(ImportRequest(tmp_path / "odd.pth", "odd"), library, today=TODAY)


def test_insisting_on_another_architecture_is_refused(tmp_path, library, pose_resnet):
    torch.save(pose_resnet.state_dict(), tmp_path / "r18.pth")
    request = ImportRequest(tmp_path / "r18.pth", "odd", architecture="pose_resnet50")
    with pytest.raises(BadModel, match=r"r18\.pth: a pose_resnet18, not a pose_resnet50\."):
        import_network(request, library, today=TODAY)


def test_deeplab_is_taken_without_its_second_head(tmp_path, library):
    shapes = state_shapes("deeplabv3_resnet50")
    state = {name: torch.zeros(shape) for name, shape in shapes.items()}
    state["classifier.4.bias"][15] = math.log(20)  # "person" weighs as much as the 20 others
    torch.save(state | {"aux_classifier.4.bias": torch.ones(21)}, tmp_path / "deeplab.pth")
    folder, _ = import_network(ImportRequest(tmp_path / "deeplab.pth", "lab"), library, today=TODAY)
    assert folder.card.architecture == "deeplabv3_resnet50"
    network = load_segmentation_network(library.find("lab"))
    with torch.inference_mode():
        masks = network.probabilities(torch.zeros(1, 3, 64, 64, dtype=torch.uint8))
    assert torch.allclose(masks, torch.full((1, 1, 64, 64), 0.5))


@pytest.mark.parametrize("by", ["file", "folder"])
def test_a_graph_is_taken_and_stored_in_half_without_loss(tmp_path, library, student, by):
    (tmp_path / "graph").mkdir()
    file = write_graph(tmp_path / "graph" / "model.json", student, blazepose.GRAPH_OUTPUT)
    request = ImportRequest(file if by == "file" else file.parent, "mask")
    folder, _ = import_network(request, library, today=TODAY)
    assert folder.card.architecture == "blazepose_full_mask"
    assert {tensor.dtype for tensor in load(folder.read_weights()).values()} == {torch.float16}
    for name, tensor in load_segmentation_network(folder).module.state_dict().items():
        assert torch.equal(tensor, student.state_dict()[name])


def test_an_unknown_graph_is_refused(tmp_path, library):
    file = write_graph(tmp_path / "model.json", nn.Sequential(nn.Conv2d(1, 1, 1)), "end")
    for architecture in (None, "movenet_thunder"):
        with pytest.raises(BadModel, match=r"model\.json: a TensorFlow\.js graph, but not of"):
            import_network(ImportRequest(file, "x", architecture), library, today=TODAY)
    with pytest.raises(BadModel, match="a graph holds one network"):
        import_network(ImportRequest(file, "x", role="student"), library, today=TODAY)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadModel, match=r"a folder with 0 \.json files"):
        import_network(ImportRequest(tmp_path / "empty", "x"), library, today=TODAY)


def test_a_taken_name_is_refused_before_anything_is_read(tmp_path, library, student):
    (tmp_path / "mine" / "mine").mkdir(parents=True)
    with pytest.raises(BadModel, match="already there"):
        import_network(ImportRequest(tmp_path / "missing.pth", "mine"), library, today=TODAY)


@pytest.mark.parametrize("architecture", FEEDING)
def test_every_architecture_gives_what_its_feeding_says(architecture):
    feeding = FEEDING[architecture]
    with torch.device("meta"):
        network = build_module(architecture, feeding.skeleton).eval()
        output = network(torch.zeros(1, 3, feeding.input_size, feeding.input_size))
    assert output.shape[2:] == (feeding.heatmap_size, feeding.heatmap_size)
    assert output.shape[1] == (len(shipped_skeleton(feeding.skeleton)) if feeding.skeleton else 1)
