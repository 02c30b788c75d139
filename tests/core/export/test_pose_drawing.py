import numpy as np
import pytest

from core.export.pose_drawing import PosePainter, paint_silhouette
from core.pose.palette import HALO, HUMAN_MARK, SIDE_COLOURS
from core.pose.pose_track import Pose, Source, Visibility
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()
WIDTH, HEIGHT = 640, 480


def painted(pose):
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    PosePainter.for_pictures(SKELETON, WIDTH, HEIGHT).paint(picture, pose)
    return picture


def pose_with(points, visibility=Visibility.SEEN, source=Source.MODEL):
    pose = Pose.absent(len(SKELETON))
    for name, xy in points.items():
        k = SKELETON.index(name)
        pose.xy[k], pose.visibility[k], pose.source[k] = xy, visibility, source
        pose.confidence[k] = 1
    return pose


def near(colour, other, tolerance=12):
    return np.abs(np.asarray(colour, int) - other).max() <= tolerance


@pytest.mark.parametrize(
    ("keypoint", "side"), [("left_knee", "left"), ("right_knee", "right"), ("head", "middle")]
)
def test_a_seen_point_is_a_disc_in_the_colour_of_its_side(keypoint, side):
    picture = painted(pose_with({keypoint: (100.5, 80.5)}))
    assert near(picture[80, 100], SIDE_COLOURS[side])


def test_a_hidden_point_is_a_ring():
    picture = painted(pose_with({"left_knee": (100.5, 80.5)}, Visibility.HIDDEN))
    centre, rim = picture[80, 100], picture[80, 98:109]
    assert not near(centre, SIDE_COLOURS["left"])
    assert any(near(pixel, SIDE_COLOURS["left"], 40) for pixel in rim)


def test_a_point_that_a_person_placed_has_a_white_core():
    picture = painted(pose_with({"left_knee": (100.5, 80.5)}, source=Source.HUMAN))
    assert near(picture[80, 100], HUMAN_MARK)


def test_a_bone_is_broken_where_an_end_is_doubtful():
    ends = {"left_ankle": (100, 100), "left_knee": (300, 100)}
    firm = painted(pose_with(ends))[99, 130:270]
    doubtful = painted(pose_with(ends, Visibility.HIDDEN))[99, 130:270]
    assert all(near(pixel, SIDE_COLOURS["left"]) for pixel in firm)
    assert any(near(pixel, SIDE_COLOURS["left"]) for pixel in doubtful)
    assert any(pixel.max() <= max(HALO) for pixel in doubtful)


def test_a_bone_to_the_trunk_has_the_colour_of_its_side():
    picture = painted(pose_with({"right_hip": (100, 100), "pelvis": (200, 100)}))
    assert near(picture[99, 150], SIDE_COLOURS["right"])


def test_an_empty_pose_changes_nothing():
    assert painted(Pose.absent(len(SKELETON))).max() == 0


@pytest.mark.parametrize("xy", [(-50, 20), (1e9, -1e9), (np.inf, 5), (640, 480)])
def test_points_outside_the_picture_do_no_harm(xy):
    painted(pose_with({"left_ankle": xy, "left_knee": (100, 100)}))


def test_two_points_in_one_place_do_no_harm():
    painted(pose_with({"left_ankle": (9, 9), "left_knee": (9, 9)}, Visibility.HIDDEN))


def test_sizes_follow_the_picture():
    small = PosePainter.for_pictures(SKELETON, 64, 48).radius
    large = PosePainter.for_pictures(SKELETON, 3840, 2160).radius
    assert 2 <= small < 5 < large < 40


def test_a_silhouette_is_tinted_inside_and_left_alone_outside():
    picture = np.full((HEIGHT, WIDTH, 3), 100, np.uint8)
    square = np.array([[100, 100], [300, 100], [300, 300], [100, 300]], np.float32)
    paint_silhouette(picture, Silhouette((square,)))
    assert picture[200, 200, 1] > picture[200, 200, 0]
    assert (picture[400, 400] == 100).all()
    hole = square * 0.25 + 150
    paint_silhouette(picture, Silhouette((square, hole)))


def test_a_silhouette_without_rings_changes_nothing():
    picture = np.full((48, 64, 3), 100, np.uint8)
    paint_silhouette(picture, Silhouette(()))
    assert (picture == 100).all()
