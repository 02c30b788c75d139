"""The library in the window: used, rolled back, described, deleted, brought back, taken along."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.models_dialog import ModelsDialog
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import write_model_folder
from tests.app.opened import made_track
from tests.app.windows import Studio, predict_all, show_recording


@pytest.fixture
def own(home: Path) -> str:
    """A model of the user's, as an adaptation leaves it."""
    library = ModelLibrary.standard()
    card = library.find(DEFAULT_POSE_MODEL).card
    card = card.model_copy(update={"name": "ward", "title": "Ward 3", "parent": DEFAULT_POSE_MODEL})
    write_model_folder(library.new_folder("ward"), card, b"weights")
    return "ward"


@pytest.fixture
def opened(studio: Studio) -> Callable[[Callable[[ModelsDialog], None]], None]:
    """Opens the dialog by its menu entry, and works it."""

    def work(act: Callable[[ModelsDialog], None]) -> None:
        def answer(dialog: ModelsDialog) -> bool:
            dialog.show()
            act(dialog)
            dialog.accept()
            return True

        studio.ask.answers.append(answer)
        studio.trigger("models")

    return work


def press(qtbot: QtBot, button: QWidget) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def pick(dialog: ModelsDialog, title: str) -> None:
    names = [dialog.table.item(row, 0) for row in range(dialog.table.rowCount())]
    (at,) = [i for i, item in enumerate(names) if item and item.text().startswith(title)]
    dialog.table.selectRow(at)


def test_a_study_uses_a_model_and_goes_back(studio: Studio, qtbot: QtBot, own: str, opened) -> None:
    def use(dialog: ModelsDialog) -> None:
        assert dialog.row is not None
        assert dialog.row.name == DEFAULT_POSE_MODEL
        assert not dialog.use_button.isEnabled()
        assert not dialog.back_button.isEnabled()
        pick(dialog, "Ward 3")
        assert dialog.row.parent == "SHIFT infant pose"
        press(qtbot, dialog.use_button)
        assert studio.desk.predicting.model == own
        assert not dialog.delete_button.isEnabled()
        assert "SHIFT infant pose" in dialog.back_button.toolTip()
        press(qtbot, dialog.back_button)
        assert studio.desk.predicting.model == DEFAULT_POSE_MODEL
        assert not dialog.back_button.isEnabled()

    opened(use)


def test_a_model_is_called_and_noted_as_its_user_likes(
    studio: Studio, qtbot: QtBot, own: str, opened
) -> None:
    def describe(dialog: ModelsDialog) -> None:
        pick(dialog, "Ward 3")
        dialog.title.selectAll()
        qtbot.keyClicks(dialog.title, "Ward 4")
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert studio.desk.predicting.model == DEFAULT_POSE_MODEL
        qtbot.keyClicks(dialog.note, "after the new lamp")

    opened(describe)
    card = ModelLibrary.standard().find(own).card
    assert (card.title, card.note) == ("Ward 4", "after the new lamp")


def test_a_shipped_model_is_left_as_it_is(qtbot: QtBot, opened) -> None:
    def look(dialog: ModelsDialog) -> None:
        assert dialog.title.isReadOnly()
        assert not dialog.note.isVisible()
        assert not dialog.delete_button.isEnabled()
        assert dialog.licence.text()

    opened(look)


def test_a_deleted_model_can_be_brought_back(qtbot: QtBot, own: str, opened) -> None:
    def delete(dialog: ModelsDialog) -> None:
        pick(dialog, "Ward 3")
        press(qtbot, dialog.delete_button)
        assert own not in ModelLibrary.standard().names()
        assert "Ward 3" in dialog.said.text()
        press(qtbot, dialog.restore_button)
        assert own in ModelLibrary.standard().names()
        assert not dialog.restore_button.isVisible()

    opened(delete)


