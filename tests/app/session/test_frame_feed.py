"""Scrubbing: the newest wish wins, and an older picture never replaces the wanted one."""

from concurrent.futures import Future

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.session.background import Background
from app.session.frame_feed import FrameFeed
from core.errors import BadVideo
from core.video.frame import Frame


def frame(index: int) -> Frame:
    return Frame(index, index / 10, np.zeros((2, 2, 3), np.uint8))


class Reader:
    """A cache whose decoder the test itself turns."""

    def __init__(self) -> None:
        self.ready: dict[int, Frame] = {}
        self.asked: dict[int, Future[Frame]] = {}
        self.is_closed = False

    def peek(self, index: int) -> Frame | None:
        return self.ready.get(index)

    def request(self, index: int) -> Future[Frame]:
        for future in self.asked.values():
            future.cancel()
        self.asked[index] = Future()
        return self.asked[index]

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def feed(qtbot: QtBot):
    background = Background()
    feed = FrameFeed(background)
    feed.shown = []
    feed.ready.connect(lambda frame: feed.shown.append(frame.index))
    yield feed
    feed.close()
    background.close()


def settle(qtbot: QtBot) -> None:
    """Let what is queued for the window's thread arrive."""
    qtbot.wait(1)


def test_a_frame_at_hand_comes_before_request_returns(feed: FrameFeed):
    reader = Reader()
    reader.ready[3] = frame(3)
    feed.open(reader)
    feed.request(3)
    assert feed.shown == [3]
    assert 3 in reader.asked, "the cache must hear of it, to read ahead"


def test_the_same_frame_is_not_shown_twice(feed: FrameFeed, qtbot: QtBot):
    reader = Reader()
    reader.ready[3] = frame(3)
    feed.open(reader)
    feed.request(3)
    reader.asked[3].set_result(frame(3))
    settle(qtbot)
    assert feed.shown == [3]


def test_overtaken_wishes_are_dropped(feed: FrameFeed, qtbot: QtBot):
    reader = Reader()
    feed.open(reader)
    for index in range(100):
        feed.request(index)
    reader.asked[99].set_result(frame(99))
    settle(qtbot)
    assert feed.shown == [99]


def test_a_late_frame_does_not_replace_the_wanted_one(feed: FrameFeed, qtbot: QtBot):
    reader = Reader()
    feed.open(reader)
    feed.request(5)
    late = reader.asked[5]
    late.set_running_or_notify_cancel()
    reader.ready[7] = frame(7)
    feed.request(7)
    late.set_result(frame(5))
    settle(qtbot)
    assert feed.shown == [7]


def test_while_the_wanted_frame_is_decoded_the_scrub_is_seen(feed: FrameFeed, qtbot: QtBot):
    reader = Reader()
    feed.open(reader)
    feed.request(5)
    running = reader.asked[5]
    running.set_running_or_notify_cancel()
    feed.request(7)
    running.set_result(frame(5))
    settle(qtbot)
    reader.asked[7].set_result(frame(7))
    settle(qtbot)
    assert feed.shown == [5, 7]


def test_nothing_comes_from_a_recording_that_was_left(feed: FrameFeed, qtbot: QtBot):
    old, new = Reader(), Reader()
    feed.open(old)
    feed.request(5)
    old.asked[5].set_running_or_notify_cancel()
    feed.open(new)
    feed.request(1)
    old.asked[5].set_result(frame(5))
    new.asked[1].set_result(frame(1))
    qtbot.waitUntil(lambda: old.is_closed)
    settle(qtbot)
    assert feed.shown == [1]


def test_a_frame_that_cannot_be_read_is_told_in_words(feed: FrameFeed, qtbot: QtBot):
    reader = Reader()
    feed.open(reader)
    feed.request(5)
    with qtbot.waitSignal(feed.failed) as failed:
        reader.asked[5].set_exception(BadVideo("clip.mp4: frame 5 is damaged."))
    assert failed.args == ["clip.mp4: frame 5 is damaged."]


def test_without_a_recording_a_wish_is_nothing(feed: FrameFeed):
    feed.request(0)
    assert feed.shown == []
