"""The infant is found anywhere and in any direction, and followed; its absence is an empty pose."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import BadInput
from core.geometry import Box
from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import Predictor
from tests.core.prediction.conftest import COCO, BlobNetwork, painted, places

LIMBS = shipped_skeleton().limb_indices


def limb_errors(pose: Pose, points: NDArray[np.float32]) -> NDArray[np.float64]:
    truth = labelled_infant(Keypoints(COCO, points[None], np.ones((1, 17), np.float32)))
    return np.linalg.norm(pose.xy - truth.xy[0], axis=-1)[LIMBS]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 40, 200])
@pytest.mark.parametrize(("width", "height"), [(640, 480), (480, 854)])
def test_an_infant_is_found_in_any_direction(
    predictor: Predictor, degrees: float, width: int, height: int
) -> None:
    points = places(centre=(width * 0.55, height * 0.5), side=330, degrees=degrees)
    pose = predictor.predict_image(painted(points, width, height))
    assert limb_errors(pose, points).max() < 4
    assert (pose.visibility == Visibility.SEEN).all()


def test_a_small_infant_at_the_edge_of_a_large_picture_is_found(predictor: Predictor) -> None:
    points = places(centre=(1620, 830), side=480)
    pose = predictor.predict_image(painted(points, 1920, 1080))
    assert limb_errors(pose, points).max() < 4


def test_a_picture_without_an_infant_gives_an_empty_pose(predictor: Predictor) -> None:
    assert predictor.predict_image(np.zeros((480, 640, 3), np.uint8)).is_empty


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 700, 3), (700, 3, 3)])
def test_odd_pictures_are_no_error(predictor: Predictor, shape: tuple[int, ...]) -> None:
    assert predictor.predict_image(np.zeros(shape, np.uint8)).is_empty


def test_a_point_outside_the_frame_does_not_count_as_seen(predictor: Predictor) -> None:
    points = places(centre=(320, 240), side=300)
    shown = painted(points, 640, 480)[:330]
    pose = predictor.predict_image(shown)
    outside = (pose.xy[:, 1] > 330) | (pose.confidence < 0.5)
    assert outside[[0, 5]].all(), "the feet are cut off"
    assert not (pose.visibility[outside] == Visibility.SEEN).any()


def test_a_moving_and_turning_infant_is_followed(predictor: Predictor) -> None:
    paths = [places(centre=(220 + 6 * i, 240), side=300, degrees=2.0 * i) for i in range(20)]
    poses = predictor.predict_frames([painted(p, 640, 480) for p in paths], None)
    errors = [limb_errors(pose, p).max() for pose, p in zip(poses, paths, strict=True)]
    assert max(errors) < 9


def test_following_costs_about_one_look_a_frame(predictor: Predictor) -> None:
    points = places(centre=(320, 240), side=300)
    before = predictor.predict_image(painted(points, 640, 480))
    module = predictor.looker.network.module
    assert isinstance(module, BlobNetwork)
    module.seen.clear()
    predictor.predict_frames([painted(points, 640, 480)] * 32, before)
    assert sum(module.seen) <= 32 + 4
    assert max(module.seen) == predictor.batch


def test_an_infant_that_leaves_and_returns_elsewhere_is_followed_again(
    predictor: Predictor,
) -> None:
    here, there = places(centre=(200, 240), side=280), places(centre=(440, 240), side=280)
    gone = np.zeros((480, 640, 3), np.uint8)
    frames = [painted(here, 640, 480)] * 8 + [gone] * 12 + [painted(there, 640, 480)] * 12
    poses = predictor.predict_frames(frames, None)
    assert [pose.is_empty for pose in poses] == [False] * 8 + [True] * 12 + [False] * 12
    assert limb_errors(poses[20], there).max() < 4


def test_a_long_absence_costs_little_more_than_following(predictor: Predictor) -> None:
    module = predictor.looker.network.module
    assert isinstance(module, BlobNetwork)
    predictor.predict_frames([np.zeros((480, 640, 3), np.uint8)] * 32, None)
    assert sum(module.seen) <= 2.5 * 32


def test_nothing_outside_the_region_is_seen(predictor: Predictor) -> None:
    left, right = places(centre=(160, 240), side=290), places(centre=(480, 240), side=240)
    image = np.maximum(painted(left, 640, 480), painted(right, 640, 480))
    for points, roi in ((left, Box(0, 0, 318.6, 480)), (right, Box(322, 60, 400, 360))):
        assert limb_errors(predictor.predict_image(image, roi), points).max() < 4
        first, second = predictor.predict_frames([image, image], None, roi)
        assert limb_errors(first, points).max() < 4
        (third,) = predictor.predict_frames([image], second, roi)
        assert limb_errors(third, points).max() < 4


@pytest.mark.parametrize("roi", [Box(700, 0, 50, 50), Box(0, -60, 50, 50), Box(10, 10, 0.2, 50)])
def test_a_region_outside_the_frame_is_refused_in_words(predictor: Predictor, roi: Box) -> None:
    with pytest.raises(BadInput, match="outside the frame of 640 x 480"):
        predictor.predict_image(np.zeros((480, 640, 3), np.uint8), roi)


def test_a_smaller_batch_sees_the_same(predictor: Predictor) -> None:
    image = painted(places(centre=(300, 240), side=300), 640, 480)
    whole, halved = predictor.predict_image(image), predictor.with_batch(1).predict_image(image)
    np.testing.assert_allclose(whole.xy, halved.xy, atol=1e-3)
