"""SyRIP: synthetic and real infants, 17 COCO keypoints, officially in COCO's layout."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from core.datasets.coco import read_coco
from core.datasets.indexed_joints import IndexedPose, JointTable, labelled_images
from core.datasets.labelled_image import LabelledImage
from core.datasets.object_arrays import read_saved_dictionary
from core.errors import BadInput
from core.pose.skeleton import shipped_skeleton

SPLITS: Final = ("validate", "train", "prior")
AUTHORS_FILE: Final = "SyRIP_all.npy"
AUTHORS_INDEX: Final = (15, 13, 11, 12, 14, 16, 0, 0, 0, 0, 9, 7, 5, 6, 8, 10)
_FOLDERS = {"train": "train_infant", "prior": "train_infant", "validate": "validate_infant"}
_FIRST_SYNTHETIC = 10_000  # ids of synthetic images; the 200 real ones of training are below
_MISSING = -45.0  # both coordinates, in the authors' file


def read_syrip(root: Path, split: str = "validate") -> list[LabelledImage]:
    """The images of a split: `validate` (500 real), `train` (1,000 synthetic), `prior` (200 real).

    From the authors' `SyRIP_all.npy` where `root` holds it, else from the official
    `annotations/*/person_keypoints_{train,validate}_infant.json`; images in
    `images/{train,validate}_infant`.

    Raises:
        BadInput: a file is missing or of another layout.
    """
    images = root / "images" / _FOLDERS[split]
    authors = root / AUTHORS_FILE
    if not authors.is_file():
        return _official(root, images, split)
    joints = {name: at for at, name in enumerate(shipped_skeleton("coco17").keypoints)}
    poses = list(_authors_poses(authors, images, split, len(joints)))
    return labelled_images(poses, JointTable(joints, AUTHORS_INDEX))


def _official(root: Path, images: Path, split: str) -> list[LabelledImage]:
    wanted = f"person_keypoints_{_FOLDERS[split]}.json"
    found = sorted(root.glob(f"annotations/**/{wanted}"))
    if not found:
        raise BadInput(f"{root}: no annotations/**/{wanted}; is this the root of SyRIP?")
    largest = max(found, key=lambda path: path.stat().st_size)  # beside it lie its subsets
    chosen = read_coco(largest, images)
    if split == "validate":
        return chosen
    is_synthetic = split == "train"
    return [image for image in chosen if (image.id >= _FIRST_SYNTHETIC) == is_synthetic]


def _authors_poses(path: Path, images: Path, split: str, joints: int) -> Iterator[IndexedPose]:
    content = read_saved_dictionary(path)
    try:
        for key, value in content[split].items():
            number = int(key)
            xy = np.asarray(value, np.float64)[:, :2].reshape(joints, 2)
            xy = np.where((xy == _MISSING).all(axis=1, keepdims=True), np.nan, xy)
            name = f"test{number}.jpg" if split == "validate" else f"train{number:05}.jpg"
            yield IndexedPose(number, images / name, xy)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise BadInput(f"{path}: not the authors' annotations of SyRIP.") from error
