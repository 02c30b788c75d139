"""Write TensorFlow.js graph models with the weights of our own networks, as the tests need them."""

import json
from pathlib import Path

import numpy as np
from torch import nn


def write_graph(path: Path, module: nn.Module, output: str, *, dtype: str = "float16") -> Path:
    """A chain of `module`'s convolutions in the order of their definition, ending in `output`."""
    convolutions = [layer for layer in module.modules() if isinstance(layer, nn.Conv2d)]
    nodes: list[dict] = [{"name": "input", "op": "Placeholder"}]
    arrays: dict[str, np.ndarray] = {}
    for number, layer in enumerate(convolutions):
        name = output if layer is convolutions[-1] else f"layer_{number}"
        inputs = [nodes[-1]["name"], *_store(arrays, name, layer)]
        op = "_FusedConv2D" if layer.groups == 1 else "FusedDepthwiseConv2dNative"
        nodes += [{"name": constant, "op": "Const"} for constant in inputs[1:]]
        nodes.append({"name": name, "op": op, "input": [f"{inputs[0]}:0", *inputs[1:], "^input"]})
    write_model(path, nodes, {name: array.astype(dtype) for name, array in arrays.items()})
    return path


def write_model(path: Path, nodes: list[dict], arrays: dict[str, np.ndarray]) -> None:
    entries = [
        {
            "name": name,
            "shape": list(a.shape),
            "dtype": "float32",
            "quantization": {"dtype": str(a.dtype)},
        }
        for name, a in arrays.items()
    ]
    weights = path.with_suffix(".bin")
    manifest = [{"paths": [weights.name], "weights": entries}]
    path.write_text(json.dumps({"modelTopology": {"node": nodes}, "weightsManifest": manifest}))
    weights.write_bytes(b"".join(array.tobytes() for array in arrays.values()))


def _store(arrays: dict[str, np.ndarray], name: str, layer: nn.Conv2d) -> list[str]:
    axes = (2, 3, 1, 0) if layer.groups == 1 else (2, 3, 0, 1)
    arrays[f"{name}/kernel"] = layer.weight.detach().numpy().transpose(axes)
    if layer.bias is None:
        return [f"{name}/kernel"]
    arrays[f"{name}/bias"] = layer.bias.detach().numpy()
    return [f"{name}/kernel", f"{name}/bias"]
