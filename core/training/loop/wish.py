"""What somebody outside wants of a training while it runs."""

from enum import Enum


class Wish(Enum):
    """Asked for before each step."""

    GO_ON = "go on"
    PAUSE = "pause"  # save and stop; it is to go on another time
    FINISH = "finish"  # save and take this step for the last


def go_on() -> Wish:
    """Of a training that nobody interrupts."""
    return Wish.GO_ON
