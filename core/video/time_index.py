"""Which packet each frame comes from, when it is shown, and where decoding can start for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.video.packet_table import UNKNOWN, PacketTable

NO_FRAME: Final = -1
"""The number of a frame that is not in the index."""


class Entry(NamedTuple):
    """A packet at which decoding can start.

    Attributes:
        packet: its number in the file.
        frame: the number of the frame that it holds, the first that is sound from here.
        stamp: where to tell the container to seek; if UNKNOWN, to the beginning of the file.
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
    """The places where decoding can start, in order; from the first all frames can be decoded.

    `rows` is (E, 5) int64, the fields of an `Entry`: one made of each would not be light, as in an
    all-intra recording every frame is an entry.
    """

    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> Entry:
        return Entry(*(int(value) for value in self.rows[number]))

    def before(self, frame: int) -> int:
        """The number of the last entry from which `frame` can be decoded.

        A frame that is shown before an entry but stored after it (open group of pictures) belongs
        to the entry before.
        """
        frames = self.rows[:, Entry._fields.index("frame")]
        return max(int(np.searchsorted(frames, frame, side="right")) - 1, 0)


@dataclass(frozen=True)
class TimeIndex:
    """The frames of a recording in the order they are shown.

    Attributes:
        packets: (T,) int64, the packet that frame N comes from.
        times: (T,) float64 seconds, rising, the first is 0.
        packet_count: how many packets there are, P.
        entries: where decoding can start.
        warnings: sentences about what is wrong with the file although it can be read.
    """

    packets: NDArray[np.int64]
    times: NDArray[np.float64]
    packet_count: int
    entries: Entries
    warnings: tuple[str, ...] = ()

    @cached_property
    def frame_of(self) -> NDArray[np.int64]:
        """(P,) the frame that each packet holds, or NO_FRAME."""
        frames = np.full(self.packet_count, NO_FRAME, dtype=np.int64)
        frames[self.packets] = np.arange(len(self.packets))
        return frames


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
    stamps = table.stamps[order]
    if bool((stamps == UNKNOWN).any()):
        times = np.arange(len(order), dtype=np.float64) * step_s
    else:
        # Where the container guessed, only the set of the times is true and not their order.
        stamps = np.sort(stamps)
        times = _told_apart((stamps - stamps[0]).astype(np.float64) * seconds, step_s)
    return TimeIndex(order, times, len(table), _entries(table, order))


def _told_apart(times: NDArray[np.float64], step_s: float) -> NDArray[np.float64]:
    """Times that rise everywhere: frames given one time are spread until the next."""
    firsts = np.flatnonzero(np.diff(times, prepend=-1.0) > 0)
    if len(firsts) == len(times):
        return times
    step = float(np.median(np.diff(times[firsts]))) if len(firsts) > 1 else step_s
    end = times[-1] + step * (len(times) - firsts[-1])
    numbers = np.arange(len(times))
    return np.interp(numbers, np.append(firsts, len(times)), np.append(times[firsts], end))


def _entries(table: PacketTable, order: NDArray[np.int64]) -> Entries:
    """The keys whose frames rise; before them the beginning of the file, if that is none."""
    frames = np.flatnonzero(table.keys[order])
    packets = order[frames]
    rising = packets > np.maximum.accumulate(np.concatenate([[-1], packets]))[:-1]
    packets, frames = packets[rising], frames[rising]
    dts = table.dts[packets]
    stamps = np.where(dts == UNKNOWN, table.pts[packets], dts)
    rows = np.stack([packets, frames, stamps, dts, table.positions[packets]], axis=1)
    if len(frames) and frames[0] == 0:
        return Entries(rows)
    beginning = np.array([[0, 0, UNKNOWN, UNKNOWN, UNKNOWN]], dtype=np.int64)
    return Entries(np.concatenate([beginning, rows]))
