"""MINI-RGBD: twelve synthetic infants after real movement, 1,000 frames of 640x480 each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.datasets.indexed_joints import SMPL_JOINTS, IndexedPose, JointTable, labelled_images
from core.datasets.labelled_image import LabelledImage
from core.datasets.object_arrays import read_saved_dictionary
from core.errors import BadInput

SEQUENCES: Final = {  # METHOD 1.10
    "validate": (11, 12),
    "train": tuple(range(1, 11)),
    "prior": (1, 3, 5, 7, 9),
}
AUTHORS_FILES: Final = ("MiniRGBD.npy", "MINI-RGBD.npy")
TABLE: Final = JointTable(
    ours=SMPL_JOINTS,
    authors=(7, 4, 1, 2, 5, 8, 6, 9, 12, 15, 20, 18, 16, 17, 19, 21),
)
_JOINTS = 25
_PREFIX = "syn_joints_2Ddep_"

_Frame = tuple[str, str, NDArray[np.float64]]  # sequence, number, joints (25, 2)


def read_minirgbd(root: Path, split: str = "validate") -> list[LabelledImage]:
    """The frames of a split: `validate` (sequences 11 and 12), `train` (1 to 10) or `prior`.

    From the authors' `MiniRGBD.npy` where `root` holds it, else from the official folders
    `NN/joints_2Ddep`; images in `NN/rgb`.

    Raises:
        BadInput: a file is missing or of another layout.
    """
    authors = next((root / name for name in AUTHORS_FILES if (root / name).is_file()), None)
    frames = _authors_frames(authors, split) if authors else _frames(root, split)
    poses = [
        IndexedPose(
            id=number,
            path=root / sequence / "rgb" / f"syn_{name}.png",
            xy=xy,
            group=sequence,
            subject=sequence,
        )
        for number, (sequence, name, xy) in enumerate(frames)
    ]
    return labelled_images(poses, TABLE)


def _frames(root: Path, split: str) -> Iterator[_Frame]:
    for sequence in (f"{number:02}" for number in SEQUENCES[split]):
        folder = root / sequence / "joints_2Ddep"
        if not folder.is_dir():
            raise BadInput(f"{folder}: missing; MINI-RGBD's root holds the folders 01 to 12.")
        for path in sorted(folder.glob(f"{_PREFIX}*.txt")):
            yield sequence, path.stem.removeprefix(_PREFIX), _joints(path)


def _joints(path: Path) -> NDArray[np.float64]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        xy = np.array([line.split()[:2] for line in lines if line.strip()], dtype=np.float64)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: not a table of joints (x y depth, one line each).") from error
    if xy.shape != (_JOINTS, 2):
        raise BadInput(f"{path}: {len(xy)} joints, where MINI-RGBD has {_JOINTS}.")
    return xy


def _authors_frames(path: Path, split: str) -> Iterator[_Frame]:
    content = read_saved_dictionary(path)
    try:
        for key, entry in content[split].items():  # like 01_syn_joints_2Ddep_00000.txt
            sequence, rest = key.split("_", 1)
            xy = np.asarray(entry["pose_2d"], np.float64).reshape(_JOINTS, 2)
            yield sequence, Path(rest).stem.removeprefix(_PREFIX), xy
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"{path}: not the authors' annotations of MINI-RGBD.") from error
