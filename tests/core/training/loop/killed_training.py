"""A toy training that is killed again and again: `killed_training.py FOLDER SEED KILLS [--every]`.

What is slow, importing torch and making networks, is done once. Each training is a fork of that
process which dies at a moment drawn beforehand, and the next one goes on from what it left. One
line of JSON for each: how it ended, and how many files it left half written.
"""

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from types import FrameType

from core.training.learner import AdaptationLearner
from core.training.loop.train import Plan, train
from tests.core.training import toy

STEPS, SAVE_EVERY = 40, 3
CALLS, SAVING_CALLS, SECONDS = 70_000, 150, 0.25  # of about eight steps
WRITER = "atomic_file.py"


@dataclass(frozen=True)
class Moment:
    """When a training dies.

    kind: "call", before its `at`-th call or return, of C functions too; "saving", the same counted
    within the writing of files alone; "instant", after `at` seconds, wherever it is.
    """

    kind: str
    at: float

    @staticmethod
    def drawn(kind: str, chance: random.Random) -> "Moment":
        if kind == "instant":
            return Moment(kind, chance.uniform(0.001, SECONDS))
        return Moment(kind, chance.randrange(1, CALLS if kind == "call" else SAVING_CALLS))

    def arm(self) -> None:
        """From here on this process is to die at the moment."""
        if self.kind == "instant":
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends it, in any C code
            signal.setitimer(signal.ITIMER_REAL, self.at)
        else:
            sys.setprofile(_dying(int(self.at), saving=self.kind == "saving"))


def _dying(left: int, *, saving: bool) -> Callable[[FrameType, str, object], None]:
    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if saving and not _is_writing(frame):
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def _is_writing(frame: FrameType) -> bool:
    above = frame.f_back
    return frame.f_code.co_filename.endswith(WRITER) or (
        above is not None and above.f_code.co_filename.endswith(WRITER)
    )


def new_learner() -> AdaptationLearner:
    return toy.learner(toy.recipe(steps=STEPS))


def run(folder: Path, learner: AdaptationLearner) -> None:
    list(train(learner, Plan(folder, STEPS, SAVE_EVERY, 5, {"recipe": "toy"})))


def died(folder: Path, learner: AdaptationLearner, moment: Moment | None) -> bool:
    """Train in a fork; whether the moment came before the end. Without one it goes to the end."""
    child = os.fork()
    if child == 0:
        try:
            if moment is not None:
                moment.arm()
            run(folder, learner)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGALRM)
        return True
    assert os.WEXITSTATUS(status) == 0, "the training failed instead of being killed"
    return False


def moments(seed: int, kinds: tuple[str, ...]) -> Iterator[Moment]:
    chance = random.Random(seed)
    while True:
        for kind in kinds:
            yield Moment.drawn(kind, chance)


def kill_often(root: Path, kills: int, drawn: Iterator[Moment]) -> None:
    """Spend the kills on as many trainings as it takes; each goes to its end."""
    learner, number, left = new_learner(), 0, kills
    while left > 0:
        folder = root / str(number)
        while left > 0 and died(folder, learner, moment := next(drawn)):
            left -= 1
            tell(moment.kind, folder)
        died(folder, learner, None)
        tell("end", folder)
        number += 1


def tell(ended: str, folder: Path) -> None:
    parts = len(list(folder.glob(".*.part*"))) if folder.exists() else 0
    sys.stdout.write(json.dumps({"ended": ended, "folder": str(folder), "parts": parts}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    root, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    if "--every" in sys.argv:  # moment of writing, one after the other
        kill_often(root, kills, cycle(Moment("saving", at + 1) for at in range(kills)))
    else:
        kill_often(root, kills, moments(seed, ("call", "saving", "instant")))
