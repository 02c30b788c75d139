"""Write a trained prior or Kp2Seg as a model folder."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from torch import nn

from core.models.architecture import FEEDING, Architecture
from core.models.card import UNKNOWN_HASH, ModelCard
from core.models.model_folder import ModelFolder, write_model_folder
from core.training.data_source import DataSource
from core.training.written_weights import card_name, half_weights


@dataclass(frozen=True)
class Origin:
    """What a model's card says of its making."""

    architecture: Architecture
    title: str
    sources: Sequence[DataSource]
    scores: Mapping[str, float]
    parent: str = ""


def write_judge(folder: Path, module: nn.Module, origin: Origin) -> ModelFolder:
    """Weights in 16 bits beside their card, which is called after the folder's parent.

    Raises:
        BadModel: `folder` is already there.
        NoSpace: it cannot be written.
    """
    card = ModelCard(
        name=card_name(folder),
        title=origin.title,
        architecture=origin.architecture,
        **asdict(FEEDING[origin.architecture]),
        training_data=", ".join(map(str, origin.sources)),
        licence="that of its training data; not checked",
        source="trained on this machine",
        scores={name: round(score, 2) for name, score in origin.scores.items()},
        parent=origin.parent,
        weights_sha256=UNKNOWN_HASH,
        created=datetime.now(UTC).date().isoformat(),
    )
    return write_model_folder(folder, card, half_weights(module))
