"""Inside a worker process: make one shard after the other, and go when nobody waits for them."""

import os
import signal
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from threading import Thread

import cv2

from core.synthesis.production.sampler import BuildSampler, Sampler
from core.synthesis.production.shard_task import ShardTask

_GONE = 1  # exit status; nobody is there to read it


@dataclass(frozen=True)
class Ties:
    """What a worker shares with the process that started it.

    made: samples made by all workers; lifeline: says nothing until that process closes it or ends.
    """

    made: "Synchronized[int]"
    lifeline: Connection

    def count_one(self) -> None:
        """Tell that one more sample was made."""
        with self.made.get_lock():
            self.made.value += 1


_ties: Ties | None = None  # set once, when this process becomes a worker


def settle_in(ties: Ties) -> None:
    """Begin as a worker: one thread of work, deaf to Ctrl+C, which its starter answers."""
    global _ties
    _ties = ties
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    Thread(target=_end_with, args=(ties.lifeline,), daemon=True).start()


def make_shard(build: BuildSampler, task: ShardTask) -> None:
    """Make one shard; raises what `ShardTask.make` and the builder raise."""
    assert _ties is not None, "only inside a worker"
    task.make(_sampler(build), _ties.count_one)


@cache
def _sampler(build: BuildSampler) -> Sampler:
    return build()


def _end_with(lifeline: Connection) -> None:
    """End at once when the starter has gone, however it went: nothing half made is ever seen."""
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(_GONE)
