"""Worker processes that make shards side by side."""

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from core.errors import JobFailed
from core.synthesis.production import worker
from core.synthesis.production.sampler import BuildSampler
from core.synthesis.production.shard_task import ShardTask

_SECONDS_BETWEEN_LOOKS = 0.2


class WorkerPool:
    """So many workers, inside a `with` block; leaving it by an exception ends them at once.

    They inherit the environment; set there how many threads their libraries may use.
    """

    def __init__(self, build: BuildSampler, workers: int) -> None:
        """Nobody is at work before `make` is called."""
        context = get_context("spawn")  # neither torch nor Warp survives a fork
        self._build = build
        self._workers = workers
        self._made = context.Value("q", 0)
        reading_end, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            workers, context, worker.settle_in, (worker.Ties(self._made, reading_end),)
        )

    def make(self, tasks: Iterable[ShardTask]) -> Iterator[int]:
        """Make all shards, and tell a few times a second how many samples were made.

        Raises:
            NoSpace: the disk is full.
            JobFailed: a worker was killed.
            SampleFailed: a sample could not be made.
        """
        waiting = iter(tasks)
        # Two for each worker: one in hand, one ready; a million at once would only take memory.
        running = {self._submit(task) for task in islice(waiting, 2 * self._workers)}
        while running:
            done, running = wait(running, _SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
            for future in done:
                self._settle(future)
            running |= {self._submit(task) for task in islice(waiting, len(done))}
            yield self._made.get_obj().value  # a worker killed while it counts keeps the lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._lifeline.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._lifeline.close()

    def _submit(self, task: ShardTask) -> Future[None]:
        with _interrupts_kept_from_children():
            return self._pool.submit(worker.make_shard, self._build, task)

    def _settle(self, future: Future[None]) -> None:
        try:
            future.result()
        except BrokenProcessPool as error:
            raise JobFailed(
                "a worker process was ended from outside, perhaps for lack of memory; finished "
                "shards stay: give the same command again, with fewer --workers."
            ) from error


@contextmanager
def _interrupts_kept_from_children() -> Iterator[None]:
    """Start processes that a Ctrl+C at the terminal does not reach, not even while they load."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
