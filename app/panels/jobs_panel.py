"""What works in the background: how far it is, how long it takes, and the way to end it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.controls import ElidedLabel, IconButton, IconLabel, TextButton, restyle, words
from app.jobs.job_watcher import JobWatcher
from app.jobs.watched_job import JobSummary
from app.panels.durations import percent, time_left
from core.jobs.status import JobState

_STEPS = 1000
_MOST_HEIGHT = 300
_MOST_SHARE = 0.3  # of the window
_ICONS = {"predict": "predict", "export": "export", "survey": "eye", "adapt": "model",
          "compare": "eye"}  # fmt: skip


class JobsPanel(QWidget):
    """One card for each job of the study; hidden while there is none."""

    details_wanted = Signal(object)  # JobSummary
    show_wanted = Signal(str)  # key of a job that has a view of its own
    discard_wanted = Signal(str)  # key of a job whose work would be lost

    def __init__(self, watcher: JobWatcher) -> None:
        """Show the jobs of `watcher`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Background jobs")
        self._watcher = watcher
        self._cards: dict[str, JobCard] = {}
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(12, 0, 12, 12)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        title = words("Background", "panel_title")
        title.setContentsMargins(16, 0, 0, 0)
        layout.addWidget(title)
        layout.addWidget(scroll, 1)
        watcher.jobs_changed.connect(self._refresh)
        self._refresh()

    def card(self, key: str) -> "JobCard":
        """The card of a job; raises KeyError."""
        return self._cards[key]

    @property
    def focus_taker(self) -> QWidget:
        """What takes the keyboard: the first button of the newest job."""
        cards = list(self._cards.values())
        return next((b for b in cards[-1].buttons if b.isVisible()), self) if cards else self

    def _refresh(self) -> None:
        jobs = {job.key: job for job in self._watcher.jobs()}
        for key in self._cards.keys() - jobs.keys():
            self._cards.pop(key).deleteLater()
        for key, job in jobs.items():
            if key not in self._cards:
                self._cards[key] = self._new_card(key)
                self._list.insertWidget(self._list.count() - 1, self._cards[key])
            self._cards[key].show_job(job)
        self.setVisible(bool(jobs))
        self._fit()

    def _fit(self) -> None:
        """As high as the cards, up to a limit; then they scroll."""
        self._list.activate()
        most = min(_MOST_HEIGHT, round(_MOST_SHARE * self.window().height()))
        self._scroll.setFixedHeight(min(self._body.sizeHint().height(), most))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A lower window leaves less for the cards."""
        super().resizeEvent(event)
        self._fit()

    def _new_card(self, key: str) -> "JobCard":
        card = JobCard()
        card.stop_wanted.connect(lambda: self._watcher.stop(key))
        card.resume_wanted.connect(lambda: self._watcher.resume(key))
        card.dismiss_wanted.connect(lambda: self._dismiss(key))
        card.details_wanted.connect(self.details_wanted)
        card.show_wanted.connect(lambda: self.show_wanted.emit(key))
        return card

    def _dismiss(self, key: str) -> None:
        if any(job.key == key and job.kind == "adapt" for job in self._watcher.jobs()):
            self.discard_wanted.emit(key)
        else:
            self._watcher.dismiss(key)


class JobCard(QFrame):
    """One job."""

    stop_wanted = Signal()
    resume_wanted = Signal()
    dismiss_wanted = Signal()
    details_wanted = Signal(object)  # JobSummary
    show_wanted = Signal()

    def __init__(self) -> None:
        """Lay out an empty card."""
        super().__init__()
        self.setObjectName("card")
        self._job: JobSummary | None = None
        self._icon = IconLabel("predict", size=18)
        self._title = ElidedLabel("panel_title")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._text = words("", "muted", wrap=True)
        self._waits = words("Waiting", "muted")  # one line is enough for it
        self.stop_button = IconButton("close", "Stop this job", colour="muted", size=16)
        self.stop_button.clicked.connect(self._stop)
        self.resume_button = TextButton("Try again")
        self.resume_button.clicked.connect(self.resume_wanted)
        self.details_button = TextButton("Details…", role="quiet")
        self.details_button.clicked.connect(lambda: self.details_wanted.emit(self._job))
        self.show_button = TextButton("Show", role="quiet")
        self.show_button.clicked.connect(self.show_wanted)
        for button in self.buttons:  # by key; a press of the mouse leaves Space to the recording
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()

    @property
    def buttons(self) -> tuple[QAbstractButton, ...]:
        """What can be pressed, the most useful one first."""
        return self.show_button, self.resume_button, self.details_button, self.stop_button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self._waits)
        head.addWidget(self.stop_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.show_button)
        foot.addWidget(self.resume_button)
        foot.addWidget(self.details_button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(5)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._text)
        layout.addLayout(foot)

    def show_job(self, job: JobSummary) -> None:
        """Show where the job stands."""
        if job == self._job:
            return
        self._job = job
        failed = job.state is JobState.FAILED
        self._icon.show_icon(*(("error", "danger") if failed else (_ICONS[job.kind], "accent")))
        self._title.show_text(job.title)
        self._bar.setValue(round(job.fraction * _STEPS))
        waits = job.state is JobState.QUEUED
        self._bar.setVisible(not failed and not waits)
        self._waits.setVisible(waits)
        self._text.setVisible(not waits)
        self._bar.setAccessibleName(f"{job.title}: {sentence(job)}")
        self._text.setText(sentence(job))
        self.stop_button.set_tip(_stop_tip(job))
        self.stop_button.setEnabled(job.state is not JobState.STOPPING)
        is_done = job.state is JobState.DONE
        self.show_button.setText("See the verdict" if is_done else "Show")
        self.show_button.setVisible(job.kind == "adapt" or (job.kind == "compare" and is_done))
        self.resume_button.setText("Try again" if failed else "Resume")
        self.resume_button.setVisible(job.state.can_resume)
        self.details_button.setVisible(failed or job.state is JobState.INTERRUPTED)
        restyle(self)

    def _stop(self) -> None:
        if self._job is not None and self._job.is_active:
            self.stop_wanted.emit()
        else:
            self.dismiss_wanted.emit()


def _stop_tip(job: JobSummary) -> str:
    if not job.is_active:
        return "Take this off the list"
    return "Pause this adaptation" if job.kind == "adapt" else "Stop this job"


def sentence(job: JobSummary) -> str:
    """Where a job stands, in words."""
    done = percent(job.fraction)
    if job.state is JobState.RUNNING:
        left = "" if job.seconds_left is None else f" · {time_left(job.seconds_left)} left"
        what = f"{job.activity} · " if job.activity else ""
        return f"{what}{done}{left}" if job.fraction else "Getting ready…"
    if job.kind == "adapt" and job.state in _OF_ADAPTING:
        return _OF_ADAPTING[job.state]
    if job.kind == "compare" and job.state is JobState.DONE:
        return _OF_ADAPTING[JobState.DONE]
    return {
        JobState.QUEUED: "Waiting for its turn",
        JobState.STOPPING: "Stopping…",
        JobState.STOPPED: f"Stopped at {done}; what was done is kept",
        JobState.INTERRUPTED: f"Interrupted at {done}; what was done is kept",
        JobState.FAILED: job.sentence or "It did not work.",
        JobState.DONE: "Bringing the last points in…",
    }[job.state]


_OF_ADAPTING = {
    JobState.STOPPING: "Pausing…",
    JobState.STOPPED: "Paused; nothing is lost",
    JobState.DONE: "Done: the verdict is there",
}
