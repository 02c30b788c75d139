"""What the trainings of prior and Kp2Seg have in common: their folder and their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from core.models.model_folder import is_model_folder
from core.training.data_source import DataSource
from core.training.loop.checkpoint import CHECKPOINT_FILE
from core.training.loop.train import Plan
from core.training.recipe_file import Recipe

MODEL_FOLDER = "model"
_SAVES, _SIGNS = 50, 200  # in a whole training


@dataclass(frozen=True)
class JudgeTask:
    """Where the data is, and where checkpoint and model go."""

    sources: Sequence[DataSource]
    folder: Path
    device: str = "cpu"

    @property
    def model_folder(self) -> Path:
        """Where the model will lie."""
        return self.folder / MODEL_FOLDER

    def check(self, *, resume: bool) -> None:
        """Refuse a folder that does not fit, before any work is done; raises BadInput."""
        if is_model_folder(self.model_folder):
            raise BadInput(f"{self.folder}: holds a finished model; choose another folder.")
        has_checkpoint = (self.folder / CHECKPOINT_FILE).is_file()
        if resume and not has_checkpoint:
            raise BadInput(f"{self.folder}: holds no training to go on with; leave --resume out.")
        if has_checkpoint and not resume:
            raise BadInput(
                f"{self.folder}: holds an unfinished training; add --resume to go on with it, "
                "or choose another folder."
            )

    def plan(self, recipe: Recipe, steps: int, data: str) -> Plan:
        """How to run; `data` is a hash of what is learnt from."""
        about: dict[str, Any] = {
            "kind": recipe.kind,
            "recipe": recipe.model_dump(mode="json"),
            "data": data,
        }
        return Plan(
            self.folder, steps, save_every=max(steps // _SAVES, 1),
            log_every=max(steps // _SIGNS, 1), about=about,
        )  # fmt: skip
