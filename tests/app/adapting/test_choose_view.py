"""The choice before an adaptation: what is offered, what is said, and what comes out of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.adapting.choice import Choice, ChosenAdaptation, ChosenRecording
from app.adapting.choose_model import NAME, SEEN, STATE, USED
from app.adapting.choose_view import ChooseView
from app.session.background import Background
from tests.app.adapting.offered import (
    choice,
    offer,
    shown_choice,
    survey,
    surveyed,
    write_sheet,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, background: Background) -> ChooseView:
    return shown_choice(qtbot, background)


def cell(view: ChooseView, row: int, column: int) -> str:
    return str(view.recordings.model.index(row, column).data())


def click_box(view: ChooseView, row: int) -> None:
    """Click where the row's tick is drawn."""
    table = view.recordings.table
    index = view.recordings.model.index(row, NAME)
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(index)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = table.style().subElementRect(
        QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, table
    )
    QTest.mouseClick(table.viewport(), LEFT, pos=box.center())


def write(field, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def taken(view: ChooseView, qtbot: QtBot) -> ChosenAdaptation:
    """What the view says when Adapt is pressed."""
    with qtbot.waitSignal(view.adapt_wanted, timeout=500) as told:
        QTest.mouseClick(view.adapt_button, LEFT)
    return told.args[0]


def test_what_is_there_is_ticked_and_comes_out(view: ChooseView, qtbot: QtBot):
    assert [cell(view, row, STATE) for row in range(3)] == [
        *("not predicted", "12 corrected", "file is missing")
    ]
    assert view.recordings.count.text() == "2 of 3 recordings"
    assert view.recordings.labels.text().startswith("12 corrected frames will be used as labels")
    assert taken(view, qtbot) == ChosenAdaptation(
        (ChosenRecording(1), ChosenRecording(2)), "infant_pose", "recommended"
    )


def test_a_click_into_the_box_unticks(view: ChooseView, qtbot: QtBot):
    click_box(view, 1)
    assert view.chosen.recordings == (ChosenRecording(1),)
    assert view.recordings.labels.text().startswith("No frame of these is corrected")
    click_box(view, 2)  # its file is missing
    assert view.chosen.recordings == (ChosenRecording(1),)
    click_box(view, 0)
    assert not view.adapt_button.isEnabled()
    assert view.reason.text() == "Choose at least one recording."
    QTest.mouseClick(view.recordings.all_button, LEFT)
    assert len(taken(view, qtbot).recordings) == 2


def test_space_and_return_tick_the_picked_row(view: ChooseView):
    table = view.recordings.table
    view.setFocus()
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert view.chosen.recordings == (ChosenRecording(2),)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert view.chosen.recordings == ()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)  # its file is missing
    assert view.chosen.recordings == ()


def test_a_part_of_a_recording_is_used(view: ChooseView, qtbot: QtBot):
    view.recordings.table.selectRow(1)
    span = view.recordings.range
    write(span.start, "0:10")
    write(span.stop, "1:20.5")
    assert cell(view, 1, USED) == "0:10 – 1:20.5"
    assert cell(view, 0, USED) == "all"
    assert taken(view, qtbot).recordings == (
        ChosenRecording(1),
        ChosenRecording(2, ((100, 805),)),
    )
    QTest.mouseClick(span.whole_button, LEFT)
    assert view.chosen.recordings[1] == ChosenRecording(2)
    assert span.start.text() == "0:00"


@pytest.mark.parametrize(
    ("start", "said"), [("soon", "“soon” is no time"), ("1:50", "This time range is empty")]
)
def test_a_range_that_makes_no_sense_is_told(view: ChooseView, start: str, said: str):
    span = view.recordings.range
    write(span.start, start)
    assert said in span.wrong.text()
    assert said in view.reason.text()
    assert not view.adapt_button.isEnabled()
    view.recordings.table.selectRow(1)  # leaves what was not taken behind
    assert view.adapt_button.isEnabled()


