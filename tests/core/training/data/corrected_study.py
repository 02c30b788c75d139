"""A study with painted infants, some of whose frames a person corrected."""

from pathlib import Path

import cv2
import numpy as np

from core.pose.pose_edit import PointChange, PoseEdit
from core.pose.pose_track import Point, PoseTrack, Source, Visibility
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import shipped_skeleton
from core.study.recordings import Recording
from core.study.study import Study
from core.video.source import open_video
from tests.core.prediction.conftest import COCO, painted, places

SKELETON = shipped_skeleton()
WIDTH, HEIGHT = 320, 240
SEEN, HIDDEN, ABSENT = Visibility.SEEN, Visibility.HIDDEN, Visibility.ABSENT


def infant(number: int) -> np.ndarray:
    return painted(_places(number), WIDTH, HEIGHT)


def _places(number: int) -> np.ndarray:
    return places(centre=(140 + 6 * number, 120), side=170, degrees=5 * number)


def truth(number: int) -> np.ndarray:
    """The 16 keypoints of the painted infant, as well as COCO's 17 tell."""
    by_name = dict(zip(COCO, _places(number).astype(np.float64), strict=True))
    by_name["neck"] = (by_name["left_shoulder"] + by_name["right_shoulder"]) / 2
    by_name["pelvis"] = (by_name["left_hip"] + by_name["right_hip"]) / 2
    by_name["thorax"] = (by_name["neck"] + by_name["pelvis"]) / 2
    by_name["head"] = by_name["nose"]
    return np.array([by_name.get(name, by_name["nose"]) for name in SKELETON.keypoints])


def write_pictures(folder: Path, count: int, first: int = 0) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        cv2.imwrite(str(folder / f"{number:03}.png"), infant(first + number)[..., ::-1])
    return folder


def add(study: Study, folder: Path) -> Recording:
    with open_video(folder) as source:
        return study.add_recording(folder, source.info)


def predict(study: Study, recording: Recording) -> None:
    """A model's poses that lie ten pixels off, sure of themselves."""
    xy = np.stack([truth(number) + 10 for number in range(recording.frame_count)])
    shape = xy.shape[:2]
    track = PoseTrack(
        SKELETON,
        xy.astype(np.float32),
        np.full(shape, 0.9, np.float32),
        np.full(shape, SEEN, np.uint8),
        np.zeros(shape, np.uint8),
    )
    prediction = study.begin_prediction(recording.id, "toy", "f" * 64, {})
    study.add_chunk(prediction, PredictionChunk(0, track, ()))
    study.finish_prediction(prediction)


def correct(study: Study, recording: Recording, frame: int, **points: Point) -> None:
    """Place points by name in one gesture."""
    before = Point((1.0, 1.0), 0.5, SEEN, Source.MODEL)
    changes = [PointChange(frame, SKELETON.index(k), before, p) for k, p in points.items()]
    study.append_edit(recording.id, PoseEdit("fix", tuple(changes)))


def placed(
    x: float, y: float, visibility: Visibility = SEEN, source: Source = Source.HUMAN
) -> Point:
    return Point((float(x), float(y)), 1.0, visibility, source)


def right(frame: int, *names: str) -> dict[str, Point]:
    """The true places of some points."""
    return {name: placed(*truth(frame)[SKELETON.index(name)]) for name in names}
