"""Work in threads whose result comes back to the window's thread."""

import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.session.background import Background
from core.errors import BadInput, ShiftError


@pytest.fixture
def background(qtbot: QtBot):
    made = Background()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_comes_back(background: Background, qtbot: QtBot):
    seen: list[tuple[int, int]] = []
    background.run(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    (worker, receiver) = seen[0]
    assert receiver == threading.get_ident()
    assert worker != receiver


def test_a_sentence_goes_to_failed(background: Background, qtbot: QtBot):
    errors: list[ShiftError] = []

    def work() -> None:
        raise BadInput("no such file")

    background.run(work, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "no such file"


def test_a_fault_of_ours_is_raised_in_the_window(background: Background, qtbot: QtBot):
    def work() -> None:
        raise ZeroDivisionError

    with capture_exceptions() as raised:
        background.run(work, lambda _: None, lambda _: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_closing_forgets_what_has_not_begun(qtbot: QtBot):
    background, gate, begun = Background(), threading.Event(), []

    def work() -> None:
        begun.append(1)
        gate.wait(10)

    for _ in range(12):
        background.run(work, lambda _: None)
    qtbot.waitUntil(lambda: len(begun) >= 4)
    release = threading.Timer(0.2, gate.set)
    release.start()
    background.close()
    release.join()
    assert len(begun) == 4