def test_preset_base_and_what_experts_change_come_out(view: ChooseView, qtbot: QtBot):
    QTest.mouseClick(view.presets.cards["thorough"], LEFT, pos=QPoint(200, 40))
    view.base.setFocus()
    QTest.keyClick(view.base, Qt.Key.Key_Down)
    experts = view.experts
    assert not experts.settings.isVisible()
    QTest.mouseClick(experts.handle, LEFT)
    assert experts.settings.isVisible()
    QTest.keyClicks(experts.settings, "steps=20")
    QTest.keyClick(experts.settings, Qt.Key.Key_Return)
    QTest.keyClick(experts.settings, Qt.Key.Key_Return)
    QTest.keyClicks(experts.settings, " weights.source = 0.5")
    write(experts.seed, "3")
    QTest.keyClick(experts.device, Qt.Key.Key_Down)
    found = taken(view, qtbot)
    assert (found.base, found.recipe, found.device) == ("ward", "thorough", "cpu")
    assert found.settings == ("steps=20", "weights.source = 0.5", "seed=3")


def test_a_setting_that_is_none_is_told_with_the_drawer_closed_too(view: ChooseView):
    QTest.mouseClick(view.experts.handle, LEFT)
    QTest.keyClicks(view.experts.settings, "faster")
    QTest.mouseClick(view.experts.handle, LEFT)
    assert view.experts.wrong.isVisible()
    assert "“faster” is no setting" in view.reason.text()
    assert not view.adapt_button.isEnabled()
    assert not view.survey.look_button.isEnabled()


def test_a_survey_is_asked_for_shown_and_stopped(view: ChooseView, qtbot: QtBot):
    assert view.presets.cards["quick"].cost.text() == "Time: not measured yet"
    with qtbot.waitSignal(view.survey_wanted, timeout=500) as told:
        QTest.mouseClick(view.survey.look_button, LEFT)
    assert told.args[0] == view.chosen
    view.show_survey_state("Looking at the recordings: 6 of 24", 0.25)
    assert view.survey.bar.isVisible()
    assert view.survey.bar.value() == 250
    assert view.survey.said.text() == "Looking at the recordings: 6 of 24"
    assert not view.survey.look_button.isVisible()
    with qtbot.waitSignal(view.survey_stop_wanted, timeout=500):
        QTest.mouseClick(view.survey.stop_button, LEFT)
    view.show_survey_state("The disk is full.", None)
    assert view.survey.said.text() == "The disk is full."
    view.show_survey_state("", None)
    assert view.survey.said.text().startswith("Look at the recordings to see")
    assert view.survey.look_button.isVisible()
    assert not view.survey.bar.isVisible()


def test_what_a_survey_found_is_shown(view: ChooseView, qtbot: QtBot, tmp_path: Path):
    view.show_survey(survey(contact_sheet=write_sheet(tmp_path)), tmp_path)
    assert [cell(view, row, SEEN) for row in range(3)] == ["4 of 6", "4 of 6", "–"]
    assert view.survey.said.text().startswith("A sample of 12 frames: 8 can be learnt from")
    assert view.presets.cards["recommended"].cost.text() == (
        "About 1 h 30 min on this computer, 570 MB of disk"
    )
    assert view.disk.text() == "80 GB of the disk are free."
    qtbot.waitUntil(view.survey.sheet.isVisible)
    assert view.survey.sheet.image.width() == 1172


def test_a_lost_picture_is_told(view: ChooseView, qtbot: QtBot, tmp_path: Path):
    view.show_survey(survey(contact_sheet="survey.jpg"), tmp_path)
    qtbot.waitUntil(view.survey.sheet.isVisible)
    assert view.survey.sheet.image.isNull()


def test_estimates_say_when_they_are_of_another_choice(view: ChooseView, tmp_path: Path):
    QTest.mouseClick(view.survey.look_button, LEFT)
    view.show_survey(survey(), tmp_path)
    cost = view.presets.cards["quick"].cost
    QTest.mouseClick(view.presets.cards["quick"], LEFT)
    assert "before your change" not in cost.text()
    click_box(view, 0)
    assert "before your change" in cost.text()
    click_box(view, 0)
    assert "before your change" not in cost.text()


