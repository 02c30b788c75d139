import pytest
import torch
from torch import nn

from core.errors import BadModel
from core.networks import blazepose, movenet
from core.networks.architectures import build_module
from core.networks.tfjs_import import network_from_graph
from tests.core.networks.tiny_graph import write_graph

OUTPUTS = {
    "movenet_thunder": ("coco17", movenet.GRAPH_OUTPUT),
    "blazepose_full_mask": ("", blazepose.GRAPH_OUTPUT),
    "blazepose_heavy_mask": ("", blazepose.GRAPH_OUTPUT),
}


@pytest.mark.parametrize("architecture", OUTPUTS)
def test_a_graph_is_recognised_by_its_layers(tmp_path, architecture):
    skeleton, output = OUTPUTS[architecture]
    torch.manual_seed(0)
    network = build_module(architecture, skeleton).half().float()
    found = network_from_graph(write_graph(tmp_path / "model.json", network, output))
    assert found.architecture == architecture
    assert "Apache-2.0" in found.licence
    for name, tensor in network.state_dict().items():
        assert torch.equal(found.state[name], tensor)


@pytest.mark.parametrize("architecture", [None, "movenet_thunder", "pose_resnet50"])
def test_another_graph_is_refused(tmp_path, architecture):
    file = write_graph(tmp_path / "model.json", nn.Sequential(nn.Conv2d(1, 1, 1)), "end")
    with pytest.raises(BadModel, match=r"model\.json: a TensorFlow\.js graph, but not of"):
        network_from_graph(file, architecture=architecture)
