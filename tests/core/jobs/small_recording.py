"""A short recording whose frames all differ, quick to write and to read."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, FPS = 64, 48, 25


def write_recording(path: Path, frames: int = 40) -> Path:
    """Write a small MPEG-4 film with a bright square that wanders over noise."""
    rng = np.random.default_rng(frames)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.bit_rate = 2_000_000
        stream.time_base = Fraction(1, FPS)
        for i in range(frames):
            image = rng.integers(0, 80, (HEIGHT, WIDTH, 3), np.uint8)
            image[10:20, i % 50 : i % 50 + 10] = 230
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        container.mux(stream.encode(None))
    return path
