"""Keep the frames around the one on screen decoded, within a fixed amount of memory."""

import threading
from collections import OrderedDict, deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Self

from core.errors import BadVideo
from core.video.frame import Frame, VideoInfo
from core.video.source import VideoSource

_AHEAD: Final = 24
"""How many frames are decoded in advance, if they fit into half of the budget."""

_STEP: Final = 10
"""Going back by up to so many frames is stepping; further is a jump."""


class FrameCache:
    """Frames of one recording, decoded by one thread of its own, ahead in the direction of travel.

    All methods may be called from any thread. The newest request goes first: read-ahead gives way
    to it after at most one frame, and requests that it overtakes are cancelled.
    """

    def __init__(self, source: VideoSource, budget_bytes: int = 256 << 20) -> None:
        self._source = source
        self._budget = budget_bytes
        frame_bytes = 3 * source.info.width * source.info.height
        self._ahead = min(_AHEAD, budget_bytes // frame_bytes // 2)
        self._lock = threading.Lock()
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._bytes = 0
        self._requested: Future[Frame] | None = None
        # The rest is touched by the decoding thread alone.
        self._last_index = 0
        self._plan: deque[int] = deque()
        self._is_planned = False
        self._decoding = ThreadPoolExecutor(1, thread_name_prefix="frames")

    @property
    def info(self) -> VideoInfo:
        """What the recording is."""
        return self._source.info

    @property
    def used_bytes(self) -> int:
        """Memory held by frames; above the budget only if a single frame is."""
        return self._bytes

    def peek(self, index: int) -> Frame | None:
        """The frame if it is there already; never waits for the decoder."""
        with self._lock:
            frame = self._frames.get(index)
            if frame is not None:
                self._frames.move_to_end(index)
            return frame

    def request(self, index: int) -> Future[Frame]:
        """Ask for a frame; the request before this one is cancelled if it has not begun.

        The future raises BadVideo where the frame cannot be read and IndexError where there is
        none; the cache goes on.
        """
        with self._lock:
            if self._requested is not None:
                self._requested.cancel()
            self._requested = self._decoding.submit(self._load, index)
            return self._requested

    def read(self, index: int) -> Frame:
        """The frame, waiting for it; later requests do not cancel this one."""
        return self._decoding.submit(self._load, index).result()

    def close(self) -> None:
        """Stop decoding, let the frames go and close the recording."""
        self._decoding.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            self._frames.clear()
            self._bytes = 0
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _load(self, index: int) -> Frame:
        is_backward = -_STEP <= index - self._last_index < 0
        self._last_index = index
        frame = self.peek(index)
        if frame is None:
            if is_backward:
                # The decoder must pass through the frames before this one anyway, and they are
                # the next to be asked for.
                for number in range(max(index - self._ahead // 2, 0), index):
                    self._fetch_in_advance(number)
            frame = self._fetch(index)
        is_in_block = is_backward and bool(self._plan) and self._plan[0] < index
        if not is_in_block:  # else the decoder would turn round in the middle of a block
            self._plan = deque(self._behind(index) if is_backward else self._before(index))
        self._read_ahead_later()
        return frame

    def _before(self, index: int) -> range:
        return range(index + 1, min(index + 1 + self._ahead, self.info.frame_count))

    def _behind(self, index: int) -> range:
        """A whole block at a time, in the order of the file: each seek back is dear."""
        near = range(max(index - self._ahead // 2, 0), index)
        if all(self.peek(number) for number in near):
            return range(0)
        return range(max(index - self._ahead, 0), index)

    def _read_ahead_later(self) -> None:
        """Queue the next step of reading ahead, behind whatever has been asked for by now."""
        if self._is_planned:
            return
        try:
            self._decoding.submit(self._read_ahead)
            self._is_planned = True
        except RuntimeError:  # closed meanwhile
            self._plan.clear()

    def _read_ahead(self) -> None:
        self._is_planned = False
        while self._plan:
            number = self._plan.popleft()
            if self.peek(number) is None:
                self._fetch_in_advance(number)
                self._read_ahead_later()
                return

    def _fetch_in_advance(self, index: int) -> None:
        """A frame that nobody has asked for yet may be damaged: whoever asks for it will hear."""
        with suppress(BadVideo):
            self._fetch(index)

    def _fetch(self, index: int) -> Frame:
        frame = self.peek(index)
        if frame is None:
            frame = self._source.read(index)
            self._keep(frame)
        return frame

    def _keep(self, frame: Frame) -> None:
        with self._lock:
            self._frames[frame.index] = frame
            self._bytes += frame.image.nbytes
            while self._bytes > self._budget and len(self._frames) > 1:
                _, oldest = self._frames.popitem(last=False)
                self._bytes -= oldest.image.nbytes
