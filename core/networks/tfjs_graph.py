"""Read the convolutions of a TensorFlow.js graph model and hand them to a torch network.

Both sides are walked in the order in which they compute, so no name has to be translated; every
shape is checked on the way.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import BadModel

_CONVOLUTIONS = {
    "Conv2D": (3, 2, 0, 1),  # kernel axes (height, width, in, out) -> torch's (out, in, h, w)
    "_FusedConv2D": (3, 2, 0, 1),
    "DepthwiseConv2dNative": (2, 3, 0, 1),
    "FusedDepthwiseConv2dNative": (2, 3, 0, 1),
}


@dataclass(frozen=True)
class TfjsGraph:
    """Nodes by name, and the constants that the graph computes with."""

    nodes: dict[str, dict[str, Any]]
    constants: dict[str, NDArray[Any]]

    def convolutions(self, output: str) -> list[tuple[NDArray[np.float32], ...]]:
        """(kernel,) or (kernel, bias) of every convolution that `output` needs, inputs first."""
        found: list[tuple[NDArray[np.float32], ...]] = []
        for axes, names in self.convolution_names(output):
            kernel, *bias = (self.constants[name].astype(np.float32) for name in names)
            found.append((kernel.transpose(axes), *bias))
        return found

    def convolution_names(self, output: str) -> list[tuple[tuple[int, ...], list[str]]]:
        """Of the same: how torch orders the kernel's axes, and the names of its constants."""
        return [
            (axes, self._inputs(name)[1:])
            for name in self._needed_by(output)
            if (axes := _CONVOLUTIONS.get(self.nodes[name]["op"]))
        ]

    def _needed_by(self, output: str) -> list[str]:
        """Depth first, inputs before the nodes that use them; no recursion: graphs are deep."""
        ordered: list[str] = []
        entered: set[str] = set()
        pending = [(output, False)]
        while pending:
            name, inputs_done = pending.pop()
            if inputs_done:
                ordered.append(name)
            elif name not in entered:
                entered.add(name)
                pending.append((name, True))
                pending.extend((source, False) for source in reversed(self._inputs(name)))
        return ordered

    def _inputs(self, name: str) -> list[str]:
        """Names of the nodes that feed this one; "^name" only orders two nodes."""
        sources = self.nodes[name].get("input", [])
        return [source.split(":")[0] for source in sources if not source.startswith("^")]


def read_graph(path: Path) -> TfjsGraph:
    """Read a graph model from its `.json`; the weight files lie beside it. Raises BadModel."""
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
        nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
        constants: dict[str, NDArray[Any]] = {}
        for group in model["weightsManifest"]:
            content = b"".join((path.parent / name).read_bytes() for name in group["paths"])
            constants.update(_constants(group["weights"], content))
    except FileNotFoundError as error:
        raise BadModel(f"{error.filename}: there is no such file.") from error
    except OSError as error:
        raise BadModel(f"{path}: cannot be read ({error.strerror or error}).") from error
    except (KeyError, TypeError, ValueError) as error:
        raise BadModel(
            f"{path}: not a TensorFlow.js graph model, or its weight files are cut short."
        ) from error
    return TfjsGraph(nodes, constants)


def _constants(entries: list[dict[str, Any]], content: bytes) -> dict[str, NDArray[Any]]:
    """Cut a weight file into its arrays; ValueError when it is too short."""
    arrays: dict[str, NDArray[Any]] = {}
    start = 0
    for entry in entries:
        stored = entry.get("quantization", entry)
        dtype = np.dtype(stored["dtype"]).newbyteorder("<")
        array = np.frombuffer(content, dtype, math.prod(entry["shape"]), start)
        start += array.nbytes
        if "scale" in stored:
            array = array * np.float32(stored["scale"]) + np.float32(stored["min"])
        arrays[entry["name"]] = array.reshape(entry["shape"])
    return arrays


def state_from_graph(graph: TfjsGraph, output: str, module: nn.Module) -> dict[str, Tensor] | None:
    """`module`'s state dict (float32) with the weights that compute `output`; None if it differs.

    The module must define its layers in the order in which they compute.
    """
    try:
        found = [array for convolution in graph.convolutions(output) for array in convolution]
    except KeyError:  # no such node, or a kernel that is computed instead of stored
        return None
    wanted = module.state_dict()
    if [array.shape for array in found] != [tuple(tensor.shape) for tensor in wanted.values()]:
        return None
    return {
        key: torch.from_numpy(np.ascontiguousarray(array))
        for key, array in zip(wanted, found, strict=True)
    }
