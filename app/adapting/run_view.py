"""An adaptation while it runs: how far it is, its curves, what it finds, and how to steer it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.adapting.curves import Curves
from app.adapting.job_story import JobStory
from app.adapting.preview import Preview
from app.adapting.run_head import RunHead
from app.adapting.two_columns import TwoColumns, scrolling
from app.controls import separator, words
from app.session.background import Background
from core.jobs.status import JobState

_PAUSE_MS = 350  # between two looks at the story: three a second are live enough


@dataclass(frozen=True)
class RunFace:
    """What stays the same of a job: `recipe` and `base` as users call them."""

    title: str
    recipe: str
    base: str
    folder: Path


class RunView(QWidget):
    """Shows one job; told its story as often as one likes, it looks three times a second."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    finish_wanted = Signal()
    discard_wanted = Signal()
    folder_wanted = Signal()
    details_wanted = Signal()

    def __init__(self, background: Background) -> None:
        """Show no job yet; pictures are read by `background`."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Adaptation")
        self._story = JobStory()
        self._shown: tuple[JobStory, JobState, bool] | None = None
        self._is_stale = False
        self.head = RunHead()
        self.curves = Curves()
        self.preview = Preview(background)
        self._live = TwoColumns(self.curves, self.preview, least=820)
        self._soon = words("Curves and pictures come with the first steps.", "muted")
        self._soon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._on_pause_over)
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addWidget(separator())
        column.addWidget(self._live, 1)
        column.addWidget(self._soon, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body))

    def _join(self) -> None:
        self.head.pause_wanted.connect(self.pause_wanted)
        self.head.resume_wanted.connect(self.resume_wanted)
        self.head.finish_wanted.connect(self.finish_wanted)
        self.head.discard_wanted.connect(self.discard_wanted)
        self.head.folder_wanted.connect(self.folder_wanted)
        self.head.details_wanted.connect(self.details_wanted)

    def show_job(self, face: RunFace, story: JobStory) -> None:
        """Turn to a job."""
        self.head.title.show_text(face.title)
        self.head.about.show_text(f"{face.recipe} · from {face.base}")
        self.preview.show_folder(face.folder)
        self._shown = None
        self.show_story(story)

    def show_story(self, story: JobStory) -> None:
        """Say that a story may have gone on; a new state is shown at once, the rest soon."""
        self._story = story
        if self._shown != (story, story.state, story.is_finishing) or not self._timer.isActive():
            self._refresh()
        else:
            self._is_stale = True

    def show_awake(self, awake: bool | None) -> None:
        """Say whether the computer is kept from sleeping; None: nothing is known."""
        self.head.show_awake(awake)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        self._refresh()

    def _on_pause_over(self) -> None:
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        if not self.isVisible():
            return
        story = self._story
        self._shown = (story, story.state, story.is_finishing)
        self.head.show_story(story)
        has_begun = bool(story.steps or story.pictures)
        self._live.setVisible(has_begun)
        self._soon.setVisible(not has_begun)
        self.curves.show_curves(story.losses, story.rate, story.steps)
        self.preview.show_pictures(story.pictures)
        self._timer.start()
