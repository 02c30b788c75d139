"""A video file as exact frames with true times."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import BadVideo
from core.video.container import translated
from core.video.display import Display, RgbConverter, display_of
from core.video.file_check import no_frame
from core.video.frame import Frame, VideoInfo
from core.video.frame_walk import FrameWalk, Shown
from core.video.index_store import index_of
from core.video.packet_decoder import PacketDecoder
from core.video.packet_table import OnProgress

_STEADY_S: Final = 0.002


class PyavSource:
    """A `VideoSource` over a video file.

    `read` keeps one decoder, shared under a lock; every `frames` has a decoder of its own, so that
    neither disturbs the other.

    Raises:
        BadVideo: not a video, or without a frame that can be decoded.
    """

    def __init__(self, path: Path, on_progress: OnProgress | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        decoder = PacketDecoder(path)
        try:
            self._index = index_of(decoder, on_progress)
            self._walk = FrameWalk(decoder, self._index)
            self._display = _display(decoder, self._walk.go_to(0))
        except BaseException:
            decoder.close()
            raise
        self._to_rgb = RgbConverter(self._display)
        width, height = self._display.size
        self.info = VideoInfo(
            path=path,
            width=width,
            height=height,
            times=self._index.times,
            variable_rate=_is_variable(self._index.times, float(decoder.stream.time_base or 0)),
            codec=decoder.stream.codec.canonical_name,
            warnings=self._index.warnings,
        )

    def read(self, index: int) -> Frame:
        """Frame `index`; the steps after it are quick. Raises IndexError if it is not there."""
        self._check(index)
        with self._lock, translated(self._path):
            shown = self._walk.go_to(index)
            return self._frame(shown, self._to_rgb(shown.picture))

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        """The frames from `start` up to but not including `stop`, in order."""
        numbers = range(self.info.frame_count)[start:stop]
        if not numbers:
            return
        to_rgb = RgbConverter(self._display)
        with closing(FrameWalk(PacketDecoder(self._path), self._index)) as walk:
            for number in numbers:
                with translated(self._path):
                    shown = walk.go_to(number)
                yield self._frame(shown, to_rgb(shown.picture))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._walk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check(self, index: int) -> None:
        if not 0 <= index < self.info.frame_count:
            raise IndexError(f"frame {index} of {self.info.frame_count}")

    def _frame(self, shown: Shown, image: NDArray[np.uint8]) -> Frame:
        return Frame(shown.frame, float(self._index.times[shown.frame]), image, shown.intact)


def first_picture(path: Path) -> Frame:
    """The first frame that decodes, without an index; raises BadVideo."""
    decoder = PacketDecoder(path)
    with closing(decoder):
        for decoded in decoder.decode():
            display = _display(decoder, Shown(0, decoded.picture))
            return Frame(0, 0.0, RgbConverter(display)(decoded.picture))
    raise BadVideo(no_frame(path))


def _display(decoder: PacketDecoder, first: Shown) -> Display:
    return display_of(first.picture, decoder.stream.sample_aspect_ratio)


def _is_variable(times: NDArray[np.float64], rounding_s: float) -> bool:
    steps = np.diff(times)
    if not len(steps):
        return False
    return bool(np.abs(steps - np.median(steps)).max() > _STEADY_S + rounding_s)
