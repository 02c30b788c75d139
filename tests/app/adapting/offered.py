"""Recordings to choose from, and surveys of them."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.adapting.choice import Choice, RecordingOffer
from app.adapting.choose_view import ChooseView
from app.session.background import Background
from core.jobs.survey_report import RecipeCost, SurveyedRecording, SurveyReport

BASES = (("infant_pose", "Infants"), ("ward", "Ward 7"))


def offer(number: int, **about) -> RecordingOffer:
    """A minute and forty seconds of 1000 frames."""
    return RecordingOffer(number, f"baby {number}", seconds=100.0, frames=1000, **about)


def choice(*offers: RecordingOffer, **about) -> Choice:
    """These recordings, or three: one plain, one corrected, one missing; all that can be ticked."""
    made = offers or (offer(1), offer(2, corrected=12), offer(3, is_missing=True))
    all_of_them = frozenset(one.id for one in made)
    return Choice(made, BASES, **{"base": "infant_pose", "chosen": all_of_them, **about})


def shown_choice(qtbot: QtBot, background: Background) -> ChooseView:
    """The page on screen, with three recordings."""
    made = ChooseView(background)
    qtbot.addWidget(made)
    made.resize(1100, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.show_choice(choice())
    return made


def surveyed(number: int, **about) -> SurveyedRecording:
    found = {"looked_at": 6, "usable": 4, "near_duplicates": 1, "without_infant": 1, **about}
    return SurveyedRecording(id=number, name=f"baby {number}", frames=1000, **found)


def survey(*recordings: SurveyedRecording, **about) -> SurveyReport:
    costs = (
        RecipeCost(recipe="quick", steps=60, seconds=320, disk_bytes=520_000_000),
        RecipeCost(recipe="recommended", steps=1200, seconds=5400, disk_bytes=570_000_000),
        RecipeCost(recipe="thorough", steps=5000, seconds=16_400, disk_bytes=1_200_000_000),
    )
    made = recordings or (surveyed(1), surveyed(2))
    return SurveyReport(recordings=made, **{"costs": costs, "free_bytes": 80_000_000_000, **about})


def write_sheet(folder: Path) -> str:
    """A plain picture in the shape of a contact sheet."""
    picture = QImage(1172, 388, QImage.Format.Format_RGB888)
    picture.fill(QColor("#336699"))
    picture.save(str(folder / "survey.jpg"))
    return "survey.jpg"
