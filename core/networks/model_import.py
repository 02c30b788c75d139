"""Turn a foreign file into a model folder of the user's library."""

from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import BadModel
from core.models.architecture import FEEDING, Architecture
from core.models.card import UNKNOWN_HASH, ModelCard
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, is_folder, write_model_folder
from core.networks.checkpoint_import import Role, network_from_checkpoint
from core.networks.found_network import FoundNetwork
from core.networks.tfjs_import import network_from_graph


@dataclass(frozen=True)
class ImportRequest:
    """What the user asks for; None leaves the choice to the file."""

    file: Path  # a checkpoint, a `.safetensors`, a graph's `.json` or the folder of one
    name: str
    architecture: Architecture | None = None
    role: Role | None = None


def import_network(
    request: ImportRequest, library: ModelLibrary, *, today: str
) -> tuple[ModelFolder, tuple[str, ...]]:
    """Add a foreign network to the library; returns it, and sentences that the user must read.

    Args:
        request: the file, and the name to give it.
        library: where it goes.
        today: ISO date for the card.

    Raises:
        BadModel: the name cannot be had, or the file cannot be used.
        NoSpace: the model cannot be written.
    """
    target = library.new_folder(request.name)
    found = _found_network(request)
    weights = found.weights()
    folder = write_model_folder(target, _card(request, found, today), weights)
    return folder, found.notes


def _found_network(request: ImportRequest) -> FoundNetwork:
    file = _graph_in(request.file) if is_folder(request.file) else request.file
    if file.suffix != ".json":
        return network_from_checkpoint(file, architecture=request.architecture, role=request.role)
    if request.role:
        raise BadModel(f"{file}: a graph holds one network, not a student and a teacher.")
    return network_from_graph(file, architecture=request.architecture)


def _graph_in(folder: Path) -> Path:
    graphs = sorted(folder.glob("*.json"))
    if len(graphs) != 1:
        raise BadModel(
            f"{folder}: a folder without a model's card and with {len(graphs)} .json files, where "
            "one graph is wanted; name the file itself."
        )
    return graphs[0]


def _card(request: ImportRequest, found: FoundNetwork, today: str) -> ModelCard:
    return ModelCard(
        name=request.name,
        title=f"{found.architecture} from {request.file.name}",
        architecture=found.architecture,
        **asdict(FEEDING[found.architecture]),
        training_data=found.training_data,
        licence=found.licence,
        source=request.file.name,
        weights_sha256=UNKNOWN_HASH,
        created=today,
    )
