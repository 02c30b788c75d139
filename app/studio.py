"""Joins the parts of one running program: preferences, session, jobs, window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.adapting.station import Station
from app.ask import Ask
from app.desk.adapting import Adapting, Talk
from app.desk.areas import Areas
from app.desk.comparing import Comparing
from app.desk.desk import Desk
from app.desk.exporting import Exporting
from app.desk.files import Files
from app.desk.going import Going
from app.desk.helping import Helping
from app.desk.judging import Judging
from app.desk.looks import Looks
from app.desk.modelling import Modelling
from app.desk.ordering import Ordering
from app.desk.predicting import Predicting
from app.icons import application_icon
from app.jobs.job_watcher import JobWatcher
from app.main_window import MainWindow
from app.notices import Notices
from app.preferences import Preferences
from app.session.session import Session
from app.stage.playback import Playback
from app.stage.video_view import VideoView
from app.theme import apply_theme, load_fonts
from core.jobs.folder import JobFolder
from core.jobs.launch import launch


@dataclass(frozen=True)
class Surroundings:
    """Where this program keeps its own things, and how it starts a background job."""

    home: Path
    jobs: Path
    logs: Path
    start_job: Callable[[JobFolder], None] = launch


def dress(application: QApplication, preferences: Preferences) -> None:
    """Name the application and give it its typeface and colours."""
    application.setApplicationName("SHIFT Studio")
    application.setApplicationDisplayName("SHIFT Studio")
    application.setDesktopFileName("shift-studio")
    application.setWindowIcon(application_icon())
    load_fonts(application)
    apply_theme(application, dark=preferences.theme.dark)


def build_window(
    application: QApplication, surroundings: Surroundings, preferences: Preferences, ask: Ask
) -> MainWindow:
    """A window without a study; the caller opens one and shows the window."""
    notices = Notices(surroundings.logs / "window.log")
    session = Session()
    view = VideoView(session)
    playback = Playback(session)
    watcher = JobWatcher(session, surroundings.jobs, start=surroundings.start_job)
    station = Station(session.background)
    helping = Helping(ask, surroundings.logs)
    predicting = Predicting(session, watcher, notices=notices, preferences=preferences)
    comparing = Comparing(session, watcher, ask=ask, predicting=predicting, notices=notices)
    adapting = Adapting(
        station,
        watcher,
        ordering=Ordering(station.choose, session, watcher, predicting=predicting, notices=notices),
        judging=Judging(station.verdict, session, predicting=predicting, notices=notices),
        talk=Talk(ask, notices, helping),
    )
    desk = Desk(
        session=session,
        view=view,
        playback=playback,
        watcher=watcher,
        files=Files(session, ask, notices=notices, preferences=preferences),
        going=Going(session, ask, notices),
        predicting=predicting,
        station=station,
        adapting=adapting,
        modelling=Modelling(session, ask, predicting, comparing, notices),
        exporting=Exporting(session, watcher, ask=ask, notices=notices, preferences=preferences),
        looks=Looks(application, view, preferences),
        helping=helping,
        areas=Areas(),
        preferences=preferences,
    )
    window = MainWindow(desk, notices)
    ask.parent = window
    return window
