"""A sampler that paints rectangles, and can be told to be slow, to fail or to die."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import BadInput
from core.shards.sample import SyntheticSample
from core.shards.set_request import ClipForm
from tests.core.shards.painted_sample import painted


@dataclass(frozen=True)
class Painter:
    """Builds itself, inside the worker."""

    pause: float = 0.0
    fails_at: int = -1
    refuses_at: int = -1
    dies_at: int = -1
    largest_file: int = 0  # bytes; what writes more is refused, as by a full disk

    def __call__(self) -> "Painter":
        if self.largest_file:
            import resource  # which Windows lacks

            resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest_file, self.largest_file))
        return self

    def sample(self, kind: str, seed: int, index: int, size: int, strange: bool) -> SyntheticSample:
        time.sleep(self.pause)
        if index == self.fails_at:
            raise FileNotFoundError(2, "no such texture")
        if index == self.refuses_at:
            raise BadInput("--device cuda: this machine has none.")
        if index == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return painted(kind, seed, index, (size, size), strange=strange)

    def clip(
        self, seed: int, index: int, form: ClipForm, strange: bool
    ) -> Iterator[SyntheticSample]:
        for frame in range(form.frames):
            time.sleep(self.pause)
            yield painted(
                "infant",
                seed,
                index,
                (form.width, form.height),
                strange=strange,
                clip=f"clip-{index:06d}",
                frame=frame,
                time_s=frame / form.fps,
            )
