"""Index a video file: its packets are listed without decoding, then its ends decoded for proof.

What a container lists and what a decoder gives differ: at the beginning (streams that start in the
middle of a group of pictures), at the end (files that break off), at damaged packets, where two
fields are stored as two packets, and where the container stores no presentation times. So the first
pictures, the last two groups and the surroundings of damaged packets are decoded. If that shows
anything that these rules do not explain, the whole recording is decoded once instead.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.errors import BadVideo
from core.progress import Progress
from core.video.break_off import breaks_off
from core.video.file_check import no_frame
from core.video.packet_decoder import Decoded, PacketDecoder
from core.video.packet_table import UNKNOWN, OnProgress, PacketTable
from core.video.time_index import NO_FRAME, TimeIndex, make_index

_HEAD_PICTURES: Final = 24
_MOST_DAMAGED_GROUPS: Final = 16
_REPORT_EVERY: Final = 64


def build_index(decoder: PacketDecoder, on_progress: OnProgress | None = None) -> TimeIndex:
    """Index the recording that `decoder` has open.

    Raises:
        BadVideo: it has no frame that can be decoded.
    """
    return _Builder(decoder, on_progress).build()


class _Builder:
    def __init__(self, decoder: PacketDecoder, on_progress: OnProgress | None) -> None:
        self._decoder = decoder
        self._on_progress = on_progress
        self._table = decoder.scan(on_progress)
        self._seconds = float(decoder.stream.time_base or 0)
        self._left_out = self._table.hidden | _cut_short(self._table)
        self._lead = 0

    def build(self) -> TimeIndex:
        order = self._order_by_stamps()
        index = self._proven(order) if order is not None else None
        if index is None:
            index = self._index(self._order_by_decoding())
        return replace(index, warnings=tuple(self._warnings(index)))

    def _warnings(self, index: TimeIndex) -> Iterator[str]:
        if self._lead:
            frames = "frame" if self._lead == 1 else f"{self._lead} frames"
            yield f"The first {frames} of the file cannot be decoded, what follows can be used."
        if breaks_off(self._decoder, self._table):
            seconds, count = float(index.times[-1]), len(index.packets)
            yield f"The recording breaks off after {seconds:.1f} s; its {count} frames can be used."

    def _index(self, order: NDArray[np.int64]) -> TimeIndex:
        if not len(order):
            raise BadVideo(no_frame(self._decoder.path))
        rate = self._decoder.stream.average_rate
        return make_index(self._table, order, self._seconds, 1 / float(rate or 25))

    def _order_by_stamps(self) -> NDArray[np.int64] | None:
        """The packets by presentation time, or None if the container does not tell them apart."""
        packets = np.flatnonzero(~self._left_out)
        stamps = self._table.stamps[packets]
        are_given = bool((self._table.pts[packets] != UNKNOWN).all()) and not self._are_guessed()
        if not are_given or len(np.unique(stamps)) < len(stamps):
            return None
        return packets[np.argsort(stamps)]

    def _are_guessed(self) -> bool:
        """AVI stores no presentation times; where frames are reordered FFmpeg makes some up.

        Only of MPEG-4 does it look at the kind of each picture, and then they are right.
        """
        codec = self._decoder.stream.codec_context
        is_avi = self._decoder.container.format.name == "avi"
        return is_avi and codec.has_b_frames and codec.codec.canonical_name != "mpeg4"

    def _proven(self, order: NDArray[np.int64]) -> TimeIndex | None:
        """The index of what of `order` decodes, or None if the rules do not explain the file."""
        index = self._index(order)
        lead = self._undecodable_lead(index)
        if lead is None:
            return None
        if lead:
            self._lead = lead
            index = self._index(order[lead:])
        groups = self._doubtful_groups(index)
        if len(groups) > _MOST_DAMAGED_GROUPS:
            return None
        missing = sorted(frame for group in groups for frame in self._missing(index, group))
        if len(missing) > len(index.packets) / 2:
            return None
        return self._index(np.delete(index.packets, missing)) if missing else index

    def _undecodable_lead(self, index: TimeIndex) -> int | None:
        """How many frames at the beginning do not decode; None if the order is not as expected."""
        shown: list[int] = []
        for decoded in self._decoder.decode():
            if not self._left_out[decoded.packet]:
                shown.append(int(index.frame_of[decoded.packet]))
            if len(shown) == _HEAD_PICTURES:
                break
        if not shown:
            return None
        expected = list(range(shown[0], shown[0] + len(shown)))
        return shown[0] if shown == expected else None

    def _doubtful_groups(self, index: TimeIndex) -> list[range]:
        """Runs of entries to decode: about each damaged packet, and the last two of the file."""
        last = len(index.entries) - 1
        frames = index.frame_of[self._table.damaged]
        around = {index.entries.before(int(f)) for f in frames if f != NO_FRAME} | {last}
        runs: list[range] = []
        for entry in sorted(around):
            start, stop = max(entry - 1, 0), min(entry + 2, last + 1)
            if runs and start < runs[-1].stop:
                start = runs.pop().start
            runs.append(range(start, stop))
        return runs

    def _missing(self, index: TimeIndex, group: range) -> list[int]:
        """The frames of a run of entries that do not decode."""
        entries = index.entries
        first = entries[group.start].frame
        stop = entries[group.stop].frame if group.stop < len(entries) else len(index.packets)
        found = np.zeros(stop - first, dtype=np.bool_)
        for decoded in self._decoder.decode_from(entries, group.start):
            frame = int(index.frame_of[decoded.packet])
            if frame >= stop:
                break
            if frame >= first and not self._is_torn(decoded):
                found[frame - first] = True
        if not found[0] and group.start > 0:
            # No proof: after an entry without a whole picture (intra refresh) nothing is shown for
            # a while, although the frames do decode from further back.
            return self._missing(index, range(max(group.start - len(group), 0), group.stop))
        return [int(f) + first for f in np.flatnonzero(~found)]

    def _is_torn(self, decoded: Decoded) -> bool:
        """Whether this is the last packet of a broken-off file, filled up by the decoder."""
        return decoded.packet == len(self._table) - 1 and decoded.picture.is_corrupt

    def _order_by_decoding(self) -> NDArray[np.int64]:
        """The packets of all pictures that the decoder shows, in its order."""
        order: dict[int, None] = {}
        for decoded in self._decoder.decode():
            if not (self._left_out[decoded.packet] or self._is_torn(decoded)):
                order[decoded.packet] = None
            if self._on_progress is not None and len(order) % _REPORT_EVERY == 0:
                self._on_progress(Progress(len(order), len(self._table), "decoding"))
        return np.array(list(order), dtype=np.int64)


def _cut_short(table: PacketTable) -> NDArray[np.bool_]:
    """(P,) the damaged packets at the very end of the file: what is left of a broken-off one."""
    sound = np.flatnonzero(~table.damaged)
    end = int(sound[-1]) + 1 if len(sound) else 0
    return np.arange(len(table)) >= end
