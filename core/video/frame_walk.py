"""Walk to any frame of an indexed video: on from where the decoder stands, or by a seek."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from av.video.frame import VideoFrame

from core.errors import BadVideo
from core.video.packet_decoder import PacketDecoder
from core.video.time_index import NO_FRAME, TimeIndex

_SEEK_COSTS: Final = 6
"""A seek is taken for as dear as decoding so many pictures."""


class Shown(NamedTuple):
    """A picture, the frame that it is, and whether it is that frame's own picture."""

    frame: int
    picture: VideoFrame
    intact: bool = True


class FrameWalk:
    """A decoder that goes from frame to frame; not for use from two threads at a time.

    In place of a frame that does not decode the one before it is shown, as a player does: frame N
    stays frame N, read at random or in order.
    """

    def __init__(self, decoder: PacketDecoder, index: TimeIndex) -> None:
        self._path = decoder.path
        self._decoder = decoder
        self._index = index
        self._pictures: Iterator[Shown] = iter(())
        self._current: Shown | None = None
        self._next: Shown | None = None

    def go_to(self, frame: int) -> Shown:
        """The picture of `frame`, 0 <= frame < T."""
        if not self._is_ahead(frame):
            self._seek(self._index.entries.before(frame), strict=True)
        self._advance(frame)
        back = 1
        while self._current is None:  # nothing sound from there up to `frame`: start further back
            entry = max(self._index.entries.before(frame) - back, 0)
            self._seek(entry, strict=False)
            self._advance(frame)
            if entry == 0:
                break
            back *= 2
        shown = self._current or self._next
        if shown is None:
            raise BadVideo(f"{self._path}: can no longer be read; check the drive.")
        return shown if shown.frame == frame else Shown(frame, shown.picture, intact=False)

    def close(self) -> None:
        """Close the file."""
        self._decoder.close()

    def _is_ahead(self, frame: int) -> bool:
        """Whether walking on is no dearer than a seek."""
        if self._current is None or frame < self._current.frame:
            return False
        entry = self._index.entries[self._index.entries.before(frame)]
        return frame - self._current.frame <= frame - entry.frame + _SEEK_COSTS

    def _seek(self, entry: int, *, strict: bool) -> None:
        """Start at an entry; if `strict`, nothing comes unless the entry's own picture is sound.

        Without it, what follows would lean on the wrong pictures (its packet is damaged), or not
        come for a while (intra refresh).
        """
        self._current = self._next = None
        self._pictures = self._sound_pictures(entry)
        if strict and entry > 0:
            self._next = next(self._pictures, None)
            if self._next is None or not self._next.intact or not self._is_entry(self._next, entry):
                self._next, self._pictures = None, iter(())

    def _is_entry(self, shown: Shown, entry: int) -> bool:
        return shown.frame == self._index.entries[entry].frame

    def _advance(self, frame: int) -> None:
        """Make the last picture up to `frame` the current one, if there is one."""
        while True:
            if self._next is None:
                self._next = next(self._pictures, None)
            if self._next is None or self._next.frame > frame:
                return
            self._current, self._next = self._next, None

    def _sound_pictures(self, entry: int) -> Iterator[Shown]:
        """Pictures from an entry on, in order, without those that lean on what lies before it."""
        before = self._index.entries[entry].frame - 1
        for packet, picture in self._decoder.decode_from(self._index.entries, entry):
            frame = int(self._index.frame_of[packet])
            if frame != NO_FRAME and frame > before:
                before = frame
                yield Shown(frame, picture, intact=not picture.is_corrupt)
