"""The models on this machine: the shipped ones and the user's own."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import write_text
from core.errors import BadModel, NoSpace
from core.models.card import CARD_FILE, NAME_PATTERN, card_text
from core.models.model_folder import (
    ModelFolder,
    is_folder,
    is_model_folder,
    open_model,
    write_model_folder,
)
from core.paths import resources_folder, user_models_folder

DEFAULT_POSE_MODEL = "infant_pose"
DEFAULT_SEGMENTATION_MODEL = "infant_mask"
_TRASH = ".trash"  # of the user's models; no name of a model begins with a dot
_LONGEST = 56  # letters of a name that is made; a number may follow


@dataclass(frozen=True)
class ModelLibrary:
    """Models by name; a shipped name cannot be taken by the user, and is never changed."""

    user: Path
    shipped: Path

    @staticmethod
    def standard() -> "ModelLibrary":
        """The library of this installation."""
        return ModelLibrary(user_models_folder(), resources_folder() / "models")

    def names(self) -> list[str]:
        """All model names, the shipped ones first; a folder without a card is no model."""
        return list(dict.fromkeys([*_names(self.shipped), *_names(self.user)]))

    def find(self, model: str | Path) -> ModelFolder:
        """A model by its name, or by its folder.

        Raises:
            BadModel: there is none, or its card is broken.
        """
        for root in (self.shipped, self.user):
            if _has_model(root, str(model)):
                return open_model(root / model)
        if is_folder(Path(model)):
            return open_model(Path(model))
        known = ", ".join(self.names())
        raise BadModel(f"{model}: no model of this name, nor a model's folder; known are: {known}.")

    def is_shipped(self, name: str) -> bool:
        """Whether a model of this name comes with the program."""
        return _has_model(self.shipped, name)

    def new_folder(self, name: str) -> Path:
        """Where a new model of this name belongs; raises BadModel if the name cannot be had."""
        if not re.fullmatch(NAME_PATTERN, name):
            raise BadModel(
                f"{name!r}: not a model name; use letters, digits, dots, dashes and underscores."
            )
        if self._is_taken(name):
            raise BadModel(f"{name}: a model of this name is already there; choose another name.")
        return self.user / name

    def _is_taken(self, name: str) -> bool:
        return self.is_shipped(name) or (self.user / name).exists()

    def free_name(self, wish: str) -> str:
        """A name that a new model can have, made from what a user calls it."""
        return _free(wish, self._is_taken)

    def adopt_folder(self, folder: Path, title: str) -> ModelFolder:
        """Take a copy of a model that lies elsewhere, such as a job's; users call it `title`.

        Raises:
            BadModel: the model is damaged.
            NoSpace: the copy cannot be written.
        """
        model = open_model(folder)
        name = self.free_name(title)
        card = model.card.model_copy(update={"name": name, "title": title})
        return write_model_folder(self.user / name, card, model.read_weights())

    def describe(self, name: str, *, title: str | None = None, note: str | None = None) -> None:
        """Change what users call a model of theirs, or what they noted on it.

        Raises:
            BadModel: it came with the program, or there is none.
            NoSpace: the card cannot be written.
        """
        path = self._own(name, "changed")
        changes = {"title": title, "note": note}
        said = {key: value for key, value in changes.items() if value is not None}
        card = open_model(path).card.model_copy(update=said)
        write_text(path / CARD_FILE, card_text(card))

    def trash(self, name: str) -> str:
        """Take a model of the user's out of the library; the name by which `restore` knows it.

        Raises:
            BadModel: it came with the program, or there is none.
            NoSpace: the folder's permissions refuse it.
        """
        path, bin_ = self._own(name, "deleted"), self.user / _TRASH
        there = _free(name, lambda one: (bin_ / one).exists())  # another of this name stays, too
        try:
            bin_.mkdir(exist_ok=True)
            path.rename(bin_ / there)
        except OSError as error:
            raise NoSpace(f"{path}: cannot be deleted ({error.strerror}).") from error
        return there

    def trashed(self) -> dict[str, str]:
        """The models in the trash: name and what users called it."""
        return {name: _title(self.user / _TRASH / name) for name in _names(self.user / _TRASH)}

    def empty_trash(self) -> None:
        """Delete what is in the trash for good.

        Raises:
            NoSpace: the folder's permissions refuse it.
        """
        try:
            shutil.rmtree(self.user / _TRASH)
        except FileNotFoundError:
            return
        except OSError as error:
            raise NoSpace(f"{self.user / _TRASH}: cannot be emptied ({error.strerror}).") from error

    def restore(self, name: str) -> str:
        """Bring a model back from the trash; returns its name, a new one if its own is taken.

        Raises:
            BadModel: it is not there, or damaged.
            NoSpace: the folder's permissions refuse it, or the disk is full.
        """
        if not _has_model(self.user / _TRASH, name):
            raise BadModel(f"{name}: no model of this name is in the trash.")
        path = self.user / _TRASH / name
        card = open_model(path).card
        back = self.free_name(name)
        if back != card.name:
            write_text(path / CARD_FILE, card_text(card.model_copy(update={"name": back})))
        try:
            path.rename(self.user / back)
        except OSError as error:
            raise NoSpace(f"{path}: cannot be brought back ({error.strerror}).") from error
        return back

    def _own(self, name: str, what: str) -> Path:
        if self.is_shipped(name):
            raise BadModel(f"{name}: comes with the program and cannot be {what}.")
        if not _has_model(self.user, name):
            raise BadModel(f"{name}: no model of this name.")
        return self.user / name

    def remove(self, name: str) -> None:
        """Delete a model of the user's.

        Raises:
            BadModel: it came with the program, or there is none.
            NoSpace: the folder's permissions refuse it.
        """
        self._own(name, "removed")
        try:
            (self.user / name / CARD_FILE).unlink()  # from here on it is no model
            shutil.rmtree(self.user / name)
        except OSError as error:
            raise NoSpace(f"{self.user / name}: cannot be removed ({error.strerror}).") from error


def _free(wish: str, is_taken: Callable[[str], bool]) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", wish).strip("-._")[:_LONGEST] or "model"
    names = (plain, *(f"{plain}-{number}" for number in range(2, 10_000)))
    return next(name for name in names if not is_taken(name))


def _title(folder: Path) -> str:
    try:
        return open_model(folder).card.title
    except BadModel:
        return folder.name  # bringing it back says what is wrong with it


def _names(root: Path) -> Iterator[str]:
    found = sorted(path.parent.name for path in root.glob(f"*/{CARD_FILE}"))
    return (name for name in found if re.fullmatch(NAME_PATTERN, name))


def _has_model(root: Path, name: str) -> bool:
    return bool(re.fullmatch(NAME_PATTERN, name)) and is_model_folder(root / name)
