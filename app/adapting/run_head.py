"""The upper part of the running view: what is adapted, how far it is, and what can be done."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.adapting.job_story import JobStory
from app.adapting.run_words import best_words, big_line, state_words
from app.controls import ElidedLabel, IconLabel, TextButton, restyle, words
from core.jobs.status import JobState

_PARTS = 1000  # of the bar
_COPIED_MS = 2500
_ICONS = {
    JobState.QUEUED: ("info", "muted"),
    JobState.RUNNING: ("model", "accent"),
    JobState.STOPPING: ("pause", "muted"),
    JobState.STOPPED: ("pause", "muted"),
    JobState.INTERRUPTED: ("warning", "warning"),
    JobState.FAILED: ("error", "danger"),
    JobState.DONE: ("check", "ok"),
}
assert set(_ICONS) == set(JobState)
_AWAKE = {
    True: "This computer is kept awake until it has ended. The screen may turn dark.",
    False: "This computer may fall asleep; the adaptation then goes on when it wakes up.",
}


class RunHead(QWidget):
    """Knows one job by its story; says what the user wants of it."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    finish_wanted = Signal()
    discard_wanted = Signal()
    folder_wanted = Signal()
    details_wanted = Signal()

    def __init__(self) -> None:
        """Lay out an empty head."""
        super().__init__()
        self._story = JobStory()
        self._awake: bool | None = None
        self._icon = IconLabel("model", colour="accent", size=28)
        self.title = ElidedLabel("title")
        self.about = ElidedLabel("muted")
        self.big = words("", "display", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.said = words("", wrap=True)
        self.best = words("", "muted")
        self.awake = words("", "muted", wrap=True)
        self.warnings = words("", wrap=True)
        self._make_buttons()
        self._lay_out()
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(lambda: self.copy_button.setText("Copy details"))
        self.show_story(self._story)

    def _make_buttons(self) -> None:
        self.pause_button = TextButton("Pause", "pause")
        self.resume_button = TextButton("Go on", "play", role="primary")
        self.finish_button = TextButton("Stop and keep the best", "check")
        self.discard_button = TextButton("Cancel and discard…", "trash", role="quiet")
        self.folder_button = TextButton("Show in folder", "folder", role="quiet")
        self.copy_button = TextButton("Copy details")
        self.details_button = TextButton("Details…", role="quiet")
        self.finish_button.setToolTip(
            "Ends the training now; the best model so far is kept and judged."
        )
        self.pause_button.setToolTip("Frees memory and graphics card until you go on.")
        self.pause_button.clicked.connect(self.pause_wanted)
        self.resume_button.clicked.connect(self.resume_wanted)
        self.finish_button.clicked.connect(self.finish_wanted)
        self.discard_button.clicked.connect(self.discard_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.details_button.clicked.connect(self.details_wanted)
        self.copy_button.clicked.connect(self._copy)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.title)
        names.addWidget(self.about)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._icon)
        top.addLayout(names, 1)
        top.addWidget(self.folder_button)
        state = QHBoxLayout()
        state.setSpacing(16)
        state.addWidget(self.said, 1)
        state.addWidget(self.best)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.big)
        layout.addWidget(self.bar)
        layout.addLayout(state)
        layout.addWidget(self.warnings)
        layout.addWidget(self.awake)
        layout.addLayout(self._buttons())
        self.setTabOrder(self.discard_button, self.folder_button)  # it is of the least interest

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.resume_button, self.pause_button, self.finish_button):
            row.addWidget(button)
        row.addWidget(self.copy_button)
        row.addWidget(self.details_button)
        row.addStretch(1)
        row.addWidget(self.discard_button)
        return row

    def show_story(self, story: JobStory) -> None:
        """Show how far the job is."""
        self._story = story
        failed = story.state is JobState.FAILED
        self._icon.show_icon(*_ICONS[story.state])
        self.big.setText(big_line(story))
        self.said.setText(state_words(story))
        self.best.setText(best_words(story))
        self.warnings.setText("\n".join(f"•  {text}" for text in story.warnings[-3:]))
        self.warnings.setToolTip("\n".join(story.warnings))
        self.warnings.setVisible(bool(story.warnings))
        self._show_bar(story, failed=failed)
        self._show_buttons(story)
        self._show_awake()

    def show_awake(self, awake: bool | None) -> None:
        """Say whether the computer is kept from sleeping; None: nothing is known."""
        self._awake = awake
        self._show_awake()

    def _show_bar(self, story: JobStory, *, failed: bool) -> None:
        has_no_count = story.state is JobState.RUNNING and not story.counted[1]
        self.bar.setRange(0, 0 if has_no_count else _PARTS)
        self.bar.setValue(round(story.fraction * _PARTS))
        self.bar.setAccessibleName(big_line(story))
        self.bar.setVisible(story.state not in (JobState.QUEUED, JobState.DONE))
        role = "danger" if failed else ""
        if self.bar.property("role") != role:
            self.bar.setProperty("role", role)
            restyle(self.bar)

    def _show_buttons(self, story: JobStory) -> None:
        state, is_ending = story.state, story.is_finishing
        self.pause_button.setVisible(state in (JobState.RUNNING, JobState.STOPPING))
        self.pause_button.setEnabled(state is JobState.RUNNING)
        self.resume_button.setVisible(state.can_resume)
        # Nothing is there to be kept before the first step, and nothing is left to end behind it.
        can_finish = 0 < story.step < story.steps and state is JobState.RUNNING
        self.finish_button.setVisible(can_finish or is_ending)
        self.finish_button.setEnabled(can_finish and not is_ending)
        self.discard_button.setVisible(state is not JobState.DONE)
        self.copy_button.setVisible(state is JobState.FAILED)
        self.details_button.setVisible(state in (JobState.FAILED, JobState.INTERRUPTED))

    def _show_awake(self) -> None:
        is_at_work = self._story.state in (JobState.RUNNING, JobState.STOPPING)
        self.awake.setText(_AWAKE[self._awake] if self._awake is not None else "")
        self.awake.setVisible(is_at_work and self._awake is not None)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._story.details)
        self.copy_button.setText("Copied")
        self._copied.start()
