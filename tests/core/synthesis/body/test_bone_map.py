import pytest

from core.synthesis.body.bone_map import Share, driver_of, head_bone, part_of
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.pose import JOINTS


def test_every_bone_has_a_joint_and_a_part(body_model):
    for bone in body_model.bones:
        joint, _ = driver_of(bone)
        side = {"L": "left", "R": "right"}.get(bone.rpartition(".")[2], "")
        assert (
            bone.startswith("eye") or not side or JOINTS[joint] == "root" or side in JOINTS[joint]
        )
        assert part_of(bone) > BodyPart.NONE


@pytest.mark.parametrize(
    ("bone", "joint", "share", "part"),
    [
        ("upperarm01.L", "left_shoulder", Share.HALF_TWIST, BodyPart.LEFT_UPPER_ARM),
        ("finger3-2.R", "right_wrist", Share.WHOLE, BodyPart.RIGHT_HAND),
        ("lowerarm02.R", "right_wrist", Share.ONLY_HALF_TWIST, BodyPart.RIGHT_FOREARM),
        ("spine03", "chest", Share.HALF, BodyPart.TORSO),
        ("eye.L", "head", Share.WHOLE, BodyPart.HEAD),
    ],
)
def test_bones_follow_their_joint(bone, joint, share, part):
    assert driver_of(bone) == (JOINTS.index(joint), share)
    assert part_of(bone) == part


def test_each_joint_is_the_head_of_a_bone(body_model):
    assert {head_bone(joint) for joint in JOINTS} <= set(body_model.bones)
