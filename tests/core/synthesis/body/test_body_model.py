import numpy as np
import pytest

from core.pose.skeleton import shipped_skeleton
from core.synthesis.body import rotations as turn
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose

NAMES = shipped_skeleton().keypoints


def turned(pose: BodyPose, **degrees: tuple[tuple[float, float, float], float]) -> BodyPose:
    """The pose with some joints turned about an axis."""
    rotations = pose.rotations.copy()
    for joint, (axis, angle) in degrees.items():
        rotations[JOINTS.index(joint)] = turn.about(axis, angle)
    return BodyPose(rotations, pose.grip, pose.mouth, pose.eyes)


def other_side(name: str) -> str:
    side, _, rest = name.partition("_")
    return {"left": f"right_{rest}", "right": f"left_{rest}"}.get(side, name)


def joint(body, name):
    return body.joints[JOINTS.index(name)]


def keypoint(body, name):
    return body.keypoints[NAMES.index(name)]


@pytest.mark.parametrize("side", ["left", "right"])
def test_in_the_zero_pose_limbs_hang_straight_down(baby, zero_pose, side):
    body = baby.posed(zero_pose)
    for upper, lower in (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee")):
        along = joint(body, f"{side}_{lower}") - joint(body, f"{side}_{upper}")
        assert -along[2] / np.linalg.norm(along) > 0.995


def test_left_is_plus_x_and_the_face_looks_along_minus_y(baby, zero_pose):
    body = baby.posed(zero_pose)
    for name in NAMES:
        if name.startswith("left_"):
            assert keypoint(body, name)[0] > 0 > keypoint(body, name.replace("left", "right"))[0]
    eyes = np.isin(baby.model.region, [2, 3])
    eye = body.vertices[baby.model.faces[eyes]].mean(axis=(0, 1))
    assert eye[1] < keypoint(body, "head")[1] - 0.02


def test_bodies_stand_on_the_ground(baby, zero_pose):
    assert abs(baby.posed(zero_pose).rest_vertices[:, 2].min()) < 1e-6


def test_bending_an_elbow_brings_the_hand_forward(baby, zero_pose):
    straight, bent = (
        baby.posed(zero_pose),
        baby.posed(turned(zero_pose, left_elbow=((-1, 0, 0), 90))),
    )
    moved = keypoint(bent, "left_wrist") - keypoint(straight, "left_wrist")
    assert moved[1] < -0.05
    np.testing.assert_allclose(keypoint(bent, "right_wrist"), keypoint(straight, "right_wrist"))


def test_skin_follows_the_bone(baby, zero_pose):
    body = baby.posed(turned(zero_pose, right_hip=((-1, 0, 0), 90)))
    thigh = joint(body, "right_knee") - joint(body, "right_hip")
    assert -thigh[1] / np.linalg.norm(thigh) > 0.995
    shank = body.vertices[baby.model.faces[baby.model.parts == BodyPart.RIGHT_SHANK]].mean((0, 1))
    assert np.linalg.norm(shank - joint(body, "right_knee")) < 0.12


def test_joints_without_skin_are_the_joints_of_the_posed_body(baby, zero_pose):
    pose = turned(zero_pose, root=((1, 0, 0), 70), chest=((0, 0, 1), 20), left_knee=((1, 0, 0), 60))
    np.testing.assert_allclose(baby.joints(pose), baby.posed(pose).joints, atol=1e-9)


def test_mirrored_poses_are_mirror_images(baby, zero_pose):
    left = baby.posed(turned(zero_pose, left_shoulder=((0, -1, 0), 80)))
    right = baby.posed(turned(zero_pose, right_shoulder=((0, 1, 0), 80)))
    mirror = np.array([-1, 1, 1])
    other = [NAMES.index(other_side(name)) for name in NAMES]
    np.testing.assert_allclose(left.keypoints * mirror, right.keypoints[other], atol=2e-3)


def test_a_fist_brings_finger_tips_to_the_palm(baby, zero_pose):
    def reach(grip):
        pose = BodyPose(zero_pose.rotations, grip=(grip, 0.0))
        body = baby.posed(pose)
        hand = np.unique(baby.model.faces[baby.model.parts == BodyPart.LEFT_HAND])
        return np.linalg.norm(body.vertices[hand] - joint(body, "left_wrist"), axis=1).max()

    assert reach(1.0) < 0.75 * reach(0.0)


def test_eyes_close_and_mouths_open(baby, zero_pose):
    plain = baby.posed(zero_pose)
    asleep = baby.posed(BodyPose(zero_pose.rotations, eyes=0.0))
    crying = baby.posed(BodyPose(zero_pose.rotations, mouth=1.0))
    for other in (asleep, crying):
        moved = np.linalg.norm(other.vertices - plain.vertices, axis=1)
        upper = np.isin(baby.model.parts, [BodyPart.HEAD, BodyPart.TORSO])
        limbs = np.unique(baby.model.faces[~upper])
        assert moved.max() > 0.001
        assert moved[limbs].max() < 1e-5


@pytest.mark.parametrize(
    ("months", "length", "mass"),
    [(0, 0.495, 3.3), (6, 0.667, 7.6), (12, 0.749, 9.3), (18, 0.816, 10.6)],
)
def test_infants_have_the_size_of_the_growth_charts(body_model, months, length, mass):
    body = body_model.shaped(Physique(months))
    assert np.ptp(body.zero_vertices[:, 2]) == pytest.approx(length, rel=0.03)
    assert body_model.skin.volume(body.zero_vertices) * 1000 == pytest.approx(mass, rel=0.06)


def test_taller_and_heavier_people_are(body_model):
    small, tall = (body_model.shaped(Physique(6, height=value)) for value in (0.1, 0.9))
    light, heavy = (body_model.shaped(Physique(6, weight=value)) for value in (0.1, 0.9))
    assert np.ptp(tall.zero_vertices[:, 2]) > 1.05 * np.ptp(small.zero_vertices[:, 2])
    volume = body_model.skin.volume
    assert volume(heavy.zero_vertices) > 1.2 * volume(light.zero_vertices)


@pytest.mark.parametrize("months", [0, 3, 12])
def test_infants_have_large_heads(body_model, months):
    def head_share(age):
        body = body_model.shaped(Physique(age))
        head = np.unique(body_model.faces[body_model.parts == BodyPart.HEAD])
        return np.ptp(body.zero_vertices[head, 0]) / np.ptp(body.zero_vertices[:, 2])

    assert head_share(months) > 1.7 * head_share(360)


def test_axial_keypoints_follow_the_rules(baby, zero_pose):
    body = baby.posed(zero_pose)
    hips = (keypoint(body, "left_hip") + keypoint(body, "right_hip")) / 2
    shoulders = (keypoint(body, "left_shoulder") + keypoint(body, "right_shoulder")) / 2
    np.testing.assert_allclose(keypoint(body, "pelvis"), hips, atol=1e-6)
    np.testing.assert_allclose(keypoint(body, "neck"), shoulders, atol=1e-6)
    np.testing.assert_allclose(keypoint(body, "thorax"), shoulders * 0.6 + hips * 0.4, atol=1e-6)


def test_keypoints_lie_inside_and_about_as_deep_as_the_limb_is_thick(baby):
    assert (baby.thickness > 0.005).all()
    assert (baby.thickness < 0.08).all()


def test_normals_point_outward(baby, zero_pose):
    body = baby.posed(zero_pose)
    grown = body.vertices + 0.001 * body.normals
    assert baby.model.skin.volume(grown) > baby.model.skin.volume(body.vertices)
    np.testing.assert_allclose(np.linalg.norm(body.normals, axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("part", [one for one in BodyPart if one.name.startswith("LEFT")])
def test_left_parts_are_on_the_left(baby, part):
    faces = baby.model.faces[baby.model.parts == part]
    assert len(faces) > 50
    assert baby.zero_vertices[faces].mean(axis=(0, 1))[0] > 0.01


def test_moving_a_body_moves_all_of_it(baby, zero_pose):
    body = baby.posed(zero_pose)
    moved = body.moved(np.array([0.1, -0.2, 0.3]))
    for name in ("vertices", "joints", "keypoints"):
        np.testing.assert_allclose(
            getattr(moved, name) - getattr(body, name),
            [[0.1, -0.2, 0.3]] * len(getattr(body, name)),
            atol=1e-6,
        )
