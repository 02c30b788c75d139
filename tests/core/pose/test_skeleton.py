"""Skeletons are data: named points, bones and mirrored pairs, refused when they make no sense."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput
from core.pose.skeleton import Skeleton, read_skeleton, shipped_skeleton

# fmt: off
INFANT16 = [
    "left_ankle", "left_knee", "left_hip", "right_hip", "right_knee", "right_ankle",
    "pelvis", "thorax", "neck", "head",
    "left_wrist", "left_elbow", "left_shoulder", "right_shoulder", "right_elbow", "right_wrist",
]
# fmt: on


@pytest.fixture(params=["infant16", "coco17"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return shipped_skeleton(request.param)


def test_the_sixteen_keypoints_in_their_order() -> None:
    assert list(shipped_skeleton().keypoints) == INFANT16


def test_sizes() -> None:
    assert (len(shipped_skeleton()), len(shipped_skeleton("coco17"))) == (16, 17)


def test_names_and_positions_agree(skeleton: Skeleton) -> None:
    assert [skeleton.index(name) for name in skeleton.keypoints] == list(range(len(skeleton)))
    assert skeleton.indices("left_knee", "right_knee") == [
        skeleton.keypoints.index("left_knee"),
        skeleton.keypoints.index("right_knee"),
    ]
    with pytest.raises(KeyError):
        skeleton.index("tail")


def test_a_mirror_swaps_sides_and_is_its_own_inverse(skeleton: Skeleton) -> None:
    order = skeleton.mirror_indices
    assert np.array_equal(order[order], np.arange(len(skeleton)))
    opposite = {"left": "right", "right": "left", "middle": "middle"}
    for position, name in enumerate(skeleton.keypoints):
        mirrored = skeleton.keypoints[order[position]]
        assert skeleton.side(mirrored) == opposite[skeleton.side(name)]
        if skeleton.side(name) == "left":
            assert mirrored == name.replace("left", "right")


def test_bones_keep_their_side(skeleton: Skeleton) -> None:
    for start, stop in skeleton.bones:
        assert {skeleton.side(start), skeleton.side(stop)} != {"left", "right"} or (
            start.split("_")[1] == stop.split("_")[1]
        )


def test_bones_connect_every_keypoint(skeleton: Skeleton) -> None:
    assert skeleton.bone_indices.shape == (len(skeleton.bones), 2)
    assert set(skeleton.bone_indices.ravel()) == set(range(len(skeleton)))


def test_limbs_are_what_has_a_side() -> None:
    limbs = [INFANT16[i] for i in shipped_skeleton().limb_indices]
    assert limbs == [name for name in INFANT16 if "_" in name]
    bare = Skeleton("bare", ("tip",), (), ())
    assert bare.limb_indices.dtype == np.intp
    assert len(bare.limb_indices) == 0


@pytest.mark.parametrize(
    ("keypoints", "bones", "mirrored"),
    [
        (("a", "a"), (), ()),
        (("a", "b"), (("a", "c"),), ()),
        (("a", "b"), (), (("a", "c"),)),
    ],
)
def test_a_skeleton_that_contradicts_itself(keypoints, bones, mirrored) -> None:
    with pytest.raises(ValueError, match=r"twice|unknown"):
        Skeleton("odd", keypoints, bones, mirrored)


SOUND = 'name = "s"\nkeypoints = ["a", "b"]\nbones = [["a", "b"]]\nmirrored = [["a", "b"]]\n'


def test_a_skeleton_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(SOUND)
    assert read_skeleton(path) == Skeleton("s", ("a", "b"), (("a", "b"),), (("a", "b"),))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"not = [toml",
        SOUND.replace('["a", "b"]]', '["a", "b", "a"]]').encode(),
        SOUND.replace('[["a", "b"]]', "[1, 2]").encode(),
        SOUND.replace('keypoints = ["a", "b"]', 'keypoints = "ab"').encode(),
        SOUND.replace('["a", "b"]\n', '["a", "a"]\n', 1).encode(),
        SOUND.replace('name = "s"', "name = 7").encode(),
    ],
)
def test_what_is_no_skeleton_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"odd\.toml: not a skeleton file") as caught:
        read_skeleton(path)
    assert "\n" not in str(caught.value)


def test_a_missing_skeleton_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.toml"):
        read_skeleton(tmp_path / "gone.toml")
