import json

import numpy as np
import pytest

from core.errors import BadInput
from core.pose.skeleton import shipped_skeleton
from core.training.data_source import DataSource
from core.training.priors.poses import Poses, infant_poses, read_poses
from tests.core.training.priors.trained import STAR, poses, write_poses, write_shard

INFANT = shipped_skeleton()


def read(*sources: DataSource) -> Poses:
    work = read_poses(sources)
    try:
        while True:
            next(work)
    except StopIteration as finished:
        return finished.value


def test_a_file_of_one_array_holds_unrelated_poses(tmp_path):
    found = read(DataSource("poses", write_poses(tmp_path / "p.npz", 7)))
    assert len(found) == 7
    assert len(set(found.groups)) == 7
    limbs = INFANT.limb_indices
    assert np.allclose(found.xy[:, limbs], poses(7, seed=0)[:, limbs])


def test_of_several_arrays_each_is_a_film(tmp_path):
    path = tmp_path / "films.npz"
    np.savez(path, names=np.array(INFANT.keypoints), one=poses(9, 1), two=poses(4, 2))
    found = read(DataSource("poses", path))
    assert [int((found.groups == g).sum()) for g in np.unique(found.groups)] == [9, 4]
    assert found.weights[:9].sum() / found.weights[9:].sum() == pytest.approx(3 / 2)
    assert found.weights.sum() == pytest.approx(5**0.5, rel=1e-5)
    assert len(read(DataSource("poses", path, "two"))) == 4


def test_names_of_minirgbd_are_known_and_minus_45_is_missing(tmp_path):
    names = ["head", *(f"{side}_{part}" for side in ("left", "right") for part in
             ("hand", "elbow", "shoulder", "foot", "knee", "hip"))]  # fmt: skip
    index = [INFANT.index(n.replace("hand", "wrist").replace("foot", "ankle")) for n in names]
    xy = poses(3, seed=0)[:, index]
    xy[0, 0] = -45
    np.savez(tmp_path / "m.npz", names=np.array(names), keypoints=xy)
    found = read(DataSource("poses", tmp_path / "m.npz"))
    assert np.isnan(found.xy[0, INFANT.index("head")]).all()
    assert np.isfinite(found.xy[1:]).all()


def test_the_axial_points_follow_from_our_rules_whatever_a_set_says():
    xy = STAR[None].copy()
    xy[0, [INFANT.index("neck"), INFANT.index("pelvis")]] += 9
    found = infant_poses(INFANT.keypoints, xy)[0]
    ends = INFANT.indices("left_shoulder", "right_shoulder")
    assert np.allclose(found[INFANT.index("neck")], STAR[ends].mean(axis=0))
    assert np.allclose(found[INFANT.index("head")], STAR[INFANT.index("head")])


def test_shards_and_photographs_are_read_by_their_labels(tmp_path, picture):
    shards = read(DataSource("synthetic", write_shard(tmp_path / "s.tar", 5)))
    assert len(shards) == 5
    photographs = read(DataSource("coco", picture))
    assert len(photographs) == 1


@pytest.fixture
def picture(tmp_path):
    """A photograph with COCO labels: `images` and a JSON file."""
    import cv2

    (tmp_path / "coco" / "images").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "coco" / "images" / "a.png"), np.zeros((256, 256, 3), np.uint8))
    coco = shipped_skeleton("coco17").keypoints
    rows = [
        [*map(float, STAR[INFANT.index(name)]), 2] if name in INFANT.keypoints else [0, 0, 0]
        for name in coco
    ]
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": 256, "height": 256}],
        "annotations": [
            {"image_id": 1, "keypoints": np.ravel(rows).tolist(), "bbox": [50, 60, 150, 160]},
        ],
        "categories": [{"id": 1, "keypoints": list(coco)}],
    }  # fmt: skip
    (tmp_path / "coco" / "labels.json").write_text(json.dumps(content))
    return tmp_path / "coco"


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        (
            {"keypoints": np.zeros((3, 5, 2))},
            r"its keypoints has shape \(3, 5, 2\), not N x 17 x 2",
        ),
        ({"keypoints": np.full((3, 17, 2), np.nan)}, "no pose with hips, shoulders"),
        ({"names": np.array(["head"])}, "holds no array of poses"),
        ({"keypoints": np.array([{}], object)}, "not a file of poses"),
    ],
)
def test_a_file_that_is_no_use_is_told(tmp_path, arrays, sentence):
    np.savez(tmp_path / "odd.npz", **arrays)
    with pytest.raises(BadInput, match=rf"odd\.npz: .*{sentence}"):
        read(DataSource("poses", tmp_path / "odd.npz"))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BadInput, match=r"gone\.npz"):
        read(DataSource("poses", tmp_path / "gone.npz"))


@pytest.mark.parametrize("name", ["pictures", "masks"])
def test_sources_without_keypoints_are_refused(name, tmp_path):
    with pytest.raises(BadInput, match="holds no keypoints"):
        read(DataSource(name, tmp_path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"\x93NUMPY"])
def test_a_damaged_file_of_poses_is_said_in_a_sentence(content, tmp_path):
    (tmp_path / "p.npz").write_bytes(content)
    with pytest.raises(BadInput, match=r"p\.npz: not a file of poses"):
        read(DataSource("poses", tmp_path / "p.npz"))
    np.save(tmp_path / "p.npy", poses(3, seed=0))
    with pytest.raises(BadInput, match=r"p\.npy: not a file of poses"):
        read(DataSource("poses", tmp_path / "p.npy"))


def test_what_is_held_out_hangs_on_no_folder_s_name(tmp_path):
    places = []
    for folder in ("z", "a"):
        (tmp_path / folder).mkdir()
        places.append(DataSource("poses", write_poses(tmp_path / folder / "p.npz", 7)))
    one, other = read(places[0]), read(places[1])
    assert np.array_equal(one.groups, other.groups)
    assert one.fingerprint == other.fingerprint
    twice = read(*places)
    assert len(set(twice.groups)) == 14
