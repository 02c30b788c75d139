"""The window: puts the areas side by side and joins what they ask for to what does it."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.desk.areas import Area
from app.desk.desk import Desk
from app.menus import Menus
from app.notices import Notices
from app.panels.banner import Banner
from app.panels.first_run import FirstRun
from app.panels.header import Header
from app.panels.jobs_panel import JobsPanel
from app.panels.points_panel import PointsPanel
from app.panels.recordings_panel import RecordingsPanel
from app.panels.status_line import StatusLine
from app.stage.timeline import Timeline
from app.stage.transport import Transport

_SIDES = (264, 300)  # widths of the panels at the first start
_SMALLEST = (960, 600)
_USUAL = (1440, 900)
_FIRST_RUN, _STAGE, _STATION = range(3)  # positions in the centre


class MainWindow(QMainWindow):
    """Holds the panels; what they do is in the desk."""

    def __init__(self, desk: Desk, notices: Notices) -> None:
        """Lay out the window of a desk."""
        super().__init__()
        self.desk = desk
        self.notices = notices
        self.banner = Banner()
        self.first_run = FirstRun()
        self.recordings = RecordingsPanel(desk.session, desk.watcher)
        self.points = PointsPanel(desk.session)
        self.jobs = JobsPanel(desk.watcher)
        self.header = Header(desk.session)
        self.timeline = Timeline(desk.session)
        self.transport = Transport(desk.session, desk.playback, desk.view)
        self.status = StatusLine(desk.session)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._right = QWidget()
        self._centre = QStackedWidget()
        self._shown: int | None = None  # position in the centre
        self._lay_out()
        self.menus = Menus(self, desk)
        self._add_buttons()
        self._join()
        self._keep_room()
        self._restore()
        self._show_centre()

    # Layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("SHIFT Studio")
        self.setAcceptDrops(True)
        self._centre.addWidget(self.first_run)
        self._centre.addWidget(self._stage())
        self._centre.addWidget(self.desk.station)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._framed_banner())
        column.addWidget(self._centre, 1)
        side = QVBoxLayout(self._right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(1)
        side.addWidget(self.points, 1)
        side.addWidget(self.jobs)
        for position, area in enumerate((self.recordings, middle, self._right)):
            self._splitter.addWidget(area)
            self._splitter.setCollapsible(position, False)
            self._splitter.setStretchFactor(position, 1 if area is middle else 0)
        self._splitter.setHandleWidth(1)
        self.recordings.setMinimumWidth(224)
        middle.setMinimumWidth(500)  # what the bar under the stage needs
        self.points.list.setMinimumWidth(232)  # longer words on the buttons make it wider
        self._splitter.setSizes([_SIDES[0], 10_000, _SIDES[1]])
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.status)

    def _keep_room(self) -> None:
        """Larger letters need a wider window, or the areas would lie over each other."""
        width, height = _SMALLEST
        self.setMinimumSize(max(width, self._splitter.minimumSizeHint().width()), height)

    def _stage(self) -> QWidget:
        stage = QWidget()
        stage.setObjectName("stage_area")
        column = QVBoxLayout(stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.desk.view, 1)
        column.addWidget(self.timeline)
        column.addWidget(self.transport)
        return stage

    def _framed_banner(self) -> QWidget:
        """The banner with some air around it, both gone while there is nothing to tell."""
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self.banner)
        frame.hide()
        self.banner.closed.connect(frame.hide)
        self.banner.shown.connect(frame.show)
        return frame

    def _add_buttons(self) -> None:
        actions = self.menus.actions
        self.header.add_button(actions["next_low"], "Check next", "next_check")
        self.header.add_button(actions["predict"], "Predict", "predict")
        self.header.add_button(actions["adapt"], "Adapt", "model")
        self.header.add_button(actions["export"], "Export", "export", role="primary")
        verbs = ("mark_seen", "mark_hidden", "remove_point", "restore_point")
        self.points.add_verbs([actions[verb] for verb in verbs])
        self.desk.areas.set_window(
            self,
            [
                Area(self.recordings, lambda: self.recordings.list),
                Area(self.banner, lambda: self.banner.focus_taker),
                Area(self.first_run, lambda: self.first_run.open_button),
                Area(self.desk.view, lambda: self.desk.view),
                Area(self.desk.station, lambda: self.desk.station.page),
                Area(self.jobs, lambda: self.jobs.focus_taker),
                Area(self._right, lambda: self.points.list),
            ],
        )

    # Joints ---------------------------------------------------------------------------------

    def _join(self) -> None:
        desk, session, notices = self.desk, self.desk.session, self.notices
        notices.posted.connect(self.banner.show_notice)
        notices.fault_found.connect(desk.helping.show_fault)
        session.problem.connect(notices.problem)
        session.video_failed.connect(notices.problem)
        session.write_failed.connect(lambda text: notices.unsaved(text, session.retry_writes))
        session.writes_recovered.connect(lambda: notices.done("Everything is saved again."))
        desk.watcher.problem.connect(notices.problem)
        desk.watcher.job_failed.connect(lambda job: notices.problem(job.sentence))
        desk.view.roi_drawn.connect(lambda _box: desk.predicting.region_drawn())
        desk.view.point_grabbed.connect(desk.playback.pause)
        desk.session.edited.connect(desk.playback.pause)
        self.jobs.details_wanted.connect(desk.helping.show_job_details)
        self._join_recordings()
        self.first_run.open_wanted.connect(desk.files.open_recordings)
        self.first_run.folder_wanted.connect(desk.files.open_folder)
        self.first_run.demo_wanted.connect(desk.files.open_demo)
        for signal in (session.study_changed, session.recordings_changed, session.image_ready):
            signal.connect(lambda *_: self._show_centre())
        session.study_changed.connect(self._show_title)
        session.video_opened.connect(self._tell_damage)
        desk.predicting.model_changed.connect(self._show_model)
        session.study_changed.connect(self._show_model)
        desk.adapting.station_wanted.connect(lambda _shown: self._show_centre())
        session.recording_changed.connect(desk.adapting.leave)
        self.jobs.show_wanted.connect(desk.adapting.show)
        self.jobs.discard_wanted.connect(desk.adapting.discard)
        self._show_title()
        self._show_model()

    def _join_recordings(self) -> None:
        desk, panel = self.desk, self.recordings
        panel.open_wanted.connect(desk.files.open_recordings)
        panel.folder_wanted.connect(desk.files.open_folder)
        panel.menu_wanted.connect(self._fill_recording_menu)
        panel.removal_wanted.connect(desk.files.remove_recording)
        panel.list.clicked.connect(lambda _index: desk.adapting.leave())

    def _show_centre(self) -> None:
        session = self.desk.session
        busy = session.recording is not None or session.is_opening
        wanted = _STAGE if busy or session.recordings() else _FIRST_RUN
        if self.desk.adapting.is_shown:
            wanted = _STATION
        if wanted != self._shown:
            self._shown = wanted
            self._centre.setCurrentIndex(wanted)
            self._right.setVisible(wanted == _STAGE)
            QTimer.singleShot(0, self, self._keep_room)  # once they stand where they will
            takers = (self.first_run.open_button, self.desk.view, self.desk.station.page)
            takers[wanted].setFocus()

    def _show_title(self) -> None:
        study = self.desk.session.study
        self.setWindowTitle(f"{study.path.stem} – SHIFT Studio" if study else "SHIFT Studio")

    def _tell_damage(self) -> None:
        """A recording that can be shown may still be damaged."""
        info = self.desk.session.info
        if info is not None and info.warnings:
            self.notices.warn(f"{info.path.name} can be used, but:", info.warnings)

    def _show_model(self) -> None:
        titles = dict(self.desk.predicting.models())
        name = self.desk.predicting.model
        self.status.show_model(titles.get(name, name))

    def _fill_recording_menu(self, recording_id: int, menu: QMenu) -> None:
        current = self.desk.session.recording
        if current is None or current.id != recording_id:
            self.desk.session.select_recording(recording_id)
        for name in ("predict", "export", "find_missing", "remove_recording"):
            menu.addAction(self.menus.actions[name])

    # What comes from outside ----------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped anywhere."""
        if _dropped(event):
            event.acceptProposedAction()
            self.first_run.show_drop(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """They went away again."""
        super().dragLeaveEvent(event)
        self.first_run.show_drop(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was dropped."""
        self.first_run.show_drop(over=False)
        event.acceptProposedAction()
        self.desk.files.take(_dropped(event))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the layout and let go; jobs in the background go on."""
        if not self.desk.files.may_leave():
            event.ignore()
            return
        preferences = self.desk.preferences
        preferences.set_state("geometry", self.saveGeometry())
        preferences.set_state("splitter", self._splitter.saveState())
        preferences.sync()
        self.desk.playback.pause()
        self.desk.files.remember_place()
        self.desk.adapting.leave()  # a survey is thrown away while there is somebody to do it
        self.desk.watcher.close()
        self.desk.session.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Only now is it known how wide the letters are."""
        super().showEvent(event)
        self._keep_room()

    def _restore(self) -> None:
        preferences = self.desk.preferences
        geometry: QByteArray = preferences.state("geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(QSize(*_USUAL).boundedTo(self.screen().availableSize()))
        splitter = preferences.state("splitter")
        if not splitter.isEmpty():
            self._splitter.restoreState(splitter)


def _dropped(event: QDropEvent) -> list[Path]:
    """Local files among what is dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
