"""Open video containers with FFmpeg, quietly, and turn what it refuses into sentences."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import av
import av.logging
from av.container.input import InputContainer
from av.error import FFmpegError
from av.stream import Discard, Disposition
from av.video.stream import VideoStream

from core.errors import BadVideo
from core.video.file_check import MAX_PIXELS, check_file, refuse_photograph, too_large

# Containers that hold video in themselves. FFmpeg also knows play lists and scripts, which name
# other files and addresses: a text file must not make us read those.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,"
    "asf,flv,ogg,mxf,dv,ivf,mjpeg,gif,nut"
)

_MP4_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_LINE_CONTROLS = frozenset(b"\t\n\r\f")
_SPACE = 0x20


def open_container(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open `path` and choose its video stream, with all of the processor's threads.

    Raises:
        BadVideo: not there, not readable, not a video, sound only, or of a monstrous size.
    """
    av.logging.set_level(None)
    check_file(path)
    refuse_photograph(path)
    with translated(path):
        container = av.open(
            f"file:{path}",
            "r",
            container_options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"},
            metadata_errors="replace",
        )
    try:
        stream = _video_stream(container, path)
    except BadVideo:
        container.close()
        raise
    stream.thread_type = "AUTO"
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}  # also of later pictures
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    return container, stream


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Raise BadVideo in place of FFmpeg's errors."""
    try:
        yield
    except FFmpegError as error:
        check_file(path)  # its drive may have been unplugged
        raise BadVideo(f"{path}: {_why_unreadable(path)}") from error


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not streams:
        raise BadVideo(f"{path}: {_what_instead(container)}")
    known = [s for s in streams if getattr(s.codec_context, "is_decoder", False)]
    if not known:
        raise BadVideo(f"{path}: its kind of video cannot be decoded; convert it to H.264.")
    stream = max(known, key=lambda s: (bool(s.disposition & Disposition.default), s.width))
    if stream.width * stream.height > MAX_PIXELS:
        raise BadVideo(too_large(path, stream.width, stream.height))
    return stream


def _what_instead(container: InputContainer) -> str:
    if container.streams.audio:
        return "holds only sound and no video; choose a recording with a picture."
    return "holds no video, or breaks off before its first frame; copy it from the camera again."


def _why_unreadable(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if head[4:8] in _MP4_BOXES:
        return (
            "was not finished by the camera or breaks off (its table of contents is missing); "
            "copy it from the camera again."
        )
    if all(byte >= _SPACE or byte in _LINE_CONTROLS for byte in head):
        return "is a text file and not a video; choose a recording."
    return (
        "is not a video that can be read, or it is damaged; "
        "check that it plays, or copy it from the camera again."
    )
