"""Predictions reach the study in order, and again where the disk refused."""

import pytest
from pytestqt.qtbot import QtBot

from app.session.background import Background
from app.session.write_queue import WriteQueue
from core.errors import NoSpace


@pytest.fixture
def queue(qtbot: QtBot):
    background = Background()
    yield WriteQueue(background)
    background.close()


def test_writes_keep_their_order(queue: WriteQueue, qtbot: QtBot):
    written: list[int] = []
    for number in range(50):
        queue.put(lambda n=number: written.append(n))
    qtbot.waitUntil(lambda: len(written) == 50)
    assert written == list(range(50))


def test_a_refused_write_is_repeated_before_the_next(queue: WriteQueue, qtbot: QtBot):
    written: list[str] = []
    full = [True]

    def first() -> None:
        if full[0]:
            raise NoSpace("the disk is full")
        written.append("first")

    with qtbot.waitSignal(queue.failed) as failed:
        queue.put(first)
        queue.put(lambda: written.append("second"))
    assert failed.args == ["the disk is full"]
    assert written == []
    full[0] = False
    queue.retry()
    qtbot.waitUntil(lambda: len(written) == 2)
    assert written == ["first", "second"]


def test_cleared_writes_do_not_come(queue: WriteQueue, qtbot: QtBot):
    def refuse() -> None:
        raise NoSpace("the disk is full")

    with qtbot.waitSignal(queue.failed):
        queue.put(refuse)
    queue.clear()
    written: list[int] = []
    queue.put(lambda: written.append(1))
    qtbot.waitUntil(lambda: written == [1])


def test_a_write_with_a_fault_is_told_and_holds_nothing_up(queue: WriteQueue, qtbot: QtBot):
    written: list[int] = []

    def fault() -> None:
        raise ValueError("frames 64 to 80 do not follow frame 48")

    with qtbot.captureExceptions() as raised:
        queue.put(fault)
        queue.put(lambda: written.append(1))
        qtbot.waitUntil(lambda: written == [1])
    assert [type(error) for _, error, _ in raised] == [ValueError]
