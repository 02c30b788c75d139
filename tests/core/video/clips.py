"""Write small painted clips in the containers, codecs and odd shapes that recordings come in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

from tests.core.video.painted import HEIGHT, WIDTH, paint

STEADY = tuple(range(0, 48 * 40, 40))
UNSTEADY = tuple(int(t) for t in np.cumsum([0, *([20, 40, 33, 90, 17, 60, 250, 41] * 6)[:47]]))


@dataclass(frozen=True)
class Clip:
    """How to write one recording.

    `times_ms` are the true times of the frames; `turned` is how the camera was held: the stored
    picture lies on its side and a flag says so.
    """

    file: str
    codec: str = "libx264"
    times_ms: Sequence[int] = STEADY
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    size: tuple[int, int] = (WIDTH, HEIGHT)
    turned: int = 0
    mirrored: bool = False
    pixel_shape: Fraction | None = None
    clock: Fraction = Fraction(1, 1000)
    with_sound: bool = False


def write_clip(folder: Path, clip: Clip) -> Path:
    """Encode a clip; the frames are numbered 0, 1, 2, ..."""
    return write_packets(folder / clip.file, clip, encode(clip))


def encode(clip: Clip) -> list[Packet]:
    """The encoded packets of a clip, stamped by its clock."""
    context = av.CodecContext.create(clip.codec, "w")
    _set_up(context, clip)
    packets: list[Packet] = []
    for number, time in enumerate(clip.times_ms):
        picture = av.VideoFrame.from_ndarray(_stored(number, clip), "rgb24")
        picture.pts, picture.time_base = round(time / 1000 / clip.clock), clip.clock
        packets += context.encode(picture)
    return packets + context.encode(None)


def write_packets(path: Path, clip: Clip, packets: Iterable[Packet]) -> Path:
    """Put encoded packets into a file."""
    with av.open(str(path), "w", format=clip.format, options=clip.container_options) as out:
        stream = out.add_stream(clip.codec, rate=25)
        _set_up(stream.codec_context, clip)
        _flag(stream, clip)
        sound = out.add_stream("aac", rate=16000, layout="mono") if clip.with_sound else None
        for packet in packets:
            packet.stream = stream
            out.mux(packet)
            if sound is not None and packet.is_keyframe:
                out.mux(sound.encode(_silence()))
        if sound is not None:
            out.mux(sound.encode(None))
    return path


def _set_up(context: av.VideoCodecContext, clip: Clip) -> None:
    context.width, context.height = _stored_size(clip)
    context.pix_fmt = clip.pixels
    context.time_base = clip.clock
    context.framerate = Fraction(25)
    context.options = _quiet(clip)
    if clip.pixel_shape is not None:
        context.sample_aspect_ratio = clip.pixel_shape


def _quiet(clip: Clip) -> dict[str, str]:
    if clip.codec != "libx265":
        return dict(clip.options)
    given = clip.options.get("x265-params", "keyint=12:bframes=2")
    return {"x265-params": f"{given}:log-level=none:pools=none:frame-threads=1"}


def _flag(stream: VideoStream, clip: Clip) -> None:
    if clip.turned or clip.mirrored:
        stream.set_display_rotation(clip.turned, hflip=clip.mirrored)


def _stored_size(clip: Clip) -> tuple[int, int]:
    return clip.size[::-1] if clip.turned % 180 else clip.size


def _stored(number: int, clip: Clip) -> np.ndarray:
    """The picture as the sensor saw it: a flag of +90 turns it counter-clockwise for display."""
    image = paint(number, *clip.size)
    image = np.rot90(image, -(clip.turned // 90))
    return np.ascontiguousarray(image[:, ::-1] if clip.mirrored else image)


def _silence() -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
    frame.sample_rate = 16000
    return frame
