import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from core.cli.training_table import TrainingTable
from core.training.loop.events import BatchHalved, Chosen, Pictured, Saved, StepsDone

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


class Terminal:
    def __init__(self, width: int = 80) -> None:
        self.output, self.now = io.StringIO(), 0.0
        console = Console(file=self.output, force_terminal=True, width=width, height=30)
        self.table = TrainingTable("adapt", console, lambda: self.now)

    def after(self, seconds: float, event) -> str:
        """What the terminal gets when the event comes, without colours and cursor movements."""
        self.now += seconds
        self.output.seek(0)
        self.output.truncate()
        self.table.show(event)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.output.getvalue())


@pytest.fixture
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.table.close()


def steps_done(step: int) -> StepsDone:
    return StepsDone(step, 200, {"consistency": 0.0123456, "total": 0.5}, 2.5e-5, 80)


def row(seen: str, name: str) -> str | None:
    found = re.search(rf"^{name}  +(.*?) *$", seen.replace("\r", ""), re.MULTILINE)
    return found and found[1]


def test_it_tells_step_losses_rate_speed_and_time_left(terminal):
    terminal.after(0, steps_done(10))
    seen = terminal.after(20.0, steps_done(20))
    assert row(seen, "step") == "20 of 200"
    assert row(seen, "time left") == "6 min 0 s"
    assert row(seen, "pictures a second") == "4"
    assert row(seen, "learning rate") == "2.5e-05"
    assert row(seen, "consistency loss") == "0.01235"
    assert row(seen, "total loss") == "0.5"
    assert row(seen, "adapt").startswith("━━")


def test_no_speed_is_made_up_for_steps_that_began_before_the_table(terminal):
    seen = terminal.after(0.001, steps_done(10))
    assert row(seen, "step") == "10 of 200"
    assert row(seen, "pictures a second") is None
    assert row(seen, "time left") is None


def test_the_first_steps_have_a_speed_where_something_was_shown_before(terminal):
    terminal.after(0, Pictured(0, Path("pictures/step-000000.jpg")))
    assert row(terminal.after(20.0, steps_done(10)), "pictures a second") == "4"


def test_it_tells_what_else_happened(terminal):
    terminal.after(0, steps_done(10))
    terminal.after(1, Saved(10, Path("checkpoint.pt")))
    terminal.after(1, Pictured(10, Path("pictures/step-000010.jpg")))
    terminal.after(1, BatchHalved(4))
    seen = terminal.after(1, Chosen(10, 0.5, {}, 0.4))
    assert row(seen, "saved") == "step 10"
    assert row(seen, "picture") == "step-000010.jpg"
    assert row(seen, "batch") == "4, as memory is short"
    assert row(seen, "best") == "step 10"


def test_it_fits_into_a_narrow_terminal():
    terminal = Terminal(width=30)
    seen = terminal.after(0, steps_done(10))
    terminal.table.close()
    assert max(map(len, seen.splitlines())) <= 30


def test_the_terminal_is_as_before_afterwards():
    terminal = Terminal()
    terminal.after(0, steps_done(10))
    assert HIDE_CURSOR in terminal.output.getvalue()
    terminal.table.close()
    assert terminal.output.getvalue().rindex(SHOW_CURSOR) > 0
    assert "\x1b[2K" in terminal.output.getvalue()
