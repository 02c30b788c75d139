"""Opening, seeking, stepping and reading in order of a two-hour recording, beside OpenCV.

    python benchmarks/video_seek.py

Both readers are timed in turns within one run. OpenCV's seek is timed as it is: on variable rate
it gives the wrong frame, which the last column counts.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from core.video.frame_cache import FrameCache
from core.video.source import VideoSource, open_video, preview

SIZE = (640, 480)
RATE = 30
GROUP = 60
PIECE = 2 * GROUP
TWO_HOURS = 2 * 3600 * RATE
SEEKS = 40


def picture(number: int) -> np.ndarray:
    """A still background, a moving disc, and the frame number as sixteen bars."""
    width, height = SIZE
    image = np.full((height, width, 3), 90, np.uint8)
    image[::7] = 110
    cv2.circle(image, (number * 5 % width, height // 2), 60, (40, 160, 220), -1)
    for bit in range(16):
        colour = 230 if number >> bit & 1 else 20
        image[:40, bit * width // 16 : (bit + 1) * width // 16] = colour
    return image


def number_in(image: np.ndarray) -> int:
    bars = np.array_split(image[8:32], 16, axis=1)
    return sum(int(bar[:, 8:-8].mean() > 127) << bit for bit, bar in enumerate(bars))


def write_long(path: Path, frames: int) -> None:
    """A long recording in no time: one encoded piece again and again."""
    tick = Fraction(1, RATE)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE, options={"g": str(GROUP), "bf": "2"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.time_base = tick
        packets = []
        for number in range(PIECE):
            frame = av.VideoFrame.from_ndarray(picture(number), "rgb24")
            frame.pts, frame.time_base = number, tick
            packets += stream.encode(frame)
        packets += stream.encode(None)
        for start in range(0, frames, PIECE):
            out.mux([_moved(packet, start, stream) for packet in packets])


def _moved(packet: av.Packet, start: int, stream: av.VideoStream) -> av.Packet:
    copy = av.Packet(bytes(packet))
    copy.pts, copy.dts = packet.pts + start, packet.dts + start
    copy.time_base, copy.stream, copy.is_keyframe = Fraction(1, RATE), stream, packet.is_keyframe
    return copy


def write_uneven(path: Path, frames: int) -> None:
    rng = np.random.default_rng(0)
    times = np.cumsum(rng.integers(15, 90, frames))
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE, options={"g": str(GROUP), "bf": "2"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, milliseconds in enumerate(times):
            frame = av.VideoFrame.from_ndarray(picture(number), "rgb24")
            frame.pts, frame.time_base = int(milliseconds), Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


class OpenCvReader:
    def __init__(self, path: Path) -> None:
        self._capture = cv2.VideoCapture(str(path))

    def read(self, index: int) -> np.ndarray:
        self._capture.set(cv2.CAP_PROP_POS_FRAMES, index)
        return self.next()

    def next(self) -> np.ndarray:
        is_there, image = self._capture.read()
        if not is_there:  # after wrong seeks it comes to its end too early
            return np.zeros((*SIZE[::-1], 3), np.uint8)
        return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def measure(name: str, path: Path, period: int) -> None:
    """Times of both readers, interleaved; `period` is after how many frames the numbers repeat."""
    source, other = open_video(path), OpenCvReader(path)
    print(f"{name}, {source.info.frame_count} frames")
    _measure_seeks(source, other, period)
    _measure_order(source, other)
    _measure_steps(source, other)  # closes the source


def _measure_seeks(source: VideoSource, other: OpenCvReader, period: int) -> None:
    seeks, seeks_cv, wrong, wrong_cv = [], [], 0, 0
    for index in np.random.default_rng(1).integers(0, source.info.frame_count, SEEKS).tolist():
        seeks.append(milliseconds(lambda i=index: source.read(i)))
        seeks_cv.append(milliseconds(lambda i=index: other.read(i)))
        wrong += number_in(source.read(index).image) != index % period
        wrong_cv += number_in(other.read(index)) != index % period
    print(f"  random seek  {np.median(seeks):8.1f} ms   wrong {wrong}/{SEEKS}", end="")
    print(f"    OpenCV {np.median(seeks_cv):8.1f} ms   wrong {wrong_cv}/{SEEKS}")


def _measure_steps(source: VideoSource, other: OpenCvReader) -> None:
    middle = source.info.frame_count // 2
    source.read(middle)
    other.read(middle)
    steps, steps_cv = [], []
    for step in range(1, 100):
        steps.append(milliseconds(lambda i=middle + step: source.read(i)))
        steps_cv.append(milliseconds(other.next))
    back = [milliseconds(lambda i=middle - step: source.read(i)) for step in range(1, 40)]
    print(f"  step forward {np.median(steps):8.1f} ms", end="")
    print(f"                 OpenCV {np.median(steps_cv):8.1f} ms")
    print(f"  step back    {np.median(back):8.1f} ms   (the reader alone)")
    with FrameCache(source) as cache:
        cache.read(middle)
        back = [milliseconds(lambda i=middle - step: cache.read(i)) for step in range(1, 100)]
    print(f"  step back    {np.median(back):8.2f} ms   (through the frame cache), ", end="")
    print(f"mean {np.mean(back):.1f} ms")


def _measure_order(source: VideoSource, other: OpenCvReader) -> None:
    pieces = 5
    length = min(300, source.info.frame_count // pieces)
    ours, theirs = 0.0, 0.0
    other.read(0)
    for piece in range(pieces):
        stretch = source.frames(piece * length, (piece + 1) * length)
        ours += milliseconds(lambda frames=stretch: _exhaust(frames))
        theirs += milliseconds(lambda: [other.next() for _ in range(length)])
    count = pieces * length
    print(f"  in order     {1000 * count / ours:8.0f} frames/s", end="")
    print(f"           OpenCV {1000 * count / theirs:8.0f} frames/s")


def _exhaust(frames: Iterator[object]) -> None:
    for _ in frames:
        pass


def measure_opening(path: Path) -> None:
    print(f"two hours, {path.suffix}, {path.stat().st_size / 1e6:.0f} MB")
    print(f"  preview           {milliseconds(lambda: preview(path)):8.0f} ms")
    print(f"  first opening     {milliseconds(lambda: open_video(path).close()):8.0f} ms")
    print(f"  opening again     {milliseconds(lambda: open_video(path).close()):8.0f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFT_STUDIO_HOME"] = str(Path(folder) / "home")
        for name in ("long.mp4", "long.mkv"):
            path = Path(folder) / name
            write_long(path, TWO_HOURS)
            measure_opening(path)
        measure("two hours, steady rate", Path(folder) / "long.mp4", PIECE)
        uneven = Path(folder) / "uneven.mp4"
        write_uneven(uneven, 900)
        measure("variable rate", uneven, 1 << 16)


if __name__ == "__main__":
    main()