def test_recordings_without_an_infant_are_no_use(view: ChooseView, tmp_path: Path):
    empty = surveyed(2, usable=0, without_infant=6, refused="No infant was found.")
    view.show_survey(survey(surveyed(1), empty), tmp_path)
    assert cell(view, 1, SEEN) == "no infant"
    assert view.adapt_button.isEnabled()
    click_box(view, 0)
    assert not view.adapt_button.isEnabled()
    assert view.reason.text().startswith("In none of the chosen recordings")


def test_a_recording_that_cannot_be_read_is_to_be_left_out(view: ChooseView, tmp_path: Path):
    broken = surveyed(2, looked_at=0, usable=0, refused="b.mp4: cannot be read.")
    view.show_survey(survey(surveyed(1), broken), tmp_path)
    assert view.reason.text() == "b.mp4: cannot be read. Leave baby 2 out, or look again."
    assert not view.adapt_button.isEnabled()
    click_box(view, 1)
    assert view.adapt_button.isEnabled()


def test_a_range_that_changed_is_judged_anew(view: ChooseView, tmp_path: Path):
    behind = surveyed(1, looked_at=0, usable=0, refused="None of its frames are in the range.")
    view.show_survey(survey(behind, surveyed(2)), tmp_path)
    assert not view.adapt_button.isEnabled()
    write(view.recordings.range.start, "0:10")
    assert view.adapt_button.isEnabled()


def test_settings_that_a_survey_refuses_are_told_until_they_change(
    view: ChooseView, tmp_path: Path
):
    QTest.mouseClick(view.experts.handle, LEFT)
    QTest.keyClicks(view.experts.settings, "stepz=3")
    QTest.mouseClick(view.survey.look_button, LEFT)
    view.show_survey(survey(settings=("stepz=3",), settings_refused="stepz is no key."), tmp_path)
    assert view.experts.wrong.text() == "stepz is no key."
    assert not view.adapt_button.isEnabled()
    QTest.keyClick(view.experts.settings, Qt.Key.Key_Backspace)
    QTest.keyClicks(view.experts.settings, "4")
    assert view.adapt_button.isEnabled()


def test_a_full_disk_is_a_reason(view: ChooseView, tmp_path: Path):
    view.show_survey(survey(free_bytes=550_000_000), tmp_path)
    assert "570 MB of disk, and 550 MB are free" in view.reason.text()
    assert not view.adapt_button.isEnabled()
    QTest.mouseClick(view.presets.cards["quick"], LEFT)
    assert view.adapt_button.isEnabled()


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        (Choice((), (("a", "A"),)), "There is no recording in this study yet"),
        (choice(offer(1), chosen=frozenset()), "Choose at least one recording."),
        (Choice((offer(1),), (), chosen=frozenset([1])), "There is no model to start from."),
    ],
)
def test_why_it_cannot_begin(view: ChooseView, offered: Choice, said: str):
    view.show_choice(offered)
    assert said in view.reason.text()
    assert not view.adapt_button.isEnabled()


def test_another_choice_forgets_the_survey(view: ChooseView, tmp_path: Path):
    view.show_survey(survey(), tmp_path)
    view.show_choice(choice(offer(7)))
    assert cell(view, 0, SEEN) == "–"
    assert view.presets.cards["quick"].cost.text() == "Time: not measured yet"


def test_it_can_be_left(view: ChooseView, qtbot: QtBot):
    with qtbot.waitSignal(view.cancelled, timeout=500):
        QTest.mouseClick(view.cancel_button, LEFT)


def test_a_thousand_recordings_cost_no_more_cells_than_can_be_seen(
    view: ChooseView, monkeypatch: pytest.MonkeyPatch
):
    many = tuple(offer(number) for number in range(1000))
    asked = []
    model = view.recordings.model
    plain = model.data

    def counting(index, role=Qt.ItemDataRole.DisplayRole):
        asked.append(index.row())
        return plain(index, role)

    monkeypatch.setattr(model, "data", counting)
    view.show_choice(choice(*many))
    view.grab()
    assert max(asked) < 200
