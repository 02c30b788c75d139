"""How fast results leave: a million frames as tables, and frames a second of the overlay video.

python benchmarks/exporting.py [--frames 1000000]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from core.export.overlay_video import write_overlay
from core.export.pose_csv import CsvLayout, PoseCsv, TableShape
from core.paths import resources_folder
from core.pose.pose_track import Pose, PoseTrack
from core.pose.skeleton import shipped_skeleton
from core.video.source import open_video

SKELETON = shipped_skeleton()
BLOCK = 4096


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=int, default=1_000_000)
    frames = parser.parse_args().frames
    with tempfile.TemporaryDirectory() as folder:
        for layout in ("wide", "long"):
            _table(Path(folder) / "poses.csv", layout, frames)
        _overlay(Path(folder) / "overlay.mp4")


def _table(path: Path, layout: CsvLayout, frames: int) -> None:
    track = _walk(BLOCK)
    before = psutil.Process().memory_info().rss
    with path.open("wb") as file, _timed() as seconds:
        table = PoseCsv(file, TableShape(SKELETON, layout))
        for start in range(0, frames, BLOCK):
            count = min(BLOCK, frames - start)
            table.write(start, np.arange(start, start + count) / 30, track.part(0, count))
    grown = (psutil.Process().memory_info().rss - before) / 2**20
    size = path.stat().st_size / 2**20
    print(
        f"{layout}: {frames} frames, {size:.0f} MiB in {seconds[0]:.1f} s "
        f"({frames / seconds[0]:.0f} frames/s), memory grew by {grown:.0f} MiB"
    )


def _overlay(path: Path) -> None:
    with open_video(resources_folder() / "demo" / "infant_demo.mp4") as source:
        count = source.info.frame_count
        track = _walk(count)
        with _timed() as decoding:
            sum(1 for _ in source.frames())
        poses = ((track.pose(i), None) for i in range(count))
        with _timed() as whole:
            for _ in write_overlay(source, poses, path, skeleton=SKELETON, count=count):
                pass
    print(
        f"overlay 640x480: {count / whole[0]:.0f} frames/s on {os.cpu_count()} cores "
        f"(decoding alone: {count / decoding[0]:.0f})"
    )


def _walk(frames: int) -> PoseTrack:
    rng = np.random.default_rng(0)
    pose = Pose.absent(len(SKELETON))
    pose.visibility[:] = 2
    track = PoseTrack.stack(SKELETON, [pose] * frames)
    track.xy[:] = rng.uniform(20, 460, track.xy.shape)
    track.confidence[:] = rng.random(track.confidence.shape)
    return track


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Yield a list that holds the seconds of the block once it is over."""
    seconds: list[float] = []
    start = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - start)


if __name__ == "__main__":
    main()
