"""Write pictures into an MP4 file with their true times, whole or not at all."""

# pyright: reportUnknownMemberType=false
# (PyAV leaves its packets' type parameter and its stream options open.)

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import av.logging
import numpy as np
from av.codec.context import Flags
from av.container.output import OutputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from core.atomic_file import replacing

CODEC: Final = "mpeg4"
"""MPEG-4 Part 2: played by the usual programs, and its encoder is not under the GPL."""

_QUALITY: Final = 3  # quantiser: 1 is the best, 31 the worst
_LAMBDA_PER_QUANTISER: Final = 118  # FF_QP2LAMBDA
_TICK: Final = Fraction(1, 1000)  # of recordings without a steady rate; MPEG-4 allows 1/65535
_MOST_OFF_S: Final = 0.0005
_HD_LINES: Final = 720


class VideoWriter:
    """Takes one picture for each of `times`, in order, inside a `with` block.

    Leaving the block by an exception leaves what was at `path` before. Odd sizes are padded at
    the right and the bottom by one row or column of black, as the codec needs even ones.

    Args:
        path: the MP4 file to write.
        width: pixels across of the largest picture.
        height: pixels down of the largest picture.
        times: (T,) presentation seconds, rising.

    Raises:
        NoSpace: the disk is full or may not be written to.
    """

    def __init__(self, path: Path, width: int, height: int, times: NDArray[np.float64]) -> None:
        self._path = path
        self._size = (width + width % 2, height + height % 2)
        self._clock = _clock(times)
        self._ticks = np.rint(_in_ticks(times, self._clock)).astype(np.int64)
        self._written = 0
        self._reformatter = (
            VideoReformatter()
        )  # a new one for each picture costs more than encoding

    def __enter__(self) -> Self:
        self._replacing = replacing(self._path)
        temporary = self._replacing.__enter__()
        try:
            self._container, self._stream = self._open(temporary)
        except FFmpegError as error:
            self._replacing.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def write(self, image: NDArray[np.uint8]) -> None:
        """Add the next picture, (H, W, 3) uint8 RGB; smaller ones are padded with black."""
        picture = VideoFrame.from_ndarray(self._padded(image), format="rgb24")
        picture = self._reformatter.reformat(
            picture, format="yuv420p", dst_colorspace=self._colours, threads=1
        )
        picture.pts, picture.time_base = int(self._ticks[self._written]), self._clock
        self._written += 1
        self._mux(picture)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._mux(None)
            self._container.close()
        except FFmpegError as failure:
            if error is None:
                kind, error, trace = type(failure), failure, failure.__traceback__
        self._replacing.__exit__(kind, error, trace)

    def _open(self, temporary: Path) -> tuple[OutputContainer, VideoStream]:
        av.logging.set_level(None)
        container = av.open(f"file:{temporary}", "w", format="mp4")
        stream = container.add_stream(CODEC, rate=1 / self._clock)
        context = stream.codec_context
        context.width, context.height = self._size
        context.pix_fmt = "yuv420p"
        context.time_base = self._clock
        context.flags |= Flags.qscale
        context.global_quality = _QUALITY * _LAMBDA_PER_QUANTISER
        context.colorspace = context.color_primaries = context.color_trc = self._colours
        return container, stream

    @property
    def _colours(self) -> int:
        return Colorspace.ITU709 if self._size[1] >= _HD_LINES else Colorspace.ITU601

    def _mux(self, picture: VideoFrame | None) -> None:
        self._container.mux(self._stream.encode(picture))

    def _padded(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        width, height = self._size
        if image.shape == (height, width, 3):
            return image
        padded = np.zeros((height, width, 3), np.uint8)
        padded[: image.shape[0], : image.shape[1]] = image
        return padded


def _clock(times: NDArray[np.float64]) -> Fraction:
    """The longest tick in which the times are exact: one frame if the rate is steady."""
    if len(times) < 2:
        return Fraction(1)
    median = float(np.median(np.diff(times)))
    tick = 1 / Fraction(1 / median).limit_denominator(1001) if median > _TICK else _TICK
    ticks = _in_ticks(times, tick)
    off_s = float(np.abs(ticks - np.rint(ticks)).max()) * float(tick)
    return tick if off_s < _MOST_OFF_S else _TICK


def _in_ticks(times: NDArray[np.float64], tick: Fraction) -> NDArray[np.float64]:
    return np.asarray((times - times[0]) / float(tick), dtype=np.float64)
