"""The video of the recording on screen: its first picture at once, every frame when indexed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from app.session.frame_feed import FrameFeed
from core.errors import ShiftError, Stopped
from core.progress import Progress
from core.video.frame import Frame, VideoInfo
from core.video.frame_cache import FrameCache
from core.video.source import VideoSource, open_video, preview


class Opening:
    """One wish to open a recording; a newer wish calls it off."""

    def __init__(self) -> None:
        """Begin in force."""
        self.called_off = False

    def check(self, _progress: Progress) -> None:
        """Raise Stopped once called off; the reader of the index asks this all the time."""
        if self.called_off:
            raise Stopped("another recording was chosen")


class StageVideo(QObject):
    """Opens recordings without holding the window up; a later `show` replaces an earlier one.

    `frame_ready(Frame)`, `opened()` when `info` is known, `failed(sentence)` for a recording or a
    frame that cannot be read.
    """

    frame_ready = Signal(object)
    opened = Signal()
    failed = Signal(str)

    def __init__(
        self, background: Background, *, cache_bytes: int, parent: QObject | None = None
    ) -> None:
        """Show nothing yet; the frames in memory stay under `cache_bytes`."""
        super().__init__(parent)
        self._background = background
        self._cache_bytes = cache_bytes
        self._opening = Opening()
        self._feed = FrameFeed(background, self)
        self._feed.ready.connect(self.frame_ready)
        self._feed.failed.connect(self.failed)
        self.info: VideoInfo | None = None
        self.problem: str | None = None
        self.is_opening = False

    def show(self, path: Path | None) -> None:
        """Let go of what is open and open this recording (None: nothing)."""
        opening = self._start_over()
        if path is None:
            return
        self.is_opening = True
        self._background.run(
            lambda: _first_frame(path, opening),
            lambda frame: self._on_preview(frame, path, opening),
            lambda error: self._on_failed(error, opening),
        )

    def show_source(self, source: VideoSource) -> None:
        """Let go of what is open and take over a recording that is indexed already."""
        self._start_over()
        self._take(source)

    def request(self, frame: int) -> None:
        """Wish for a frame; nothing comes while the recording is not open."""
        self._feed.request(frame)

    def close(self) -> None:
        """Stop decoding."""
        self._opening.called_off = True
        self._feed.close()

    def _start_over(self) -> Opening:
        self._opening.called_off = True
        self._opening = Opening()
        self._feed.open(None)
        self.info, self.problem, self.is_opening = None, None, False
        return self._opening

    def _take(self, source: VideoSource) -> None:
        self.info = source.info
        self.is_opening = False
        self._feed.open(FrameCache(source, self._cache_bytes))
        self.opened.emit()

    def _on_preview(self, frame: Frame | None, path: Path, opening: Opening) -> None:
        if opening.called_off or frame is None:
            return
        self.frame_ready.emit(frame)
        self._background.run(
            lambda: open_video(path, opening.check),
            lambda source: self._on_indexed(source, opening),
            lambda error: self._on_failed(error, opening),
        )

    def _on_indexed(self, source: VideoSource, opening: Opening) -> None:
        if opening.called_off:
            source.close()
        else:
            self._take(source)

    def _on_failed(self, error: ShiftError, opening: Opening) -> None:
        if not opening.called_off:
            self.is_opening = False
            self.problem = str(error)
            self.failed.emit(self.problem)


def _first_frame(path: Path, opening: Opening) -> Frame | None:
    """The first frame, unless the user has gone on meanwhile."""
    return None if opening.called_off else preview(path)
