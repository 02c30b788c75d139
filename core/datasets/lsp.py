"""Leeds Sports Pose and its extension: adults, 14 joints in `joints.mat`, sides as they are."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.datasets.indexed_joints import IndexedPose, JointTable, labelled_images
from core.datasets.labelled_image import LabelledImage
from core.datasets.matlab_arrays import read_matlab_array
from core.errors import BadInput

SPLITS: Final = ("all", "train", "test")  # the authors of SHIFT use all, whatever is asked for
TABLE: Final = JointTable(
    ours={
        "right_ankle": 0, "right_knee": 1, "right_hip": 2,
        "left_hip": 3, "left_knee": 4, "left_ankle": 5,
        "right_wrist": 6, "right_elbow": 7, "right_shoulder": 8,
        "left_shoulder": 9, "left_elbow": 10, "left_wrist": 11, "neck": 12, "head_top": 13,
    },
    authors=(0, 1, 2, 3, 4, 5, None, None, 12, 13, 6, 7, 8, 9, 10, 11),
)  # fmt: skip
_TRAIN = 1000  # of the 2,000 images of the original set


def read_lsp(root: Path, split: str = "all") -> list[LabelledImage]:
    """The images of a split, in order: original 1,000 + 1,000, extension 10,000 for training.

    Which of the two lies in `root` is seen from `joints.mat`. Joints that nobody labelled in the
    extension are missing. The original labels hidden joints too; the authors leave them out.

    Raises:
        BadInput: a file is missing or of another layout.
    """
    table = _table(root / "joints.mat")
    if table.shape[0] == 3:
        poses = _original(root / "images", table.transpose(2, 1, 0))
        poses = {"train": poses[:_TRAIN], "test": poses[_TRAIN:]}.get(split, poses)
    elif split == "test":
        raise BadInput(f"{root}: LSP-extended is for training; it has no split 'test'.")
    else:
        poses = _extended(root / "images", table.transpose(2, 0, 1))
    return labelled_images(poses, TABLE)


def _table(path: Path) -> NDArray[np.float64]:
    table = read_matlab_array(path, "joints")
    if table.ndim != 3 or sorted(table.shape[:2]) != [3, 14]:
        raise BadInput(f"{path}: joints of shape {table.shape}, where LSP has 14 x 3 x images.")
    return table


def _original(images: Path, joints: NDArray[np.float64]) -> list[IndexedPose]:
    """From joints (N, 14, 3); the last number is 1 for a joint that is hidden."""
    return [
        IndexedPose(number, images / f"im{number:04}.jpg", pose[:, :2], hidden=pose[:, 2] > 0)
        for number, pose in enumerate(joints, start=1)
    ]


def _extended(images: Path, joints: NDArray[np.float64]) -> list[IndexedPose]:
    """From joints (N, 14, 3); the last number is 0 for a joint that nobody labelled."""
    known = np.where(joints[..., 2:] > 0, joints[..., :2], np.nan)
    return [
        IndexedPose(number, images / f"im{number:05}.jpg", pose)
        for number, pose in enumerate(known, start=1)
    ]
