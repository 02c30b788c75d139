"""Which model a study predicts with, and which ones before it; kept in the study itself."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from core.errors import BadStudy
from core.study.settings import Settings
from core.study.study_reader import StudyReader

_SETTING: Final = "adopted_models"


class AdoptedModel(BaseModel):
    """A model by its name in the library and the hash of its weights; when it was adopted, UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    weights_sha256: str
    when: datetime


_HISTORY: Final[TypeAdapter[tuple[AdoptedModel, ...]]] = TypeAdapter(tuple[AdoptedModel, ...])


class Adoption:
    """The models that a study adopted, oldest first; without any it uses what the program does.

    Each change is durable on return. Reading raises BadStudy where the setting is damaged.
    """

    def __init__(self, settings: Settings, path: str) -> None:
        """Use `Adoption.of`."""
        self._settings = settings
        self._path = path

    @staticmethod
    def of(study: StudyReader) -> "Adoption":
        """That of a study."""
        return Adoption(study.settings, str(study.path))

    @property
    def history(self) -> tuple[AdoptedModel, ...]:
        """All that are still behind the current one, and itself as the last."""
        try:
            return _HISTORY.validate_python(self._settings.get(_SETTING, []), strict=False)
        except ValidationError as error:
            raise BadStudy(
                f"{self._path}: which model it uses cannot be read; choose a model anew."
            ) from error

    @property
    def current(self) -> AdoptedModel | None:
        """The model that is in use, None for the program's own."""
        history = self.history
        return history[-1] if history else None

    def adopt(self, name: str, weights_sha256: str, when: datetime) -> None:
        """Use a model from now on; nothing changes if it is in use. Raises NoSpace."""
        now = self._readable()
        if now and (now[-1].name, now[-1].weights_sha256) == (name, weights_sha256):
            return
        self._keep((*now, AdoptedModel(name=name, weights_sha256=weights_sha256, when=when)))

    def roll_back(self) -> AdoptedModel | None:
        """Use the model before the current one; None: the program's own. Raises NoSpace."""
        self._keep(self.history[:-1])
        return self.current

    def _readable(self) -> tuple[AdoptedModel, ...]:
        """The history; a damaged one is given up for the model that is chosen now."""
        try:
            return self.history
        except BadStudy:
            return ()

    def _keep(self, history: tuple[AdoptedModel, ...]) -> None:
        self._settings.set(_SETTING, _HISTORY.dump_python(history, mode="json"))
