"""Which packet each frame comes from, when it is shown, and where decoding can start for it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.video.packet_table import UNKNOWN, PacketTable

NO_FRAME: Final = -1
"""The number of a frame that is not in the index."""


@dataclass(frozen=True)
class Entry:
    """A packet at which decoding can start.

    Attributes:
        packet: its number in the file.
        frame: the number of the frame that it holds, the first that is sound from here.
        stamp: where to tell the container to seek.
        dts: decoding stamp, or UNKNOWN.
        position: byte offset, or UNKNOWN.
    """

    packet: int
    frame: int
    stamp: int
    dts: int
    position: int


@dataclass(frozen=True)
class Entries:
    """The places where decoding can start, in order; the first is the beginning of the file.

    Attributes:
        packets: (E,) int64 packet numbers.
        frames: (E,) int64, the frames that they hold, rising.
        table: where the rest is found.
    """

    packets: NDArray[np.int64]
    frames: NDArray[np.int64]
    table: PacketTable

    def __len__(self) -> int:
        return len(self.packets)

    def __getitem__(self, number: int) -> Entry:
        packet, frame = int(self.packets[number]), int(self.frames[number])
        if number == 0:
            return Entry(packet, frame, stamp=UNKNOWN, dts=UNKNOWN, position=UNKNOWN)
        pts, dts = int(self.table.pts[packet]), int(self.table.dts[packet])
        stamp = pts if dts == UNKNOWN else dts
        return Entry(packet, frame, stamp, dts, int(self.table.positions[packet]))

    def before(self, frame: int) -> int:
        """The number of the last entry from which `frame` can be decoded.

        A frame that is shown before an entry but stored after it (open group of pictures) belongs
        to the entry before.
        """
        return max(int(np.searchsorted(self.frames, frame, side="right")) - 1, 0)


@dataclass(frozen=True)
class TimeIndex:
    """The frames of a recording in the order they are shown.

    Attributes:
        packets: (T,) int64, the packet that frame N comes from.
        times: (T,) float64 seconds, rising, the first is 0.
        frame_of: (P,) int64, the frame that a packet holds, or NO_FRAME.
        entries: where decoding can start.
    """

    packets: NDArray[np.int64]
    times: NDArray[np.float64]
    frame_of: NDArray[np.int64]
    entries: Entries


def make_index(
    table: PacketTable, order: NDArray[np.int64], seconds: float, step_s: float
) -> TimeIndex:
    """Index the packets `order`, given in the order they are shown.

    Args:
        table: all packets of the file.
        order: (T,) packet numbers, T at least 1.
        seconds: one unit of the table's stamps.
        step_s: the nominal time from frame to frame, for a file without any stamps.
    """
    frame_of = np.full(len(table), NO_FRAME, dtype=np.int64)
    frame_of[order] = np.arange(len(order))
    stamps = table.stamps[order]
    if bool((stamps == UNKNOWN).any()):
        times = np.arange(len(order), dtype=np.float64) * step_s
    else:
        # Where the container guessed, only the set of the times is true and not their order.
        stamps = np.sort(stamps)
        times = _told_apart((stamps - stamps[0]).astype(np.float64) * seconds, step_s)
    return TimeIndex(order, times, frame_of, _entries(table, frame_of))


def _told_apart(times: NDArray[np.float64], step_s: float) -> NDArray[np.float64]:
    """Times that rise everywhere: frames given one time are spread until the next."""
    firsts = np.flatnonzero(np.diff(times, prepend=-1.0) > 0)
    if len(firsts) == len(times):
        return times
    step = float(np.median(np.diff(times[firsts]))) if len(firsts) > 1 else step_s
    end = times[-1] + step * (len(times) - firsts[-1])
    numbers = np.arange(len(times))
    return np.interp(numbers, np.append(firsts, len(times)), np.append(times[firsts], end))


def _entries(table: PacketTable, frame_of: NDArray[np.int64]) -> Entries:
    keys = np.flatnonzero(table.keys & (frame_of > 0))
    frames = frame_of[keys]
    rising = frames > np.maximum.accumulate(np.concatenate([[0], frames]))[:-1]
    return Entries(
        packets=np.concatenate([[0], keys[rising]]),
        frames=np.concatenate([[0], frames[rising]]),
        table=table,
    )
