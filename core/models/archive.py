"""A model as one file, to hand to a colleague: a zip with its card and its weights."""

import hashlib
import zipfile
import zlib
from pathlib import Path

from core.atomic_file import replacing
from core.errors import BadModel
from core.models.card import CARD_FILE, parse_card
from core.models.model_folder import WEIGHTS_FILE, ModelFolder, write_model_folder

_LARGEST = 1 << 30  # bytes of weights; more is no model of ours


def write_archive(model: ModelFolder, target: Path) -> None:
    """Write a model into a zip file.

    Raises:
        BadModel: the model is damaged, or `target` is already there.
        NoSpace: `target` cannot be written.
    """
    if target.exists():
        raise BadModel(f"{target}: is already there; choose another name.")
    weights = model.read_weights()
    with replacing(target) as part, zipfile.ZipFile(part, "w") as archive:
        archive.write(model.path / CARD_FILE, CARD_FILE)
        archive.writestr(WEIGHTS_FILE, weights)


def is_archive(path: Path) -> bool:
    """Whether a file is a zip that holds a model card (torch's checkpoints are zips too)."""
    try:
        with zipfile.ZipFile(path) as archive:
            return CARD_FILE in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def read_archive(path: Path, target: Path) -> ModelFolder:
    """Unpack an archived model into the new folder `target`, whose name becomes the model's.

    Raises:
        BadModel: broken, damaged, or `target` is already there.
        NoSpace: `target` cannot be written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(WEIGHTS_FILE).file_size > _LARGEST:
                raise BadModel(f"{path}: its weights are larger than any model's.")
            card = parse_card(archive.read(CARD_FILE), path / CARD_FILE)
            weights = archive.read(WEIGHTS_FILE)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise BadModel(f"{path}: not a whole archive of a model.") from error
    if hashlib.sha256(weights).hexdigest() != card.weights_sha256:
        raise BadModel(f"{path}: its weights have another hash than its card says.")
    return write_model_folder(target, card.model_copy(update={"name": target.name}), weights)
