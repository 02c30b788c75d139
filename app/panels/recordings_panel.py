"""The list of recordings on the left: choose one, add some, see where each one stands."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QVBoxLayout, QWidget

from app.controls import IconButton, words
from app.jobs.job_watcher import JobWatcher
from app.jobs.watched_job import JobSummary
from app.panels.durations import percent
from app.panels.recordings_delegate import RecordingsDelegate
from app.panels.recordings_model import Badge, RecordingRow, RecordingsModel
from app.panels.recordings_survey import RecordingsSurvey
from app.session.session import Session
from core.jobs.status import JobState
from core.study.recordings import Recording
from core.study.study_reader import RecordingSummary

_DELETES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class RecordingsPanel(QWidget):
    """Follows the session; what it wants done it asks for by signals."""

    open_wanted = Signal()
    folder_wanted = Signal()
    menu_wanted = Signal(int, QMenu)  # recording id; fill the menu
    removal_wanted = Signal()  # of the recording on the stage

    def __init__(self, session: Session, watcher: JobWatcher) -> None:
        """List the recordings of the session's study, with the jobs of `watcher`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._watcher = watcher
        self._model = RecordingsModel(self)
        self._survey = RecordingsSurvey(session, self)
        self._count = words("", "muted")
        self.list = self._list_view()
        self._lay_out()
        self._follow()
        self._refresh()

    def _list_view(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(RecordingsDelegate(view))
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName("Recordings")
        view.installEventFilter(self)
        return view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Here Delete is about the recording; elsewhere in the window it removes a point."""
        if not isinstance(event, QKeyEvent) or event.key() not in _DELETES:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # a key press follows, and no shortcut
        elif event.type() == QEvent.Type.KeyPress:
            self.removal_wanted.emit()
        return True

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 6)
        head.setSpacing(8)
        head.addWidget(words("Recordings", "panel_title"))
        head.addWidget(self._count)
        head.addStretch(1)
        for icon_name, tip, signal in (
            ("add", "Open recordings (Ctrl+O)", self.open_wanted),
            ("folder", "Open a folder of recordings (Ctrl+Shift+O)", self.folder_wanted),
        ):
            button = IconButton(icon_name, tip, colour="muted")
            button.clicked.connect(signal)
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def _follow(self) -> None:
        session = self._session
        session.recordings_changed.connect(self._refresh)
        session.recording_changed.connect(self._show_selection)
        session.history_changed.connect(self._survey.look_again)
        session.predictions.stored.connect(lambda _id: self._survey.look_again())
        self._watcher.jobs_changed.connect(self._show_rows)
        self._survey.changed.connect(self._show_rows)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.customContextMenuRequested.connect(self._open_menu)

    def rows(self) -> list[RecordingRow]:
        """What is listed now."""
        return self._model.rows()

    def choose_next(self, direction: int) -> None:
        """Put the next or previous recording on the stage."""
        position = self.list.currentIndex().row() + direction
        if 0 <= position < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(position))

    def _refresh(self) -> None:
        self._survey.look_again()
        self._show_rows()

    def _show_rows(self) -> None:
        jobs = {job.recording: job for job in self._watcher.jobs() if job.kind == "predict"}
        rows = [
            RecordingRow(
                recording,
                badge(recording, self._survey.summary(recording.id), jobs.get(recording.id)),
                self._survey.picture(recording.id),
            )
            for recording in self._survey.recordings
        ]
        self._model.set_rows(rows)
        self._count.setText(str(len(rows)) if rows else "")
        self._show_selection()

    def _show_selection(self) -> None:
        recording = self._session.recording
        position = None if recording is None else self._model.position(recording.id)
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        if position is None:
            selection.clear()
        elif self.list.currentIndex().row() != position or not selection.hasSelection():
            index = self._model.index(position)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        selection.blockSignals(False)
        self.list.viewport().update()

    def _choose(self, index: QModelIndex, _previous: QModelIndex) -> None:
        if not index.isValid():
            return
        chosen = self._model.rows()[index.row()].recording.id
        # A line may outlive its recording for the moment until the list is read again.
        there = {recording.id for recording in self._session.recordings()}
        now = self._session.recording
        if chosen in there and (now is None or now.id != chosen):
            self._session.select_recording(chosen)

    def _open_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        menu = QMenu(self)
        self.menu_wanted.emit(self._model.rows()[index.row()].recording.id, menu)
        if menu.actions():
            menu.popup(self.list.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)


def badge(recording: Recording, summary: RecordingSummary | None, job: JobSummary | None) -> Badge:
    """Where a recording stands, the most urgent first."""
    if recording.is_missing:
        return Badge("File missing", "danger")
    working = None if job is None else _job_badge(job)
    if working is not None or summary is None:
        return working or Badge("", "muted")
    if summary.corrected_frames:
        return Badge(f"{summary.corrected_frames} corrected", "warning")
    share = summary.predicted_frames / recording.frame_count
    if share >= 1:
        return Badge("Predicted", "ok")
    return Badge(f"{percent(share)} predicted" if share else "Not predicted", "muted")


def _job_badge(job: JobSummary) -> Badge | None:
    if job.state is JobState.FAILED:
        return Badge("Failed", "danger")
    if job.state is JobState.QUEUED:
        return Badge("Waiting", "muted")
    if job.is_active:
        return Badge(f"Predicting {percent(job.fraction)}", "accent", job.fraction)
    return None
