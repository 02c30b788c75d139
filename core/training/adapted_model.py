"""Write an adapted network as a model that everything else can use."""

from pathlib import Path

from core.models.model_folder import ModelFolder, write_model_folder
from core.networks.load import PoseNetwork
from core.training.written_weights import card_name, half_weights


def write_adapted_model(
    folder: Path, network: PoseNetwork, base: ModelFolder, created: str
) -> ModelFolder:
    """Weights in 16 bits and a card that names the parent; raises NoSpace.

    Its name in the card is the folder's parent's: a job's `model` folder is called after the job.
    """
    card = base.card.model_copy(
        update={
            "name": card_name(folder),
            "title": f"{base.card.title}, adapted",
            "training_data": f"{base.card.training_data} Adapted to a user's own recordings.",
            "source": "adapted on this machine",
            "parent": base.card.name,
            "scores": {},
            "created": created,
        }
    )
    return write_model_folder(folder, card, half_weights(network.module))
