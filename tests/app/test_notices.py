"""What becomes of errors that nobody caught."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.notices import Fault, Notice, NoticeKind, Notices
from core.errors import BadVideo


@pytest.fixture
def notices(tmp_path: Path, qtbot: QtBot) -> Iterator[Notices]:
    hooks = sys.excepthook, threading.excepthook
    made = Notices(tmp_path / "logs" / "window.log")
    made.catch_everything()
    yield made
    sys.excepthook, threading.excepthook = hooks


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_sentence_for_users_becomes_a_banner(notices: Notices, qtbot: QtBot) -> None:
    error = raised(BadVideo("a.mp4: the file is empty."))
    with qtbot.waitSignal(notices.posted) as posted:
        sys.excepthook(type(error), error, error.__traceback__)
    assert posted.args == [Notice(NoticeKind.PROBLEM, "a.mp4: the file is empty.")]


def test_a_fault_of_ours_is_shown_and_logged(
    notices: Notices, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = raised(KeyError("left_wing"))
    with qtbot.waitSignal(notices.fault_found) as found:
        sys.excepthook(type(error), error, error.__traceback__)
    fault = found.args[0]
    assert isinstance(fault, Fault)
    assert "left_wing" in fault.summary
    assert "Traceback" in fault.details
    log = tmp_path / "logs" / "window.log"
    assert fault.log == log
    assert fault.details in log.read_text(encoding="utf-8")
    assert fault.details in capsys.readouterr().err


def test_a_log_that_cannot_be_written_does_not_hide_the_fault(
    notices: Notices, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    error = raised(ValueError("x"))
    with qtbot.waitSignal(notices.fault_found):
        sys.excepthook(type(error), error, error.__traceback__)


def test_errors_in_threads_are_caught_too(notices: Notices, qtbot: QtBot) -> None:
    def work() -> None:
        raise BadVideo("b.mp4: cut off.")

    with qtbot.waitSignal(notices.posted) as posted:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert posted.args[0].text == "b.mp4: cut off."


def test_several_problems_are_one_notice(notices: Notices, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notices.posted) as posted:
        notices.problems(["a: empty.", "b: cut off."])
    assert posted.args[0].items == ("a: empty.", "b: cut off.")
    with qtbot.assertNotEmitted(notices.posted):
        notices.problems([])
