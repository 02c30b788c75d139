"""What the user does with the library of models."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.ask import Ask, Question
from app.desk.comparing import Comparing
from app.desk.predicting import Predicting
from app.dialogs.models_dialog import ModelRow, ModelsDialog
from app.notices import Notices
from app.session.session import Session
from core.errors import BadModel, ShiftError
from core.models.archive import read_archive, write_archive
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.study.adoption import Adoption
from core.study.used_models import predicted_with

MODEL_FILES = "Models (*.zip)"


class Modelling(QObject):
    """Opens the library and does what is asked there; copying is done in a thread."""

    def __init__(
        self,
        session: Session,
        ask: Ask,
        predicting: Predicting,
        comparing: Comparing,
        notices: Notices,
    ) -> None:
        """Of the study of this session."""
        super().__init__(session)
        self._notices = notices
        self._session = session
        self._ask = ask
        self._predicting = predicting
        self._comparing = comparing
        self._library = ModelLibrary.standard()

    def show(self) -> None:
        """The library in a dialog."""
        dialog = ModelsDialog(self._ask.parent)
        self._join(dialog)
        self._list(dialog)
        self._ask.run(dialog)
        dialog.deleteLater()

    def _join(self, dialog: ModelsDialog) -> None:
        dialog.use_wanted.connect(lambda name: self._use(dialog, name))
        dialog.roll_back_wanted.connect(lambda: self._roll_back(dialog))
        dialog.describe_wanted.connect(lambda *said: self._describe(dialog, *said))
        dialog.compare_wanted.connect(lambda name: self._compare(dialog, name))
        dialog.export_wanted.connect(lambda name: self._export(dialog, name))
        dialog.import_wanted.connect(lambda: self._import(dialog))
        dialog.delete_wanted.connect(lambda name: self._delete(dialog, name))
        dialog.restore_wanted.connect(lambda name: self._restore(dialog, name))
        dialog.empty_wanted.connect(lambda: self._empty_trash(dialog))

    def _list(self, dialog: ModelsDialog) -> None:
        study = self._session.study
        used = predicted_with(study) if study else {}
        titles, in_use = dict(self._predicting.models()), self._predicting.model
        rows = []
        for name, title in titles.items():
            card = self._library.find(name).card
            rows.append(
                ModelRow(
                    name=name,
                    title=title,
                    parent=titles.get(card.parent, card.parent),
                    created=card.created,
                    licence=card.licence,
                    note=card.note,
                    recordings=used.get(card.weights_sha256, ()),
                    is_shipped=self._library.is_shipped(name),
                    is_used=name == in_use,
                )
            )
        can_compare = self._comparing.is_possible
        dialog.show_rows(rows, self._back_to(titles), can_compare=can_compare)
        dialog.show_trash(self._library.trashed())

    def _back_to(self, titles: dict[str, str]) -> str:
        study = self._session.study
        history = Adoption.of(study).history if study else ()
        if not history:
            return ""
        before = history[-2].name if len(history) > 1 else self._predicting.usual
        return titles.get(before, before)

    def _use(self, dialog: ModelsDialog, name: str) -> None:
        def use() -> None:
            if self._predicting.adopt(self._library.find(name)):
                dialog.say("This study predicts with it from now on.")

        self._try(dialog, use)

    def _roll_back(self, dialog: ModelsDialog) -> None:
        if self._predicting.roll_back():
            dialog.say("This study predicts with the model before it again.")
        self._list(dialog)

    def _describe(self, dialog: ModelsDialog, name: str, title: str, note: str) -> None:
        self._try(dialog, lambda: self._library.describe(name, title=title, note=note))
        self._predicting.model_changed.emit()

    def _delete(self, dialog: ModelsDialog, name: str) -> None:
        def delete() -> None:
            title = self._library.find(name).card.title
            if job := self._predicting.job_that_needs(name):
                dialog.say(f"“{title}” stays: “{job}” in the background needs it.")
                return
            dialog.say(f"“{title}” is in the trash.", deleted=self._library.trash(name))

        self._try(dialog, delete)

    def _restore(self, dialog: ModelsDialog, name: str) -> None:
        def restore() -> None:
            title = self._library.find(self._library.restore(name)).card.title
            dialog.say(f"“{title}” is back.")

        self._try(dialog, restore)

    def _empty_trash(self, dialog: ModelsDialog) -> None:
        titles = "”, “".join(self._library.trashed().values())
        question = Question(
            "Empty the trash",
            f"Delete “{titles}” for good?",
            "Poses that they predicted stay as they are; nobody can bring the models back.",
            "Delete for good",
        )

        def empty() -> None:
            self._library.empty_trash()
            dialog.say("The trash is empty.")

        if self._ask.confirm(question):
            self._try(dialog, empty)

    def _compare(self, dialog: ModelsDialog, name: str) -> None:
        if self._comparing.choose(name):
            dialog.say("Both are at it in the background; close this to see how far they are.")

    def _export(self, dialog: ModelsDialog, name: str) -> None:
        file = self._ask.save_file("Export the model", Path.home() / f"{name}.zip", MODEL_FILES)
        if file is None:
            return

        def written() -> None:
            file.unlink(missing_ok=True)  # the system's dialog has asked
            write_archive(self._library.find(name), file)

        done = f"{file.name} is written; it holds no picture."
        self._session.background.run(
            written,
            lambda _none: self._say(dialog, done),
            lambda error: self._say(dialog, str(error), is_problem=True),
        )

    def _import(self, dialog: ModelsDialog) -> None:
        file = self._ask.open_file("Import a model", Path.home(), MODEL_FILES)
        if file is None:
            return

        def read() -> ModelFolder:
            return read_archive(file, self._library.new_folder(self._library.free_name(file.stem)))

        def taken(model: ModelFolder) -> None:
            self._say(dialog, f"“{model.card.title}” is in the library.")
            if isValid(dialog):
                self._list(dialog)

        self._session.background.run(
            read, taken, lambda error: self._say(dialog, str(error), is_problem=True)
        )

    def _say(self, dialog: ModelsDialog, text: str, *, is_problem: bool = False) -> None:
        """In the dialog, or in the window where it was closed meanwhile."""
        if isValid(dialog):
            dialog.say(text)
        elif is_problem:
            self._notices.problem(text)
        else:
            self._notices.done(text)

    def _try(self, dialog: ModelsDialog, act: Callable[[], object]) -> None:
        try:
            act()
        except ShiftError as error:
            dialog.say(str(error))
        try:
            self._list(dialog)
        except BadModel as error:
            dialog.say(str(error))
