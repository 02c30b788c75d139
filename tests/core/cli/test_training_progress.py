import io
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from core.cli.training_progress import finished
from core.errors import BadInput, Stopped
from core.progress import Progress
from core.training.loop.events import BatchHalved, Saved, StepsDone

PROJECT = Path(__file__).parents[3]
WATCHED = """
import os, signal, sys, time
from pathlib import Path
from core.cli.training_progress import finished
from core.errors import Stopped
from core.training.loop.events import Saved, StepsDone

def work():
    for step in range(1, 9):
        if step == 3:
            os.kill(os.getpid(), signal.SIGINT)
        yield StepsDone(step, 8, {"total": 0.5}, 1e-4, 8)
        if step % 5 == 0:
            yield Saved(step, Path("checkpoint.pt"))

try:
    finished(work(), "adapt")
except Stopped:
    sys.exit(3)
"""


class Terminal(io.StringIO):
    def isatty(self):
        return True


def events():
    yield Progress(3, 10, "choosing frames")
    for step in (10, 20):
        yield StepsDone(step, 20, {"total": 0.5}, 1e-4, 80)
        yield Saved(step, Path("checkpoint.pt"))
    return "model"


def seen_on(terminal, work, monkeypatch, term="xterm"):
    monkeypatch.setenv("TERM", term)
    with redirect_stderr(terminal):
        assert finished(work, "adapt") == "model"
    return terminal.getvalue()


def test_a_terminal_sees_a_line_and_then_a_table(monkeypatch):
    seen = seen_on(Terminal(), events(), monkeypatch)
    line, table = seen.index("adapt: choosing frames 30%"), seen.index("20 of 20")
    assert line < table
    assert seen.endswith("\r\x1b[K")


def test_a_pipe_sees_nothing(monkeypatch):
    assert seen_on(io.StringIO(), events(), monkeypatch) == ""


def test_a_terminal_that_cannot_move_its_cursor_sees_a_line(monkeypatch):
    seen = seen_on(Terminal(), events(), monkeypatch, term="dumb")
    assert "adapt: training 100%" in seen
    assert "total loss" not in seen


@pytest.mark.parametrize("terminal", [io.StringIO(), Terminal()])
def test_short_memory_is_told_everywhere(monkeypatch, terminal):
    def work():
        yield StepsDone(10, 20, {"total": 0.5}, 1e-4, 80)
        yield BatchHalved(4)
        return "model"

    assert "going on with 4 samples a step." in seen_on(terminal, work(), monkeypatch)


def test_a_mistake_leaves_the_terminal_as_it_was(monkeypatch):
    def work():
        yield StepsDone(10, 20, {"total": 0.5}, 1e-4, 80)
        raise BadInput("went astray")

    terminal, before = Terminal(), sys.stderr
    monkeypatch.setenv("TERM", "xterm")
    with redirect_stderr(terminal), pytest.raises(BadInput):
        finished(work(), "adapt")
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")
    assert sys.stderr is before


def test_ctrl_c_stops_at_the_next_checkpoint(monkeypatch):
    done = []

    def work():
        for step in range(1, 9):
            if step == 3:
                os.kill(os.getpid(), signal.SIGINT)
            done.append(step)
            yield StepsDone(step, 8, {"total": 0.5}, 1e-4, 8)
            if step % 5 == 0:
                yield Saved(step, Path("checkpoint.pt"))

    before, terminal = signal.getsignal(signal.SIGINT), Terminal()
    monkeypatch.setenv("TERM", "xterm")
    with redirect_stderr(terminal), pytest.raises(Stopped):
        finished(work(), "adapt")
    assert done == [1, 2, 3, 4, 5]
    assert "stopping at the next checkpoint" in terminal.getvalue()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_real_terminal_keeps_the_table_below_what_is_said():
    """Ctrl-C's sentence is scrolled up whole, and the table goes on under it."""
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHED], cwd=PROJECT, env=environment, stderr=theirs
    )
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # Linux says so when the other side has gone
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 3
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()).replace("\r", "")
    sentence = "shift-pose: stopping at the next checkpoint; Ctrl-C once more stops at once.\n"
    assert sentence in text
    assert "5 of 8" in text.split(sentence)[1]


def test_commands_that_train_nothing_start_without_rich_and_torch():
    code = "import sys, core.cli.main; print({'rich', 'torch', 'tensorboardX'} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert said.stdout == "set()\n"
