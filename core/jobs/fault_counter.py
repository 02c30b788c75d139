"""Counts the damaged pictures of a recording while somebody else reads it."""

from collections.abc import Iterator

from core.video.frame import Frame, VideoInfo
from core.video.source import VideoSource


class FaultCounter:
    """A `VideoSource` that hands everything through; the one who opened it still closes it."""

    def __init__(self, source: VideoSource) -> None:
        """Start with no fault seen."""
        self.info: VideoInfo = source.info
        self._source = source
        self._faulty: set[int] = set()

    @property
    def faults(self) -> int:
        """How many damaged frames were handed out."""
        return len(self._faulty)

    def read(self, index: int) -> Frame:
        """One frame."""
        return self._seen(self._source.read(index))

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        """Frames in order."""
        return map(self._seen, self._source.frames(start, stop))

    def close(self) -> None:
        """Nothing of its own is open."""

    def __enter__(self) -> "FaultCounter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _seen(self, frame: Frame) -> Frame:
        if not frame.intact:
            self._faulty.add(frame.index)
        return frame
