"""The study that is open, its recordings, and the frame on screen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from app.session.recording_intake import Indexed, RecordingIntake
from app.session.stage_video import StageVideo
from core.geometry import Box
from core.study.recordings import Recording
from core.study.study import Study
from core.video.frame import Frame, VideoInfo


@dataclass(frozen=True)
class Place:
    """A frame of a recording."""

    recording: int
    frame: int


class Viewing(QObject):
    """The half of a session that looks and changes no pose.

    `frame` is the frame that is wanted, `shown` the one whose picture is on screen.
    """

    study_changed = Signal()
    recordings_changed = Signal()
    recordings_added = Signal(list, list)  # Recordings; sentences about refused files
    recording_changed = Signal()
    video_opened = Signal()  # `info` is known now
    video_failed = Signal(str)
    frame_changed = Signal(int)
    image_ready = Signal(object)  # core.video.frame.Frame

    def __init__(self, *, cache_bytes: int, parent: QObject | None = None) -> None:
        """Start without a study; decoded frames in memory stay under `cache_bytes`."""
        super().__init__(parent)
        self.study: Study | None = None
        self.recording: Recording | None = None
        self.frame = 0
        self.shown = 0
        self.background = Background(self)
        # Read from the study once for each change: menus and panels ask with every step.
        self._recordings: list[Recording] | None = None
        self.recordings_changed.connect(self._forget_recordings)
        self._added: list[Recording] = []
        self._refused: list[str] = []
        self._show_next = False
        self._preview: Frame | None = None
        self._before: Place | None = None  # where one was before a file was looked into
        self._video = StageVideo(self.background, cache_bytes=cache_bytes, parent=self)
        self._video.frame_ready.connect(self._on_frame)
        self._video.opened.connect(self._on_video_opened)
        self._video.failed.connect(self._on_video_failed)
        self._intake = RecordingIntake(self.background, self)
        self._intake.previewed.connect(self._on_previewed)
        self._intake.taken_in.connect(self._on_taken_in)
        self._intake.refused.connect(self._on_refused)
        self._intake.emptied.connect(self._on_intake_emptied)

    # The study ------------------------------------------------------------------------------

    def create_study(self, path: Path, *, replace: bool = False) -> None:
        """Make an empty study file and work in it; raises BadStudy or NoSpace, changing nothing.

        `replace` makes it in the place of a study that lies there, unless a window has that open.
        """
        self._use(Study.create(path, replace=replace))

    def open_study(self, path: Path, *, take_over: bool = False) -> None:
        """Work in another study; raises BadStudy, and then the open one stays.

        `take_over` ends the claim of another window, which cannot save there any more. The open
        study is opened again only where it can save no more.
        """
        now = self.study
        if now is not None and now.path == path.resolve():
            if not now.is_lost:
                return
            take_over = take_over or now.is_held  # it is this window that holds it
        self._use(Study.open(path, take_over=take_over))

    def close(self) -> None:
        """Let go of everything; waits for threads."""
        self._leave_study()
        self._video.close()
        self.background.close()

    def _use(self, study: Study) -> None:
        self._leave_study()
        self.study, self._recordings = study, None
        self.study_changed.emit()
        self.recordings_changed.emit()

    def _leave_study(self) -> None:
        self._intake.cancel()
        self.select_recording(None)
        study, self.study, self._recordings = self.study, None, None
        if study is not None:
            self.study_changed.emit()
            study.close()

    # Recordings -----------------------------------------------------------------------------

    def recordings(self) -> list[Recording]:
        """The recordings of the study in the order in which they came."""
        if self._recordings is None:
            self._recordings = self.study.recordings() if self.study else []
        return list(self._recordings)

    def _forget_recordings(self) -> None:
        self._recordings = None

    def add_recordings(self, paths: Iterable[Path]) -> None:
        """Read files in the background and take them into the study; the first is shown at once.

        `recordings_added(recordings, sentences)` comes when all of them are read.
        """
        if self.study is None:
            return
        if not self._intake.is_busy:
            self._added, self._refused, self._show_next = [], [], True
        self._intake.add(self.study, paths)

    def remove_recording(self, recording_id: int) -> None:
        """Take a recording off the list; its poses and corrections stay in the study file."""
        if self.study is None:
            return
        if self.recording is not None and self.recording.id == recording_id:
            self.select_recording(None)
        self.study.remove_recording(recording_id)
        self.recordings_changed.emit()

    def relink(self, recording_id: int, path: Path) -> None:
        """Say where a moved recording lies now; raises BadInput if it is another one."""
        if self.study is None:
            return
        self.study.relink(recording_id, path)
        self.recordings_changed.emit()
        if self.recording is not None and self.recording.id == recording_id:
            self.select_recording(recording_id)

    def set_roi(self, roi: Box | None) -> None:
        """Keep a box about the infant of the recording on screen, or none."""
        if self.study is None or self.recording is None:
            return
        self.study.set_roi(self.recording.id, roi)
        self.recording = replace(self.recording, roi=roi)
        self.recordings_changed.emit()

    def select_recording(self, recording_id: int | None) -> None:
        """Put a recording on the stage (None: none); raises KeyError for an unknown id."""
        self._put_on_stage(self._find(recording_id))
        self._video.show(self.recording.path if self.recording else None)

    def _find(self, recording_id: int | None) -> Recording | None:
        if recording_id is None:
            return None
        return {recording.id: recording for recording in self.recordings()}[recording_id]

    def _put_on_stage(self, recording: Recording | None) -> None:
        self._show_next = False
        self.recording = recording
        self.frame = self.shown = 0
        self._video.show(None)
        self.recording_changed.emit()
        self.frame_changed.emit(0)

    def _on_previewed(self, frame: Frame) -> None:
        if self._show_next:
            before = self._before if self._preview else self._place()
            self._put_on_stage(None)
            self._show_next, self._preview, self._before = True, frame, before
            self.image_ready.emit(frame)

    def _on_taken_in(self, indexed: Indexed) -> None:
        self._added.append(indexed.recording)
        self.recordings_changed.emit()
        if self._show_next:
            self._put_on_stage(indexed.recording)
            if self._preview is not None:  # without it the stage would go blank for a moment
                self.image_ready.emit(self._preview)
            self._video.show_source(indexed.source)
        else:
            self.background.run(indexed.source.close, lambda _: None)

    def _on_refused(self, sentence: str) -> None:
        self._refused.append(sentence)

    def _on_intake_emptied(self) -> None:
        was_refused = self._show_next and self._preview is not None
        self._show_next, self._preview = False, None
        if was_refused:  # what was looked into is on the stage, and is no recording
            self._go_back(self._before)
        self.recordings_added.emit(self._added, self._refused)

    def _place(self) -> Place | None:
        return Place(self.recording.id, self.frame) if self.recording else None

    def _go_back(self, place: Place | None) -> None:
        there = {recording.id for recording in self.recordings()}
        self.select_recording(place.recording if place and place.recording in there else None)
        if self.recording is not None and place is not None:
            self.go_to(place.frame)

    # The frame on screen --------------------------------------------------------------------

    @property
    def info(self) -> VideoInfo | None:
        """What the recording on screen is; None until it is indexed, or if it is missing."""
        return self._video.info

    @property
    def video_problem(self) -> str | None:
        """Why the recording on screen has no pictures, in a sentence."""
        return self._video.problem

    @property
    def is_opening(self) -> bool:
        """Whether a recording is being read."""
        return self._video.is_opening or self._show_next

    @property
    def frame_count(self) -> int:
        """How many frames the recording on screen has; 0 without one."""
        if self.info is not None:
            return self.info.frame_count
        return self.recording.frame_count if self.recording else 0

    def go_to(self, frame: int) -> None:
        """Show a frame, or the first or last one if there is none of that number."""
        frame = max(0, min(frame, self.frame_count - 1))
        if frame == self.frame:
            return
        self.frame = frame
        if self.video_problem is not None:
            self.shown = frame
        self.frame_changed.emit(frame)
        self._video.request(frame)

    def step(self, frames: int) -> None:
        """Go forward, or back by a negative number."""
        self.go_to(self.frame + frames)

    def _on_video_opened(self) -> None:
        last = max(self.frame_count - 1, 0)
        if self.frame > last:  # the file has become shorter
            self.frame = last
            self.frame_changed.emit(last)
        self.video_opened.emit()
        self._video.request(self.frame)

    def _on_video_failed(self, sentence: str) -> None:
        if self.video_problem is not None:
            self.shown = self.frame
        self.video_failed.emit(sentence)

    def _on_frame(self, frame: Frame) -> None:
        self.shown = frame.index
        self.image_ready.emit(frame)
