"""Silhouettes arrive without the window ever waiting for the study."""

import threading

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.session.background import Background
from app.session.outline_feed import OutlineFeed
from core.errors import BadStudy
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from tests.app.opened import made_track

FRAMES = 3000


def outline(frame: int) -> Silhouette:
    return Silhouette((np.full((3, 2), frame, np.float32),))


class SlowStudy:
    """Answers when it is let; knows frames below FRAMES."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.broken = False
        self.asked: list[int] = []

    def silhouette(self, prediction_id: int, frame: int) -> Silhouette | None:
        self.may_answer.wait(10)
        if self.broken:
            raise BadStudy("visit.shift: the study file is damaged.")
        self.asked.append(frame)
        return outline(frame) if frame < FRAMES else None


@pytest.fixture
def study() -> SlowStudy:
    return SlowStudy()


@pytest.fixture
def feed(study: SlowStudy, qtbot: QtBot):
    background = Background()
    made = OutlineFeed(background)
    made.open(study, 1)
    yield made
    study.may_answer.set()
    background.close()


def has(feed: OutlineFeed, frame: int) -> bool:
    found = feed.at(frame)
    return found is not None and found.rings[0][0, 0] == frame


def test_asking_does_not_wait(feed: OutlineFeed, study: SlowStudy, qtbot: QtBot):
    study.may_answer.clear()
    assert feed.at(100) is None
    study.may_answer.set()
    with qtbot.waitSignal(feed.loaded):
        pass
    assert has(feed, 100)


def test_stepping_finds_the_next_ones_at_hand(feed: OutlineFeed, qtbot: QtBot):
    qtbot.waitUntil(lambda: has(feed, 0))
    missing = 0
    for frame in range(400):
        missing += not has(feed, frame)
        qtbot.waitUntil(lambda f=frame: feed._reading is None and has(feed, f))
    assert missing == 0


def test_jumping_about_ends_with_the_last_wish(feed: OutlineFeed, study: SlowStudy, qtbot: QtBot):
    study.may_answer.clear()
    for frame in (10, 500, 900, 2000):
        feed.at(frame)
    study.may_answer.set()
    qtbot.waitUntil(lambda: has(feed, 2000))
    assert 500 not in study.asked
    assert 900 not in study.asked


def test_memory_is_bounded(feed: OutlineFeed, qtbot: QtBot):
    for frame in range(0, FRAMES, 60):
        qtbot.waitUntil(lambda f=frame: has(feed, f))
    assert len(feed._known) <= 1024


def test_a_growing_prediction_needs_no_study(feed: OutlineFeed, study: SlowStudy, qtbot: QtBot):
    qtbot.waitUntil(lambda: has(feed, FRAMES - 1))
    assert feed.at(FRAMES) is None
    track = made_track(4)
    feed.put(PredictionChunk(FRAMES, track, tuple(outline(FRAMES + n) for n in range(4))))
    assert has(feed, FRAMES + 3)


def test_another_prediction_forgets_the_old_one(feed: OutlineFeed, study: SlowStudy, qtbot: QtBot):
    study.may_answer.clear()
    feed.at(5)
    feed.open(None, None)
    study.may_answer.set()
    qtbot.wait(20)
    assert feed.at(5) is None


def test_a_damaged_study_is_told_once(feed: OutlineFeed, study: SlowStudy, qtbot: QtBot):
    study.broken = True
    with qtbot.waitSignal(feed.failed) as failed:
        feed.at(5)
    assert failed.args == ["visit.shift: the study file is damaged."]
    with qtbot.assertNotEmitted(feed.failed, wait=30):
        for _ in range(5):
            assert feed.at(5) is None
