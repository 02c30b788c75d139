"""Cost of one adaptation step against the authors' loop: what surrounds the networks, and in all.

Same networks, batch and machine. The two take turns part by part, so that other load hits both
alike, and each part's fastest round counts; student and teacher are measured once for both.
Differentiable parts include their way back to the student's heat-maps. `--around-only` leaves out
the networks, which take most of the time.

    python -m benchmarks.adaptation_step [--network movenet_thunder] [--batch 8] [--rounds 5]
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

import torch

from benchmarks.step_parts import AuthorsStep, OurStep, Setting
from core.models.architecture import PoseArchitecture
from core.training.kept_memory import keep_freed_memory

Part = Callable[[], object]
_PADDING = 36


@dataclass
class Row:
    """A part's name, and the fastest run of each side in seconds; None where a side lacks it."""

    name: str
    theirs: Part | None
    ours: Part | None
    their_seconds: float = float("inf")
    our_seconds: float = float("inf")

    def measure(self) -> None:
        self.their_seconds = min(self.their_seconds, _seconds(self.theirs))
        if self.ours == self.theirs:
            self.our_seconds = self.their_seconds
        else:
            self.our_seconds = min(self.our_seconds, _seconds(self.ours))


@dataclass(frozen=True)
class Table:
    """The parts of a step; `views` come from the loader's processes with the authors."""

    around: Sequence[Row]
    views: Sequence[Row]
    networks: Sequence[Row]
    segmentation: Sequence[Row]  # in each step with the authors, once a picture with us

    @staticmethod
    def of(setting: Setting, around_only: bool) -> "Table":
        theirs, ours = AuthorsStep(setting), OurStep(setting)
        around = [
            Row("teacher's maps back, rectified", theirs.pseudo_labels, ours.pseudo_labels),
            Row("keypoint occlusion", theirs.occlusion, ours.occlusion),
            Row("source loss", theirs.supervision, ours.supervision),
            Row("student's maps back, consistency", theirs.consistency, ours.consistency),
            Row("keypoints and bones", theirs.bones, ours.bones),
            Row("silhouette's loss", theirs.silhouette, ours.silhouette),
            Row("teacher follows", theirs.follow, ours.follow),
            Row("accuracy of the batch", theirs.accuracy, None),
        ]
        views = [Row("augmented views and targets", theirs.views, ours.views)]
        if around_only:
            return Table(around, views, [], [])
        networks = [
            Row("student, forward and back", setting.student_pass, setting.student_pass),
            Row("teacher, forward", setting.teacher_pass, setting.teacher_pass),
            Row("prior, forward and back", theirs.prior, ours.prior),
            Row("Kp2Seg, theirs forward only", theirs.generator, ours.generator),
        ]
        return Table(around, views, networks, [Row("DeepLab, forward", theirs.deeplab, None)])

    @property
    def rows(self) -> list[Row]:
        return [*self.around, *self.views, *self.networks, *self.segmentation]

    def print_all(self) -> None:
        print(f"{'':{_PADDING}} {'theirs':>9} {'ours':>9} {'ratio':>7}")
        for row in self.rows:
            _print_line("  " + row.name, [row])
        _print_line("around the networks", self.around)
        _print_line("around the networks, with views", [*self.around, *self.views])
        if self.networks:
            _print_line("whole step without DeepLab", [*self.around, *self.views, *self.networks])
            _print_line("whole step", self.rows)


def main() -> None:
    args = _parsed()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    keep_freed_memory()  # for both alike
    table = Table.of(Setting.drawn(args.network, args.batch, args.device), args.around_only)
    for _ in range(args.rounds):
        for row in table.rows:
            row.measure()
    print(f"{args.network}, batch {args.batch} + {args.batch}, {args.threads} threads, ", end="")
    print(f"{args.device}, fastest of {args.rounds} rounds; milliseconds a step")
    table.print_all()


def _print_line(name: str, rows: Iterable[Row]) -> None:
    theirs, ours = (1e3 * sum(times) for times in zip(*map(_times, rows), strict=True))
    ratio = f"{theirs / ours:6.1f}x" if theirs and ours else ""
    print(f"{name:{_PADDING}} {theirs:9.1f} {ours:9.1f} {ratio:>7}")


def _times(row: Row) -> tuple[float, float]:
    return row.their_seconds, row.our_seconds


def _seconds(part: Part | None) -> float:
    if part is None:
        return 0.0
    started = time.perf_counter()
    part()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - started


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="movenet_thunder", choices=get_args(PoseArchitecture))
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--around-only", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
