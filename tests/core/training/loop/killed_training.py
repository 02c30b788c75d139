"""A toy training in a process of its own, to be killed: `python killed_training.py FOLDER`."""

import sys
from pathlib import Path

from core.training.loop.train import Plan, train
from tests.core.training import toy

STEPS, SAVE_EVERY = 40, 3


def run(folder: Path) -> None:
    learner = toy.learner(toy.recipe(steps=STEPS))
    plan = Plan(folder, STEPS, SAVE_EVERY, 5, {"recipe": "toy"})
    for event in train(learner, plan):
        sys.stdout.write(f"{event}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
