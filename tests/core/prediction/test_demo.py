"""The shipped network on the bundled demo, judged by its true keypoints."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import Predictor, build_predictor
from core.video.source import open_video

SKELETON = shipped_skeleton()


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return build_predictor(DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL)


@pytest.fixture(scope="module")
def images(demo_recording: Path) -> list[NDArray[np.uint8]]:
    with open_video(demo_recording) as source:
        return [frame.image for frame in source.frames(60, 80)]


@pytest.fixture(scope="module")
def poses(predictor: Predictor, images: list[NDArray[np.uint8]]) -> list[Pose]:
    return predictor.predict_frames(images, None)


def truth(demo_recording: Path) -> NDArray[np.float64]:
    with demo_recording.with_name("infant_demo_truth.csv").open() as file:
        rows = list(csv.DictReader(file))[60:80]
    names = SKELETON.keypoints
    return np.array([[[float(row[f"{n}_{axis}"]) for axis in "xy"] for n in names] for row in rows])


def test_limbs_are_within_five_per_cent_of_the_image(
    demo_recording: Path, poses: list[Pose]
) -> None:
    errors = np.linalg.norm(np.stack([p.xy for p in poses]) - truth(demo_recording), axis=-1)
    assert (errors[:, SKELETON.limb_indices] < 0.05 * 640).mean() > 0.9
    assert np.mean([(pose.visibility == Visibility.SEEN).mean() for pose in poses]) > 0.5


def test_the_outline_holds_the_seen_points(
    predictor: Predictor, images: list[NDArray[np.uint8]], poses: list[Pose]
) -> None:
    (outline,) = predictor.outlines(images[:1], poses[:1])
    assert outline is not None
    mask = outline.to_mask(640, 480)
    seen = poses[0].xy[poses[0].visibility == Visibility.SEEN].astype(int)
    assert mask[seen[:, 1], seen[:, 0]].mean() > 0.8
    assert 0.02 < mask.mean() < 0.4


def test_an_empty_pose_has_no_outline(
    predictor: Predictor, images: list[NDArray[np.uint8]]
) -> None:
    assert predictor.outlines(images[:1], [Pose.absent(16)]) == (None,)


def test_a_blank_wall_is_no_infant(predictor: Predictor) -> None:
    assert predictor.predict_image(np.full((120, 160, 3), 200, np.uint8)).is_empty
