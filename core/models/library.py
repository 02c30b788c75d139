"""The models on this machine: the shipped ones and the user's own."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import replacing
from core.errors import BadModel, NoSpace
from core.models.card import CARD_FILE, WEIGHTS_FILE, ModelCard, read_card
from core.paths import resources_folder, user_models_folder

DEFAULT_POSE_MODEL = "movenet_thunder"
DEFAULT_SEGMENTATION_MODEL = "blazepose_full_mask"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class ModelFolder:
    """A model on disk: its folder and its card, already read."""

    path: Path
    card: ModelCard

    @property
    def weights_file(self) -> Path:
        """Where the weights lie."""
        return self.path / WEIGHTS_FILE

    def read_weights(self) -> bytes:
        """The weights file's content, checked against the card; raises BadModel."""
        try:
            content = self.weights_file.read_bytes()
        except FileNotFoundError:
            raise BadModel(f"{self.path}: the model has no {WEIGHTS_FILE}.") from None
        except OSError as error:
            raise BadModel(f"{self.weights_file}: cannot be read ({error.strerror}).") from error
        if hashlib.sha256(content).hexdigest() != self.card.weights_sha256:
            raise BadModel(
                f"{self.weights_file}: damaged or replaced (its hash differs from the card's); "
                "import or adapt the model again."
            )
        return content


def open_model(folder: Path) -> ModelFolder:
    """A model given by its folder; raises BadModel."""
    return ModelFolder(folder, read_card(folder))


@dataclass(frozen=True)
class ModelLibrary:
    """Models by name; the user's folder is looked at first, and only it is ever changed."""

    user: Path
    shipped: Path

    @staticmethod
    def standard() -> "ModelLibrary":
        """The library of this installation."""
        return ModelLibrary(user_models_folder(), resources_folder() / "models")

    def names(self) -> list[str]:
        """All model names, shipped first, each once; a folder without a card is no model."""
        found = [path.parent.name for root in (self.shipped, self.user) for path in _cards(root)]
        return list(dict.fromkeys(found))

    def find(self, model: str | Path) -> ModelFolder:
        """A model by its name, or by its folder.

        Raises:
            BadModel: there is none, or its card is broken.
        """
        for root in (self.user, self.shipped):
            if _NAME.fullmatch(str(model)) and (root / model / CARD_FILE).is_file():
                return open_model(root / model)
        if Path(model).is_dir():
            return open_model(Path(model))
        known = ", ".join(self.names())
        raise BadModel(f"{model}: no model of this name or folder; there are: {known}.")

    def is_shipped(self, name: str) -> bool:
        """Whether a model of this name comes with the program."""
        return (self.shipped / name / CARD_FILE).is_file()

    def new_folder(self, name: str) -> Path:
        """Where a new model of this name belongs; raises BadModel if the name cannot be had."""
        if not _NAME.fullmatch(name):
            raise BadModel(
                f"{name!r}: not a model name; use letters, digits, dots, dashes and underscores."
            )
        if self.is_shipped(name) or (self.user / name).exists():
            raise BadModel(f"{name}: a model of this name is already there; choose another name.")
        return self.user / name

    def remove(self, name: str) -> None:
        """Delete a model of the user's; raises BadModel for a shipped or unknown one."""
        if not (_NAME.fullmatch(name) and (self.user / name / CARD_FILE).is_file()):
            if self.is_shipped(name):
                raise BadModel(f"{name}: comes with the program and cannot be removed.")
            raise BadModel(f"{name}: no model of this name.")
        try:
            (self.user / name / CARD_FILE).unlink()  # from here on it is no model
            shutil.rmtree(self.user / name)
        except OSError as error:
            raise NoSpace(f"{self.user / name}: cannot be removed ({error.strerror}).") from error

    def export(self, name: str, target: Path) -> None:
        """Write card and weights into one zip file, which `import_zip` reads.

        Raises:
            BadModel: no such model, or a damaged one.
            NoSpace: `target` cannot be written.
        """
        model = self.find(name)
        weights = model.read_weights()
        with replacing(target) as part, zipfile.ZipFile(part, "w") as archive:
            archive.write(model.path / CARD_FILE, CARD_FILE)
            archive.writestr(WEIGHTS_FILE, weights)


def _cards(root: Path) -> Sequence[Path]:
    return sorted(root.glob(f"*/{CARD_FILE}"))
