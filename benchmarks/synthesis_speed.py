"""How many labelled pictures a second, and what each stage of one costs.

    python -m benchmarks.synthesis_speed [--count 200] [--workers 2] [--size 256] [--device cpu]

First the whole command's own way with its workers, written to disk with all labels; then one
process alone, stage by stage, in processor time. Both after uncounted pictures, so that nothing
is compiled.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in the command's workers

from core.cli.synthesize import StageBuilder
from core.progress import Progress
from core.shards.sample_files import encode
from core.shards.set_request import Encoding, SetRequest
from core.synthesis.production.set_folder import claimed
from core.synthesis.production.synthesize import GENERATOR, Means, synthesize
from core.synthesis.render.renderer import Renderer
from core.synthesis.room.furnish import Furnisher
from core.synthesis.room.room import Room
from core.synthesis.staging.casting import Casting
from core.synthesis.staging.stage import Stage
from core.synthesis.wardrobe.outfit import Outfit

STAGES: tuple[tuple[str, type, str], ...] = (
    ("body, clothes chosen", Casting, "actor"),
    ("posture, settled", Casting, "posture"),
    ("room, light, camera", Furnisher, "furnish"),
    ("dressing", Outfit, "dress"),
    ("things that follow the body", Room, "at"),
    ("rendering, labels, finish", Renderer, "render"),
)
SHARD = 20


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    for kind in ("infants", "adults"):
        rate = whole(kind, args)
        print(f"{kind}: {rate:.1f} pictures a second, {args.workers} workers, {args.size} px")
    for kind in ("infant", "adult"):
        print_stages(kind, args)


def whole(kind: str, args: argparse.Namespace) -> float:
    """Pictures a second of a set with all labels, from the first picture to the last."""
    request = SetRequest(
        generator=GENERATOR, kind=kind, count=args.count, seed=1, size=args.size, shard_size=SHARD
    )
    means = Means(StageBuilder(args.device), workers=args.workers)
    with tempfile.TemporaryDirectory() as out, claimed(Path(out), request) as folder:
        return drained(synthesize(folder, means))


def drained(work: Generator[Progress, None, float]) -> float:
    """What a generator returns at its end."""
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def print_stages(kind: str, args: argparse.Namespace) -> None:
    """Milliseconds a picture in each stage, in this process alone."""
    stage, encoding = Stage(args.device), Encoding()
    for index in range(SHARD):
        stage.sample(kind, 2, index, args.size, False)
    spent: dict[str, float] = {}
    with ExitStack() as stack:
        for title, owner, name in STAGES:
            stack.enter_context(timed(owner, name, title, spent))
        start = time.process_time()
        samples = [
            stage.sample(kind, 3, index, args.size, False) for index in range(args.count // 2)
        ]
        total = time.process_time() - start
    start = time.process_time()
    for sample in samples:
        encode(sample, encoding)
    encoding_time = time.process_time() - start
    rows = {
        **spent,
        "the rest": total - sum(spent.values()),
        "JPEG, PNGs, JSON": encoding_time,
        "whole": total + encoding_time,
    }
    print(f"\n{kind}, milliseconds a picture on one core")
    for title, seconds in rows.items():
        print(f"  {title:30} {1000 * seconds / len(samples):6.1f}")


@contextmanager
def timed(owner: type, name: str, title: str, spent: dict[str, float]) -> Generator[None]:
    """Add up how long a method takes."""
    original: Callable[..., Any] = getattr(owner, name)

    def clocked(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return original(*args, **kwargs)
        finally:
            spent[title] = spent.get(title, 0.0) + time.process_time() - start

    with patch.object(owner, name, clocked):
        yield


if __name__ == "__main__":
    main()
