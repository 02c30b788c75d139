"""Two models and a recording are chosen; what makes no sense cannot be."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.dialogs.compare_dialog import CompareDialog, Comparison, ComparisonOffer

OFFER = ComparisonOffer(
    models=(("usual", "Usual"), ("ward", "Ward 3")),
    recordings=((4, "kick"), (7, "roll")),
    base="usual",
    model="ward",
    recording=7,
)


def shown(qtbot: QtBot, offer: ComparisonOffer) -> CompareDialog:
    dialog = CompareDialog(offer)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_proposed_can_be_taken_as_it_is(qtbot: QtBot):
    dialog = shown(qtbot, OFFER)
    assert dialog.chosen == Comparison("usual", "ward", (7,))
    dialog.compare.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_all_recordings_can_be_chosen(qtbot: QtBot):
    dialog = shown(qtbot, OFFER)
    dialog.recording.setCurrentIndex(0)
    assert dialog.chosen.recordings == (4, 7)


def test_a_model_cannot_be_compared_with_itself(qtbot: QtBot):
    dialog = shown(qtbot, OFFER)
    dialog.base.setCurrentIndex(1)
    assert not dialog.compare.isEnabled()
    dialog.model.setCurrentIndex(0)
    assert dialog.compare.isEnabled()


def test_without_a_recording_there_is_nothing_to_compare_on(qtbot: QtBot):
    dialog = shown(qtbot, replace(OFFER, recordings=()))
    assert not dialog.compare.isEnabled()
