"""The cache gives the right frames, stays within its memory and ends cleanly."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadVideo
from core.video.frame import Frame, VideoInfo
from core.video.frame_cache import FrameCache
from core.video.source import open_video
from tests.core.video.painted import HEIGHT, WIDTH, number_in, paint

GivePath = Callable[[str], Path]
FRAME_BYTES = WIDTH * HEIGHT * 3
WAIT_S = 30


class PaintedSource:
    """A recording that notes what is read, waits at a gate, and has one damaged frame."""

    def __init__(self, count: int = 200, damaged: int | None = None) -> None:
        self.info = VideoInfo(Path("x"), WIDTH, HEIGHT, np.arange(count) / 25, False, "painted")
        self.reads: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.closed = False
        self._damaged = damaged
        self._read_one = threading.Condition()

    def read(self, index: int) -> Frame:
        assert self.gate.wait(WAIT_S)
        if not 0 <= index < self.info.frame_count:
            raise IndexError(index)
        with self._read_one:
            self.reads.append(index)
            self._read_one.notify_all()
        if index == self._damaged:
            raise BadVideo("x: is damaged.")
        return Frame(index, index / 25, paint(index % 256))

    def wait_until_read(self, index: int) -> None:
        with self._read_one:
            assert self._read_one.wait_for(lambda: index in self.reads, WAIT_S)

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        yield from (self.read(index) for index in range(self.info.frame_count)[start:stop])

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> "PaintedSource":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def test_a_frame_is_read_once_and_then_there() -> None:
    source = PaintedSource()
    with FrameCache(source) as cache:
        assert cache.peek(5) is None
        assert number_in(cache.read(5).image) == 5
        assert cache.peek(5) is cache.read(5)
        assert source.reads.count(5) == 1
    assert source.closed


def test_it_reads_ahead_in_the_direction_of_travel() -> None:
    source = PaintedSource()
    with FrameCache(source) as cache:
        cache.read(50)
        source.wait_until_read(74)
        assert max(source.reads) == 74
        assert min(source.reads) == 50
        assert cache.read(60).index == 60
        source.wait_until_read(84)
    assert source.reads == sorted(set(source.reads))


def test_going_backward_it_reads_whole_blocks_in_the_order_of_the_file() -> None:
    source = PaintedSource()
    with FrameCache(source) as cache:
        cache.read(150)
        source.wait_until_read(174)
        del source.reads[:]
        cache.read(149)
        assert source.reads[:13] == list(range(137, 150))
        for index in range(148, 100, -1):
            assert cache.read(index).index == index
        backward_leaps = sum(b < a for a, b in zip(source.reads, source.reads[1:], strict=False))
        assert backward_leaps <= 8
        assert len(source.reads) == len(set(source.reads))


@pytest.mark.parametrize("frames_in_budget", [0, 1, 2, 7, 20, 100])
def test_memory_stays_within_the_budget(frames_in_budget: int) -> None:
    rng = random.Random(frames_in_budget)
    with FrameCache(PaintedSource(), frames_in_budget * FRAME_BYTES) as cache:
        for _ in range(150):
            index = rng.randrange(200)
            assert number_in(cache.read(index).image) == index
            assert cache.used_bytes <= max(frames_in_budget, 1) * FRAME_BYTES


def test_of_waiting_requests_only_the_newest_is_served() -> None:
    source = PaintedSource()
    with FrameCache(source) as cache:
        source.gate.clear()
        futures = [cache.request(index) for index in range(0, 200, 20)]
        source.gate.set()
        assert futures[-1].result(WAIT_S).index == 180
        overtaken = futures[1:-1]
        assert all(future.cancelled() for future in overtaken)
        with pytest.raises(CancelledError):
            overtaken[0].result(WAIT_S)
    assert not {20, 40, 60, 80, 100, 120, 140, 160} & set(source.reads)


def test_a_read_is_not_overtaken() -> None:
    source = PaintedSource()
    with FrameCache(source) as cache, ThreadPoolExecutor(1) as other:
        source.gate.clear()
        waiting = other.submit(cache.read, 7)
        requests = [cache.request(index) for index in (100, 120)]
        source.gate.set()
        assert waiting.result(WAIT_S).index == 7
        assert requests[-1].result(WAIT_S).index == 120


def test_a_damaged_frame_spoils_nothing_else() -> None:
    with FrameCache(PaintedSource(damaged=10)) as cache:
        with pytest.raises(BadVideo):
            cache.read(10)
        with pytest.raises(BadVideo):
            cache.request(10).result(WAIT_S)
        with pytest.raises(IndexError):
            cache.read(1000)
        for index in (9, 8, 11, 30, 22, 14, 13, 12, 11):
            assert cache.read(index).index == index


def test_closing_ends_its_thread_in_the_middle_of_reading_ahead() -> None:
    before = threading.active_count()
    source = PaintedSource()
    cache = FrameCache(source)
    source.gate.clear()
    waiting = cache.request(0)
    source.gate.set()
    cache.close()
    cache.close()
    assert source.closed
    assert waiting.done()
    assert threading.active_count() == before
    with pytest.raises(RuntimeError):
        cache.read(1)


def test_many_threads_get_the_right_frames_of_a_real_recording(clip: GivePath) -> None:
    def browse(seed: int) -> bool:
        rng = random.Random(seed)
        indices = [rng.randrange(48) for _ in range(40)]
        return all(number_in(cache.read(index).image) == index for index in indices)

    with (
        FrameCache(open_video(clip("h264 open groups")), 12 * FRAME_BYTES) as cache,
        ThreadPoolExecutor(6) as threads,
    ):
        assert all(threads.map(browse, range(6)))
        assert cache.used_bytes <= 12 * FRAME_BYTES
