import io
from contextlib import redirect_stderr

import pytest

from core.cli import console
from core.cli.console import ProgressLine, time_left
from core.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def at_a_terminal(act):
    """What a terminal sees of `act`."""
    with redirect_stderr(Terminal()) as terminal:
        act()
    return terminal.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_time_left_reads_naturally(seconds, text):
    assert time_left(seconds) == text


def test_a_terminal_sees_how_far_it_is():
    seen = at_a_terminal(lambda: ProgressLine("kick.mp4").show(Progress(10, 40, "predicting")))
    assert seen == "\r\x1b[Kkick.mp4: predicting 25%"


def test_the_time_left_is_told_for_each_step_anew(monkeypatch):
    clock = iter(range(0, 1000, 5))
    monkeypatch.setattr("core.cli.console.time.monotonic", lambda: next(clock))

    def show_two_steps():
        line = ProgressLine("kick.mp4")
        for step in ("predicting", "overlay"):
            for done in (10, 20):
                line.show(Progress(done, 40, step))

    updates = at_a_terminal(show_two_steps).split("\r\x1b[K")
    assert updates[2] == "kick.mp4: predicting 50%, 20 s left"
    assert updates[3] == "kick.mp4: overlay 25%"
    assert updates[4] == "kick.mp4: overlay 50%, 20 s left"


def test_the_line_is_not_rewritten_faster_than_one_can_read():
    def show_all():
        line = ProgressLine("kick.mp4")
        for done in range(1, 1001):
            line.show(Progress(done, 1000))

    seen = at_a_terminal(show_all)
    assert seen.count("kick.mp4") < 20
    assert "100%" in seen


def test_a_problem_takes_the_progress_line_away():
    assert at_a_terminal(lambda: console.problem("odd.")) == "\r\x1b[Kshift-pose: odd.\n"


def test_a_pipe_sees_no_progress(capfd):
    line = ProgressLine("kick.mp4")
    line.show(Progress(10, 40))
    line.close()
    assert capfd.readouterr().err == ""
