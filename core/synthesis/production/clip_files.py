"""A clip as people look at it: `clip-000000.mp4`, and its exact keypoints as a table beside it."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from core.atomic_file import replacing
from core.pose.skeleton import shipped_skeleton
from core.shards.sample import SampleLabels, SyntheticSample
from core.shards.set_request import ClipForm
from core.video.video_writer import VideoWriter

Show = Callable[[SyntheticSample], None]


def clip_names(clip: int) -> tuple[str, str]:
    """The file names of a clip's video and of its table."""
    return f"clip-{clip:06d}.mp4", f"clip-{clip:06d}_truth.csv"


@contextmanager
def clip_files(folder: Path, clip: int, form: ClipForm | None) -> Iterator[Show]:
    """Give what takes the frames of a clip; both files appear when the block ends well.

    Without a form nothing is written. Raises NoSpace.
    """
    if form is None:
        yield _leave_out
        return
    video_name, table_name = clip_names(clip)
    times = np.arange(form.frames) / form.fps
    with (
        replacing(folder / table_name) as part,
        part.open("w", newline="", encoding="ascii") as table,
        VideoWriter(folder / video_name, form.width, form.height, times) as video,
    ):
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(_columns())

        def show(sample: SyntheticSample) -> None:
            video.write(sample.image)
            rows.writerow(_row(sample.labels))

        yield show


def _leave_out(sample: SyntheticSample) -> None:
    """Stills are in their shard only."""


def _columns() -> list[str]:
    names = shipped_skeleton().keypoints
    return ["frame", *(f"{name}_{what}" for name in names for what in ("x", "y", "visibility"))]


def _row(labels: SampleLabels) -> list[str]:
    points = zip(labels.xy, labels.visibility, strict=True)
    return [
        str(labels.frame),
        *(text for (x, y), seen in points for text in (f"{x:.3f}", f"{y:.3f}", str(seen))),
    ]
