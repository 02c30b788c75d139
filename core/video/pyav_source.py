"""A video file as exact frames with true times."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
from av.video.frame import VideoFrame

from core.errors import BadVideo
from core.video.container import open_container, translated
from core.video.frame import Frame, VideoInfo


class PyavSource:
    """A `VideoSource` over a video file."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._path = path
        container, stream = open_container(path)
        with container, translated(path):
            packets = [p.pts for p in container.demux(stream) if p.pts is not None]
        self._stamps = sorted(packets)
        base = stream.time_base
        assert base is not None
        times = (np.array(self._stamps) - self._stamps[0]) * float(base)
        first = first_picture(path)
        steps = np.diff(times)
        self.info = VideoInfo(
            path=path,
            width=first.image.shape[1],
            height=first.image.shape[0],
            times=times,
            variable_rate=bool(len(steps)) and float(np.ptp(steps)) > 2e-3,
            codec=stream.codec_context.name,
        )

    def read(self, index: int) -> Frame:
        """The frame with this number."""
        with self._lock:
            return next(self.frames(index, index + 1))

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        """The frames from `start` up to but not including `stop`, in order."""
        stop = self.info.frame_count if stop is None else min(stop, self.info.frame_count)
        if start >= stop:
            return
        container, stream = open_container(self._path)
        with container:
            index = start
            for picture in container.decode(stream):
                if picture.pts is not None and picture.pts >= self._stamps[index]:
                    yield Frame(index, float(self.info.times[index]), _rgb(picture))
                    index += 1
                    if index == stop:
                        return

    def close(self) -> None:
        """Close the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def first_picture(path: Path) -> Frame:
    """The first frame, without an index."""
    container, stream = open_container(path)
    with container, translated(path):
        for picture in container.decode(stream):
            return Frame(0, 0.0, _rgb(picture))
    raise BadVideo(f"{path}: holds no frame that can be decoded; copy it from the camera again.")


def _rgb(picture: VideoFrame) -> np.ndarray:
    image = picture.to_ndarray(format="rgb24")
    return np.ascontiguousarray(np.rot90(image, round(picture.rotation / 90) % 4))
