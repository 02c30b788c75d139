"""The one way into recordings: a video file, an image, or a folder of images, as exact frames."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, Self

from core.video.frame import Frame, VideoInfo
from core.video.image_folder import ImageFolder, first_image
from core.video.packet_table import OnProgress
from core.video.pyav_source import PyavSource, first_picture
from core.video.recording_kinds import RecordingKind, kind_of


class VideoSource(Protocol):
    """A recording, opened; safe to use from several threads."""

    info: VideoInfo

    def read(self, index: int) -> Frame:
        """Frame `index`, the same picture whatever was read before."""
        ...

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        """The frames from `start` up to but not including `stop` in order, as fast as they come."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


def open_video(path: Path, on_progress: OnProgress | None = None) -> VideoSource:
    """Open a video file, an image file (one frame) or a folder of images (in natural order).

    Opening a long video or a large folder takes a while, since all of it is indexed: `on_progress`
    hears of it, in the calling thread, and calls it off by raising.

    Raises:
        BadVideo: with a sentence that says why `path` cannot be read.
    """
    match kind_of(path):
        case RecordingKind.VIDEO:
            return PyavSource(path, on_progress)
        case RecordingKind.IMAGE | RecordingKind.IMAGE_FOLDER:
            return ImageFolder(path, on_progress)


def preview(path: Path) -> Frame:
    """The first frame that can be read, without indexing the recording: quick however long it is.

    Raises:
        BadVideo: as `open_video`.
    """
    match kind_of(path):
        case RecordingKind.VIDEO:
            return first_picture(path)
        case RecordingKind.IMAGE | RecordingKind.IMAGE_FOLDER:
            return first_image(path)
