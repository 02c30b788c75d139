"""A model on disk: a folder with its card and its weights."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import write_bytes, write_text
from core.errors import BadModel, NoSpace
from core.models.card import CARD_FILE, ModelCard, card_text, parse_card

WEIGHTS_FILE = "weights.safetensors"


@dataclass(frozen=True)
class ModelFolder:
    """A folder and its card, already read."""

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
                f"{self.weights_file}: damaged or replaced (its hash is not the card's); "
                "import or adapt the model again."
            )
        return content


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that no file system takes is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_model_folder(path: Path) -> bool:
    """Whether there is a folder with a card, which makes it a model."""
    return is_folder(path) and (path / CARD_FILE).is_file()


def open_model(folder: Path) -> ModelFolder:
    """Read a model's card; the weights are not touched.

    Raises:
        BadModel: no card, a broken one, or one written by a newer version.
    """
    path = folder / CARD_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadModel(f"{folder}: not a model folder (it has no {CARD_FILE}).") from None
    except OSError as error:
        raise BadModel(f"{path}: cannot be read ({error.strerror}).") from error
    return ModelFolder(folder, parse_card(content, path))


def write_model_folder(folder: Path, card: ModelCard, weights: bytes) -> ModelFolder:
    """Write a model whose card carries the hash of `weights`; whole or not at all.

    Raises:
        BadModel: there is a folder of this name.
        NoSpace: the disk or its permissions refuse it.
    """
    if folder.exists():
        raise BadModel(f"{folder}: is already there; choose another name.")
    card = card.model_copy(update={"weights_sha256": hashlib.sha256(weights).hexdigest()})
    part: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        write_bytes(part / WEIGHTS_FILE, weights)
        write_text(part / CARD_FILE, card_text(card))
        part.chmod(0o755)  # mkdtemp's folders are private
        part.rename(folder)
    except OSError as error:
        raise NoSpace(f"{folder}: cannot be written ({error.strerror or error}).") from error
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
    return ModelFolder(folder, card)


def copy_model(model: ModelFolder, target: Path) -> ModelFolder:
    """Copy a model into the new folder `target`, whose name becomes the model's.

    Raises:
        BadModel: the model is damaged, or `target` is already there.
        NoSpace: `target` cannot be written.
    """
    card = model.card.model_copy(update={"name": target.name})
    return write_model_folder(target, card, model.read_weights())
