"""Small true values to put into studies."""

from pathlib import Path

import numpy as np

from core.pose.pose_edit import PointChange, PoseEdit
from core.pose.pose_track import Point, PoseTrack, Source, Visibility
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.study.recordings import Recording
from core.study.study import Study
from core.video.frame import VideoInfo

SKELETON = shipped_skeleton()
FROM_MODEL = Point((10.5, 20.25), 0.5, Visibility.SEEN, Source.MODEL)


def video_info(path: Path, frames: int = 100) -> VideoInfo:
    return VideoInfo(path, 640, 480, np.arange(frames) / 25, variable_rate=False, codec="h264")


def add_clip(study: Study, name: str = "clip.mp4", frames: int = 100) -> Recording:
    path = study.path.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not really a video: " + name.encode())
    return study.add_recording(path, video_info(path, frames))


def placed(x: float, y: float) -> Point:
    return Point((x, y), 1.0, Visibility.SEEN, Source.HUMAN)


def move(frame: int, keypoint: int = 0, *, to: Point, before: Point = FROM_MODEL) -> PoseEdit:
    return PoseEdit(f"Move point in frame {frame}", (PointChange(frame, keypoint, before, to),))


def make_chunk(
    start: int, frames: int, *, seed: int = 0, outlines: bool = False, skeleton: Skeleton = SKELETON
) -> PredictionChunk:
    rng = np.random.default_rng(seed + start)
    shape = (frames, len(skeleton))
    track = PoseTrack(
        skeleton,
        rng.uniform(0, 600, (*shape, 2)).astype(np.float32),
        rng.uniform(0, 1, shape).astype(np.float32),
        rng.integers(0, 3, shape).astype(np.uint8),
        np.zeros(shape, np.uint8),
    )
    ring = np.array([[1, 1], [9, 1], [9, 9]], np.float32)
    silhouettes = tuple(
        Silhouette((ring + start + i,)) if i % 3 else None for i in range(frames if outlines else 0)
    )
    return PredictionChunk(start, track, silhouettes)


def add_prediction(study: Study, recording_id: int, frames: int, *, outlines: bool = False) -> int:
    prediction_id = study.begin_prediction(recording_id, "movenet_thunder", "abc123", {})
    for start in range(0, frames, 64):
        chunk = make_chunk(start, min(64, frames - start), outlines=outlines)
        study.add_chunk(prediction_id, chunk)
    return prediction_id


def same_track(a: PoseTrack, b: PoseTrack) -> bool:
    pairs = (
        (a.xy, b.xy),
        (a.confidence, b.confidence),
        (a.visibility, b.visibility),
        (a.source, b.source),
    )
    return all(np.array_equal(x, y, equal_nan=x.dtype.kind == "f") for x, y in pairs)
