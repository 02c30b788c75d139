"""The sixteen keypoints follow from others by name, and missing ones stay missing."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.pose.keypoint_rules import Keypoints, labelled_infant, predicted_infant
from core.pose.skeleton import shipped_skeleton

COCO = shipped_skeleton("coco17").keypoints
INFANT = shipped_skeleton()


def coco(**confidence: float) -> Keypoints:
    """Keypoints at (i, 2i), sure but for those named."""
    xy = np.array([[[i, 2 * i] for i in range(17)]], np.float32)
    sure = np.array([[confidence.get(name, 0.9) for name in COCO]], np.float32)
    return Keypoints(COCO, xy, sure)


def place(points: Keypoints, name: str) -> NDArray[np.float32]:
    return points.xy[0, points.names.index(name)]


def confidence(points: Keypoints, name: str) -> float:
    return float(points.confidence[0, points.names.index(name)])


def middle(first: str, second: str) -> list[float]:
    at = (COCO.index(first) + COCO.index(second)) / 2
    return [at, 2 * at]


@pytest.mark.parametrize("rule", [labelled_infant, predicted_infant])
def test_limbs_keep_their_place_and_names_their_order(rule: object) -> None:
    points = rule(coco(), INFANT)  # type: ignore[operator]
    assert points.names == INFANT.keypoints
    for name in np.array(INFANT.keypoints)[INFANT.limb_indices]:
        assert place(points, name).tolist() == [COCO.index(name), 2 * COCO.index(name)]


def test_the_trunk_follows_from_hips_and_shoulders() -> None:
    points = predicted_infant(coco(left_hip=0.3), INFANT)
    neck = np.array(middle("left_shoulder", "right_shoulder"))
    pelvis = np.array(middle("left_hip", "right_hip"))
    assert place(points, "neck").tolist() == neck.tolist()
    assert place(points, "pelvis").tolist() == pelvis.tolist()
    assert place(points, "thorax") == pytest.approx(neck + 0.4 * (pelvis - neck))
    assert confidence(points, "pelvis") == pytest.approx(0.3)
    assert confidence(points, "thorax") == pytest.approx(0.3)


def test_the_head_is_between_two_sure_ears() -> None:
    assert place(predicted_infant(coco()), "head").tolist() == middle("left_ear", "right_ear")


def test_a_predicted_head_without_an_ear_is_the_best_of_the_face() -> None:
    points = predicted_infant(coco(left_ear=0.1, right_ear=0.6, nose=0.95))
    assert place(points, "head").tolist() == [0, 0]
    assert confidence(points, "head") == pytest.approx(0.95)


def test_a_labelled_head_without_an_ear_is_missing() -> None:
    points = labelled_infant(coco(left_ear=0))
    assert confidence(points, "head") == 0
    assert np.isnan(place(points, "head")).all()


def test_a_missing_hip_takes_pelvis_and_thorax_with_it_but_not_the_neck() -> None:
    points = labelled_infant(coco(right_hip=0))
    assert [confidence(points, n) > 0 for n in ("right_hip", "pelvis", "thorax", "neck")] == [
        False,
        False,
        False,
        True,
    ]


def test_a_head_top_is_not_taken_for_the_head() -> None:
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip", "neck", "head_top")
    xy = np.arange(12, dtype=np.float32).reshape(1, 6, 2)
    points = labelled_infant(Keypoints(names, xy, np.ones((1, 6), np.float32)))
    assert confidence(points, "head") == 0
    assert place(points, "neck").tolist() == [8, 9], "a neck of its own is kept"
    assert confidence(points, "left_ankle") == 0


def test_a_network_of_our_own_skeleton_passes_through() -> None:
    xy = np.random.default_rng(1).random((2, 16, 2)).astype(np.float32)
    points = predicted_infant(Keypoints(INFANT.keypoints, xy, np.ones((2, 16), np.float32)))
    np.testing.assert_array_equal(points.xy, xy)