def test_the_trash_gives_back_later_or_is_emptied(
    studio: Studio, qtbot: QtBot, own: str, opened
) -> None:
    library = ModelLibrary.standard()
    library.describe(own, title="Ward 3 & 4")

    def delete(dialog: ModelsDialog) -> None:
        assert not dialog.trash_button.isEnabled()
        pick(dialog, "Ward 3 & 4")
        press(qtbot, dialog.delete_button)

    def bring_back(dialog: ModelsDialog) -> None:
        entry = dialog.trash_menu.actions()[0]
        assert entry.text() == "Bring back “Ward 3 && 4”"
        entry.trigger()
        assert own in library.names()
        assert "is back" in dialog.said.text()
        assert not dialog.trash_button.isEnabled()
        pick(dialog, "Ward 3 & 4")
        press(qtbot, dialog.delete_button)
        for is_sure in (False, True):
            assert dialog.trash_button.isEnabled()
            studio.ask.answers.append(is_sure)
            dialog.trash_menu.actions()[-1].trigger()
        assert not dialog.trash_button.isEnabled()
        assert not dialog.restore_button.isVisible()

    opened(delete)
    opened(bring_back)
    assert own not in library.names()
    assert not library.trashed()


def test_a_model_is_taken_along_as_one_file(
    studio: Studio, qtbot: QtBot, own: str, opened, tmp_path: Path
) -> None:
    file = tmp_path / "for a colleague.zip"

    def export(dialog: ModelsDialog) -> None:
        pick(dialog, "Ward 3")
        studio.ask.answers.append(file)
        press(qtbot, dialog.export_button)
        qtbot.waitUntil(lambda: "is written" in dialog.said.text())
        studio.ask.answers.append(file)
        press(qtbot, dialog.import_button)
        qtbot.waitUntil(lambda: "in the library" in dialog.said.text())
        assert dialog.table.rowCount() == 4

    opened(export)
    assert ModelLibrary.standard().find("for-a-colleague").read_weights() == b"weights"


def test_a_file_that_is_no_model_is_a_sentence(
    studio: Studio, qtbot: QtBot, opened, tmp_path: Path
) -> None:
    file = tmp_path / "diary.zip"
    file.write_text("Dear diary")

    def read(dialog: ModelsDialog) -> None:
        studio.ask.answers.append(file)
        press(qtbot, dialog.import_button)
        qtbot.waitUntil(lambda: "not a whole archive" in dialog.said.text())

    opened(read)


def test_it_says_which_recordings_a_model_predicted(
    studio: Studio, qtbot: QtBot, clip: Path, opened
) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    library = ModelLibrary.standard()
    card = library.find(DEFAULT_POSE_MODEL).card.model_copy(
        update={"name": "made", "title": "Made"}
    )
    made = write_model_folder(library.new_folder("made"), card, b"x")
    path = made.path / "card.toml"
    path.write_text(path.read_text().replace(made.card.weights_sha256, "0" * 64))

    def look(dialog: ModelsDialog) -> None:
        pick(dialog, "Made")
        assert dialog.row is not None
        assert dialog.row.recordings == ("crawl",)

    opened(look)


def test_a_note_is_kept_when_another_model_is_picked(
    studio: Studio, qtbot: QtBot, own: str, opened
) -> None:
    def write(dialog: ModelsDialog) -> None:
        pick(dialog, "Ward 3")
        dialog.note.setPlainText("Trained on the June films")
        pick(dialog, "✓")
        assert not dialog.note.isVisible()
        pick(dialog, "Ward 3")
        assert dialog.note.toPlainText() == "Trained on the June films"

    opened(write)
    assert ModelLibrary.standard().find("ward").card.note == "Trained on the June films"


def test_what_is_written_after_the_dialog_was_closed_is_told_in_the_window(
    studio: Studio, qtbot: QtBot, own: str, opened, tmp_path: Path
) -> None:
    file = tmp_path / "ward.zip"

    def export(dialog: ModelsDialog) -> None:
        studio.ask.answers.append(file)
        pick(dialog, "Ward 3")
        press(qtbot, dialog.export_button)

    opened(export)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: "ward.zip is written" in studio.said())
    assert file.is_file()


def test_a_model_that_a_job_needs_is_not_deleted(
    studio: Studio, qtbot: QtBot, own: str, opened, clip: Path
) -> None:
    model = ModelLibrary.standard().find(own)
    assert studio.desk.predicting.adopt(model)
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 1)
    assert studio.workers.started[0].request.model == own  # pyright: ignore[reportAttributeAccessIssue]
    studio.desk.predicting.roll_back()

    def delete(dialog: ModelsDialog) -> None:
        pick(dialog, "Ward 3")
        press(qtbot, dialog.delete_button)
        assert dialog.said.text().endswith("in the background needs it.")

    opened(delete)
    assert own in ModelLibrary.standard().names()
