"""Read the packets of a video stream once, without decoding, into a table."""

from array import array
from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np
from av.container.input import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from core.progress import Progress

OnProgress = Callable[[Progress], None]
"""Hears how far the indexing is; what it raises ends the work, which is how to cancel."""

UNKNOWN: Final = -(2**63)
"""A time stamp or position that the container does not give."""

_REPORT_EVERY: Final = 4096

_LONGEST_STUMBLE: Final = 16
"""A decoding stamp that falls by more steps than this is a clock that starts again."""


class PacketTable:
    """What the container says of each packet, in the order of the file.

    Attributes:
        pts: (P,) int64 presentation stamps in units of the stream's time base, or UNKNOWN.
        dts: (P,) int64 decoding stamps, or UNKNOWN.
        positions: (P,) int64 byte offsets in the file, or UNKNOWN.
        keys: (P,) bool, where decoding may start.
        damaged: (P,) bool, cut short or marked corrupt.
        hidden: (P,) bool, not to be shown: edited away by the container, or empty.
        broke_off: whether reading ended with an error and not with the end of the file.
    """

    def __init__(self, packets: "_Columns", broke_off: bool) -> None:
        self.pts: NDArray[np.int64] = np.array(packets.pts, dtype=np.int64)
        self.dts: NDArray[np.int64] = np.array(packets.dts, dtype=np.int64)
        self.positions: NDArray[np.int64] = np.array(packets.positions, dtype=np.int64)
        self.keys: NDArray[np.bool_] = np.array(packets.keys, dtype=np.bool_)
        self.damaged: NDArray[np.bool_] = np.array(packets.damaged, dtype=np.bool_)
        self.hidden: NDArray[np.bool_] = np.array(packets.hidden, dtype=np.bool_)
        self.broke_off = broke_off

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def stamps(self) -> NDArray[np.int64]:
        """(P,) stamps by which frames are shown, or UNKNOWN.

        The presentation stamps; where they are missing, the decoding stamps. Where the clock falls
        back in the middle (transport streams joined end to end), it goes on from there.
        """
        shown = np.where(self.pts == UNKNOWN, self.dts, self.pts)
        known = np.flatnonzero(self.dts != UNKNOWN)
        if not len(known):
            return shown
        steps = np.diff(self.dts[known], prepend=self.dts[known[:1]])
        leaps = np.where(steps < -_LONGEST_STUMBLE * np.median(np.abs(steps)), -steps, 0)
        leaps[leaps > 0] += int(np.median(steps))
        ahead = np.zeros(len(self), dtype=np.int64)
        ahead[known] = leaps
        return np.where(shown == UNKNOWN, UNKNOWN, shown + np.cumsum(ahead))


def scan(
    container: InputContainer, stream: VideoStream, on_progress: OnProgress | None = None
) -> PacketTable:
    """Read every packet of `stream` from the beginning of the file."""
    columns = _Columns()
    broke_off = False
    try:
        for packet in container.demux(stream):
            if is_end(packet):
                continue
            if on_progress is not None and len(columns.keys) % _REPORT_EVERY == 0:
                on_progress(Progress(max(packet.pos or 0, 0), container.size, "reading"))
            columns.append(packet)
    except FFmpegError:
        broke_off = True
    return PacketTable(columns, broke_off)


def is_end(packet: "Packet[VideoStream]") -> bool:
    """Whether this is the empty packet by which PyAV says that the file has ended."""
    return packet.size == 0 and packet.dts is None


class _Columns:
    """The growing columns of a table, compact: a long recording has a million packets."""

    def __init__(self) -> None:
        self.pts = array("q")
        self.dts = array("q")
        self.positions = array("q")
        self.keys = bytearray()
        self.damaged = bytearray()
        self.hidden = bytearray()

    def append(self, packet: "Packet[VideoStream]") -> None:
        self.pts.append(_known(packet.pts))
        self.dts.append(_known(packet.dts))
        self.positions.append(_known(packet.pos))
        self.keys.append(packet.is_keyframe)
        self.damaged.append(packet.is_corrupt)
        self.hidden.append(packet.is_discard or packet.size == 0)


def _known(value: int | None) -> int:
    return UNKNOWN if value is None else value
