"""Find out which known network a TensorFlow.js graph model holds."""

from pathlib import Path
from typing import NamedTuple

from core.errors import BadModel
from core.models.architecture import FEEDING, Architecture
from core.networks import blazepose, movenet
from core.networks.architectures import build_module
from core.networks.found_network import FoundNetwork
from core.networks.tfjs_graph import read_graph, state_from_graph

_LICENCE = "Apache-2.0 (Google)"


class _Published(NamedTuple):
    output: str  # the graph's node whose value our network computes
    training_data: str


_MOVENET = _Published(movenet.GRAPH_OUTPUT, "adults: COCO and Google's own Active data set")
_BLAZEPOSE = _Published(blazepose.GRAPH_OUTPUT, "adults: Google's own photographs")
_PUBLISHED: dict[Architecture, _Published] = {
    "movenet_thunder": _MOVENET,
    "blazepose_full_mask": _BLAZEPOSE,
    "blazepose_heavy_mask": _BLAZEPOSE,
}


def network_from_graph(path: Path, *, architecture: Architecture | None = None) -> FoundNetwork:
    """Read MoveNet Thunder's heat-map branch or BlazePose's mask branch from a published graph.

    Args:
        path: the graph's `.json`; its weight files lie beside it.
        architecture: insist on this one; otherwise the layers tell.

    Raises:
        BadModel: unreadable, or another network.
    """
    graph = read_graph(path)
    for candidate, published in _PUBLISHED.items():
        if architecture not in (None, candidate):
            continue
        module = build_module(candidate, FEEDING[candidate].skeleton)
        state = state_from_graph(graph, published.output, module)
        if state is not None:
            return FoundNetwork(candidate, state, _LICENCE, published.training_data)
    named = architecture or f"any of {', '.join(_PUBLISHED)}"
    raise BadModel(f"{path}: a TensorFlow.js graph, but not of {named}.")
