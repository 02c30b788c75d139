"""A study of a hundred recordings and a million predicted frames: what opening and editing cost.

Run: .venv/bin/python benchmarks/study_scale.py
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from core.pose.pose_edit import PointChange, PoseEdit, moved
from core.pose.pose_track import Point, PoseTrack, Source, Visibility
from core.pose.prediction_chunk import PredictionChunk
from core.pose.review import frame_score, frame_scores, next_low
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton
from core.study.predictions import add_chunk
from core.study.study import Study
from core.video.frame import VideoInfo

RECORDINGS, LONG, SHORT, CHUNK = 100, 900_000, 1_010, 64
SKELETON = shipped_skeleton()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.shift"
        build(path)
        size = path.stat().st_size / 2**20
        print(f"study: {RECORDINGS} recordings, {LONG + 99 * SHORT:,} frames, {size:.0f} MiB")
        report("open", lambda: Study.open(path).close())
        with Study.open(path) as study:
            measure(study)


def measure(study: Study) -> None:
    report("recordings()", study.recordings)
    report("summaries()", study.summaries)
    report("a hundred thumbnails", lambda: [study.thumbnail(i) for i in range(1, RECORDINGS + 1)])
    report("edit_log of 5,000 edits, first time", lambda: study.edit_log(1), times=1)
    report("edit_log of 5,000 edits, again", lambda: study.edit_log(1))
    report(f"load_track of {LONG:,} frames", lambda: study.load_track(1, LONG), times=3)
    track, corrections = study.load_track(1, LONG), study.edit_log(1).corrections
    report("frame_scores", lambda: frame_scores(track, corrections))
    scores = frame_scores(track, corrections)
    report("next_low", lambda: next_low(scores, 0.05, current=LONG // 2, direction=1))
    pose = corrections.over(track.pose(5), 5)
    report("frame_score of one frame", lambda: frame_score(pose, SKELETON.limb_indices), times=1000)
    frames = iter(np.random.default_rng(0).integers(0, LONG, 10**6).tolist())
    report("silhouette, random frame", lambda: study.silhouette(1, next(frames)), times=100)
    report("append_edit", lambda: study.append_edit(1, edit_of(next(frames))), times=200)
    with loading(study):
        report("append_edit during load_track", lambda: study.append_edit(1, edit_of(7)), times=200)
    report("copy_to", lambda: study.copy_to(study.path.with_name("copy.shift")), times=1)


def report(what: str, call: Callable[[], object], *, times: int = 5) -> None:
    seconds = [timed(call) for _ in range(times)]
    median, worst = 1000 * float(np.median(seconds)), 1000 * max(seconds)
    print(f"{what:40} median {median:9.2f} ms   worst {worst:9.2f} ms")


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class loading:  # noqa: N801
    """Loads the long track again and again in another thread."""

    def __init__(self, study: Study) -> None:
        self.study, self.stop = study, threading.Event()
        self.thread = threading.Thread(target=self._load)

    def _load(self) -> None:
        while not self.stop.is_set():
            self.study.load_track(1, LONG)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


def build(path: Path) -> None:
    rng = np.random.default_rng(0)
    with Study.create(path) as study:
        for number in range(RECORDINGS):
            add_recording(study, number, LONG if number == 0 else SHORT, rng)
        for frame in range(5000):
            study.append_edit(1, edit_of(frame))


def add_recording(study: Study, number: int, frames: int, rng: np.random.Generator) -> None:
    clip = study.path.with_name(f"{number}.mp4")
    clip.write_bytes(str(number).encode())
    info = VideoInfo(clip, 640, 480, np.arange(frames) / 30, variable_rate=False, codec="h264")
    recording = study.add_recording(clip, info).id
    study.set_thumbnail(recording, rng.bytes(6000))
    prediction = study.begin_prediction(recording, "movenet_thunder", "0" * 64, {})
    with study._database.writing() as connection:  # one transaction: this is not what is measured
        for start in range(0, frames, CHUNK):
            chunk = make_chunk(start, min(CHUNK, frames - start), rng)
            add_chunk(connection, prediction, chunk)
    study.finish_prediction(prediction)


def make_chunk(start: int, frames: int, rng: np.random.Generator) -> PredictionChunk:
    shape = (frames, len(SKELETON))
    track = PoseTrack(
        SKELETON,
        rng.uniform(0, 640, (*shape, 2)).astype(np.float32),
        rng.beta(8, 1, shape).astype(np.float32),
        np.full(shape, 2, np.uint8),
        np.zeros(shape, np.uint8),
    )
    ring = np.cumsum(rng.normal(0, 3, (60, 2)), axis=0).astype(np.float32) + 300
    return PredictionChunk(start, track, (Silhouette((ring,)),) * frames)


def edit_of(frame: int) -> PoseEdit:
    before = Point((100.0, 100.0), 0.5, Visibility.SEEN, Source.MODEL)
    change = PointChange(frame, 0, before, moved(before, (frame % 640, 12.5)))
    return PoseEdit("Move left ankle", (change,))


if __name__ == "__main__":
    main()
