"""The export dialog says what stands in the way before it lets anybody go on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.export_dialog import ExportDialog
from core.study.recordings import Recording


def recording(number: int) -> Recording:
    return Recording(
        id=number,
        name=f"visit_{number}",
        path=Path(f"visit_{number}.mp4"),
        fingerprint="x",
        width=10,
        height=10,
        frame_count=3,
        duration=1.0,
        roi=None,
        added=datetime.now(UTC),
        is_missing=False,
    )


class Chooser:
    def __init__(self, answer: Path | None) -> None:
        self.answer = answer

    def open_folder(self, title: str, folder: Path) -> Path | None:
        return self.answer


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    recordings = [recording(1), recording(2)]
    made = ExportDialog(
        recordings,
        recordings[1],
        unfinished={1},
        folder=tmp_path,
        chooser=Chooser(tmp_path / "chosen"),
    )
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_usual_choice_is_made_already(dialog: ExportDialog, tmp_path: Path) -> None:
    choice = dialog.choice()
    assert choice.recordings == (2,)
    assert choice.formats == ("csv-wide",)
    assert (choice.out, choice.overwrite, choice.smooth) == (tmp_path, False, False)
    assert dialog.go.isEnabled()


def test_all_recordings_long_table_and_video(dialog: ExportDialog, qtbot: QtBot) -> None:
    for button in (dialog.every, dialog.long, dialog.video, dialog.smooth):
        button.click()
    assert dialog.choice().recordings == (1, 2)
    assert dialog.choice().smooth
    assert dialog.choice().formats == ("csv-long", "overlay")


def test_nothing_chosen_cannot_be_exported(dialog: ExportDialog) -> None:
    dialog.table.click()
    assert not dialog.go.isEnabled()
    assert not dialog.wide.isEnabled()
    dialog.table.click()
    for nowhere in ("  ", "results"):
        dialog.folder.setText(nowhere)
        assert not dialog.go.isEnabled()


def test_files_that_are_there_are_named_and_replaced_only_on_purpose(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "visit_2.csv").touch()
    dialog.video.click()
    assert not dialog.go.isEnabled()
    assert "visit_2.csv" in dialog._hint.text()
    dialog.overwrite.click()
    assert dialog.go.isEnabled()
    assert dialog.choice().overwrite


def test_what_a_table_means_is_not_replaced_unasked_either(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "visit_2.csv.json").touch()
    dialog.long.click()
    assert not dialog.go.isEnabled()
    assert dialog.overwrite.isVisible()
    dialog.overwrite.click()
    assert dialog.go.isEnabled()


def test_a_recording_that_is_not_predicted_to_its_end_is_told(dialog: ExportDialog) -> None:
    assert not dialog._gap.isVisible()
    dialog.every.click()
    assert "1 of them is not predicted to the end" in dialog._gap.text()
    assert dialog._gap.isVisible()
    assert dialog.go.isEnabled()


def test_choosing_a_folder(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.folder.clear()
    button = next(b for b in dialog.findChildren(type(dialog.go)) if "Choose" in b.text())
    button.click()
    assert dialog.choice().out == tmp_path / "chosen"


def test_return_exports_and_escape_does_not(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.folder.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
