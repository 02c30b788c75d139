"""Write a network that was trained further, with labels, as a model folder."""

from datetime import UTC, datetime

from torch import nn

from core.models.architecture import FEEDING
from core.models.card import ModelCard
from core.models.model_folder import ModelFolder, write_model_folder
from core.training.priors.judge_task import JudgeTask
from core.training.written_weights import card_name, half_weights


def write_trained(
    task: JudgeTask, base: ModelCard, module: nn.Module, *, is_fresh: bool = False
) -> ModelFolder:
    """Weights in 16 bits, and the base's card with what was learnt since.

    A fresh network has no base; its card says only how it is fed. What a base's confidence meant
    nobody has measured of the new one, and its licence is not that of the data. Raises BadModel,
    NoSpace.
    """
    learnt, known = ", ".join(map(str, task.sources)), base.training_data
    begun = "" if is_fresh else f"; begun from “{base.title}”: {base.licence}"
    card = base.model_copy(
        update={
            "name": card_name(task.model_folder),
            "title": f"{base.title}, trained with labels",
            "training_data": f"{known} Then, with labels: {learnt}." if known else learnt,
            "source": "trained on this machine",
            "licence": f"that of its training data; not checked{begun}",
            "threshold": FEEDING[base.architecture].threshold,
            "one_look": None,
            "eight_looks": None,
            "parent": "" if is_fresh else base.name,
            "scores": {},
            "created": datetime.now(UTC).date().isoformat(),
        }
    )
    return write_model_folder(task.model_folder, card, half_weights(module))
