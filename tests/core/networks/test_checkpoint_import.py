import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from core.errors import BadModel
from core.networks.architectures import state_shapes
from core.networks.blazepose import BlazePoseMask
from core.networks.checkpoint_import import network_from_checkpoint
from core.networks.pose_resnet import PoseResNet
from tests.core.networks.authors_network import save_checkpoint


@pytest.fixture(scope="module")
def student() -> BlazePoseMask:
    """The smallest network that the program knows: what holds for it holds for all."""
    torch.manual_seed(1)
    return BlazePoseMask()


@pytest.fixture(scope="module")
def teacher() -> BlazePoseMask:
    torch.manual_seed(2)
    return BlazePoseMask()


@pytest.fixture(scope="module")
def pose_resnet() -> PoseResNet:
    torch.manual_seed(3)
    return PoseResNet(18)


@pytest.mark.parametrize(
    ("epoch", "args", "role", "taken", "reason"),
    [
        (39, {}, None, "student", "epoch 39 lies in the 40 epochs of pre-training"),
        (40, {}, None, "teacher", "epoch 40 lies in the adaptation"),
        (0, {"pretrain_epoch": -1}, None, "teacher", "after -1 of pre-training"),
        (69, {"mode": "oracle"}, None, "student", "oracle"),
        (69, {"oracle": True}, None, "student", "oracle"),
        (69, {"oracle": False}, None, "teacher", "adaptation"),
        (69, {}, "student", "student", "as asked"),
        (3, {}, "teacher", "teacher", "as asked"),
        (3, {"pretrain_epoch": None}, None, "teacher", "does not say"),
    ],
)
def test_student_or_teacher_is_chosen_and_said(
    tmp_path, student, teacher, epoch, args, role, taken, reason
):
    file = save_checkpoint(tmp_path / "best.pth", student, teacher, epoch=epoch, **args)
    found = network_from_checkpoint(file, role=role)
    expected = {"student": student, "teacher": teacher}[taken].logits.weight
    assert torch.equal(found.state["logits.weight"], expected)
    (note,) = found.notes
    assert note.startswith(f"took the {taken}'s weights")
    assert reason in note


def test_a_checkpoint_without_the_wanted_one_is_refused(tmp_path, student):
    torch.save({"student": student.state_dict(), "epoch": 69}, tmp_path / "half.pth")
    with pytest.raises(BadModel, match=r"the teacher is wanted .*holds only a student"):
        network_from_checkpoint(tmp_path / "half.pth")
    assert network_from_checkpoint(tmp_path / "half.pth", role="student").notes


def test_its_arguments_name_the_training_data(tmp_path, pose_resnet):
    file = save_checkpoint(
        tmp_path / "best.pth", pose_resnet, pose_resnet, source="SURREAL", target="SyRIP"
    )
    found = network_from_checkpoint(file)
    assert found.architecture == "pose_resnet18"
    assert found.training_data == "as the checkpoint's arguments say: source SURREAL, target SyRIP"


@pytest.mark.parametrize("ending", ["pth", "safetensors"])
def test_a_plain_state_dict_is_taken(tmp_path, student, ending):
    file = tmp_path / f"plain.{ending}"
    (torch.save if ending == "pth" else save_file)(student.state_dict(), file)
    found = network_from_checkpoint(file)
    assert found.architecture == "blazepose_full_mask"
    assert found.training_data == "not stated"
    assert found.notes == ()
    with pytest.raises(BadModel, match=r"plain\.\w+: holds one network, not a student"):
        network_from_checkpoint(file, role="student")


def changed(network: nn.Module, **changes: torch.Tensor | None) -> dict[str, torch.Tensor]:
    state = network.state_dict() | {name.replace("__", "."): t for name, t in changes.items()}
    return {name: tensor for name, tensor in state.items() if tensor is not None}


@pytest.mark.parametrize(
    ("changes", "difference"),
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
    tmp_path, pose_resnet, changes, difference
):
    torch.save(changed(pose_resnet, **changes), tmp_path / "odd.pth")
    with pytest.raises(BadModel, match=rf"odd\.pth: .*{difference}"):
        network_from_checkpoint(tmp_path / "odd.pth")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"stage2.0.weight": torch.ones(1)}, r"another network \(stage2\.0\.weight, \.\.\.\)"),
        ({"dfnet.lin0.bias": torch.ones(512)}, r"another network \(dfnet\.lin0\.bias, \.\.\.\)"),
    ],
)
def test_an_unknown_network_is_refused_in_words(tmp_path, state, sentence):
    torch.save({"model": state, "optimizer": {}, "epoch": 9}, tmp_path / "odd.pth")
    with pytest.raises(BadModel, match=sentence):
        network_from_checkpoint(tmp_path / "odd.pth")


def test_insisting_on_another_architecture_is_refused(tmp_path, pose_resnet):
    torch.save(pose_resnet.state_dict(), tmp_path / "r18.pth")
    with pytest.raises(BadModel, match=r"r18\.pth: a pose_resnet18, not a pose_resnet50\."):
        network_from_checkpoint(tmp_path / "r18.pth", architecture="pose_resnet50")


def test_deeplab_is_taken_without_its_second_head(tmp_path):
    shapes = state_shapes("deeplabv3_resnet50")
    state = {name: torch.zeros(shape) for name, shape in shapes.items()}
    torch.save(state | {"aux_classifier.4.bias": torch.ones(21)}, tmp_path / "deeplab.pth")
    found = network_from_checkpoint(tmp_path / "deeplab.pth")
    assert found.architecture == "deeplabv3_resnet50"
    assert found.state.keys() == state.keys()
