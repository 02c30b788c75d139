import json

import numpy as np
import pytest
import torch
from torch import nn

from core.errors import BadModel
from core.networks.tfjs_graph import read_graph, state_from_graph
from tests.core.networks.tiny_graph import write_graph, write_model


def two_layers() -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.Conv2d(4, 4, 5, groups=4))


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_kernels_come_back_in_torchs_order(tmp_path, dtype):
    module = two_layers().half().float()
    graph = read_graph(write_graph(tmp_path / "model.json", module, "end", dtype=dtype))
    state = state_from_graph(graph, "end", two_layers())
    assert state is not None
    for name, tensor in module.state_dict().items():
        assert torch.equal(state[name], tensor)


def test_branches_are_walked_as_the_inputs_stand(tmp_path):
    kernels = {f"k{n}": np.full((1, 1, 1, 1), n, np.float32) for n in (1, 2, 3)}
    nodes = [{"name": name, "op": "Const"} for name in ("x", "k1", "k2", "k3")]
    for name, source in (("c3", "x"), ("c1", "x"), ("c2", "c1")):
        nodes.append({"name": name, "op": "Conv2D", "input": [source, f"k{name[1]}"]})
    nodes.append({"name": "sum", "op": "AddV2", "input": ["c2", "c3"]})
    write_model(tmp_path / "model.json", nodes, kernels)
    found = read_graph(tmp_path / "model.json").convolutions("sum")
    assert [kernel.item() for (kernel,) in found] == [1, 2, 3]


def test_byte_quantised_weights_are_scaled(tmp_path):
    file = write_graph(tmp_path / "model.json", nn.Sequential(nn.Conv2d(1, 1, 1)), "end")
    model = json.loads(file.read_text())
    for entry in model["weightsManifest"][0]["weights"]:
        entry["quantization"] = {"dtype": "uint8", "scale": 0.5, "min": -1}
    file.write_text(json.dumps(model))
    file.with_suffix(".bin").write_bytes(bytes([4, 0]))
    state = state_from_graph(read_graph(file), "end", nn.Conv2d(1, 1, 1))
    assert state is not None
    assert (state["weight"].item(), state["bias"].item()) == (1.0, -1.0)


def test_another_network_is_told_apart(tmp_path):
    graph = read_graph(write_graph(tmp_path / "model.json", two_layers(), "end"))
    assert state_from_graph(graph, "end", nn.Conv2d(3, 4, 3)) is None
    assert state_from_graph(graph, "elsewhere", two_layers()) is None


def test_a_graph_that_runs_in_circles_ends(tmp_path):
    nodes = [{"name": name, "op": "AddV2", "input": ["a", "b"]} for name in ("a", "b")]
    write_model(tmp_path / "model.json", nodes, {})
    assert read_graph(tmp_path / "model.json").convolutions("a") == []


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda file: file.write_text("{"), r"model\.json: not a TensorFlow\.js graph"),
        (lambda file: file.write_text("[]"), r"model\.json: not a TensorFlow\.js graph"),
        (lambda file: file.write_bytes(b"\xff\xfe\x00"), r"model\.json: not a TensorFlow\.js"),
        (lambda file: file.write_text('{"modelTopology": {}}'), r"model\.json: not a Tensor"),
        (lambda file: file.unlink(), r"model\.json: there is no such file"),
        (lambda file: file.with_suffix(".bin").unlink(), r"model\.bin: there is no such file"),
        (lambda file: file.with_suffix(".bin").write_bytes(b"short"), r"model\.json: .*cut short"),
    ],
)
def test_damage_gets_a_sentence(tmp_path, damage, sentence):
    file = write_graph(tmp_path / "model.json", two_layers(), "end")
    damage(file)
    with pytest.raises(BadModel, match=sentence):
        read_graph(file)
