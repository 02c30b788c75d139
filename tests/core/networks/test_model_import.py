import pytest
import torch

from core.errors import BadModel
from core.models.library import ModelLibrary
from core.networks import blazepose
from core.networks.blazepose import BlazePoseMask
from core.networks.load import load_segmentation_network
from core.networks.model_import import ImportRequest, import_network
from tests.core.networks.authors_network import save_checkpoint
from tests.core.networks.tiny_graph import write_graph

TODAY = "2026-11-22"


@pytest.fixture
def library(tmp_path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "mine", tmp_path / "shipped")


@pytest.fixture(scope="module")
def network() -> BlazePoseMask:
    torch.manual_seed(0)
    return BlazePoseMask().half().float()


def assert_same_weights(library: ModelLibrary, name: str, network: BlazePoseMask) -> None:
    for key, tensor in load_segmentation_network(library.find(name)).module.state_dict().items():
        assert torch.equal(tensor, network.state_dict()[key])


def test_a_checkpoint_becomes_a_model(tmp_path, library, network):
    file = save_checkpoint(tmp_path / "best.pth", network, network)
    model, notes = import_network(ImportRequest(file, "theirs"), library, today=TODAY)
    assert_same_weights(library, "theirs", network)
    card = model.card
    assert (card.architecture, card.task) == ("blazepose_full_mask", "segmentation")
    assert (card.source, card.created) == ("best.pth", TODAY)
    assert library.find("theirs") == model
    assert len(notes) == 1


@pytest.mark.parametrize("by", ["file", "folder"])
def test_a_graph_becomes_a_model(tmp_path, library, network, by):
    (tmp_path / "graph").mkdir()
    file = write_graph(tmp_path / "graph" / "model.json", network, blazepose.GRAPH_OUTPUT)
    request = ImportRequest(file if by == "file" else file.parent, "mask")
    import_network(request, library, today=TODAY)
    assert_same_weights(library, "mask", network)
    with pytest.raises(BadModel, match="a graph holds one network"):
        import_network(ImportRequest(file, "x", role="student"), library, today=TODAY)


def test_a_folder_must_hold_one_graph(tmp_path, library):
    with pytest.raises(BadModel, match=r"with 0 \.json files"):
        import_network(ImportRequest(tmp_path, "x"), library, today=TODAY)


@pytest.mark.parametrize("name", ["taken", "a/b", ""])
def test_a_name_that_cannot_be_had_is_refused_before_anything_is_read(tmp_path, library, name):
    (tmp_path / "mine" / "taken").mkdir(parents=True)
    with pytest.raises(BadModel, match=r"already there|not a model name"):
        import_network(ImportRequest(tmp_path / "missing.pth", name), library, today=TODAY)


@pytest.mark.parametrize("name", ["missing.pth", "missing.json", "x" * 300 + ".pth"])
def test_a_refused_file_leaves_nothing_behind(tmp_path, library, name):
    with pytest.raises(BadModel, match=r"there is no such file|cannot be read"):
        import_network(ImportRequest(tmp_path / name, "new"), library, today=TODAY)
    assert not (tmp_path / "mine").exists()
