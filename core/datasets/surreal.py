"""SURREAL, synthetic adults, as the crops that RegDA prepared: `SPLIT/run{0,1,2}.json` + images.

Its images are mirror images: the camera that rendered them has a matrix of determinant -1 (see
`get_extrinsic` in the set's own code, which also notes that left and right are swapped). What
SMPL calls left is seen on the person's right, so here the sides are exchanged; for the authors'
protocol they stay as the authors take them.
"""

import json
import random
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ValidationError

from core.datasets.indexed_joints import (
    SMPL_JOINTS,
    IndexedPose,
    JointTable,
    labelled_images,
    mirrored_sides,
)
from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput

SPLITS: Final = ("test", "train", "val")
TABLE: Final = JointTable(
    ours=mirrored_sides(SMPL_JOINTS),
    authors=(7, 4, 1, 2, 5, 8, 0, 9, 12, 15, 20, 18, 13, 14, 19, 21),
)
_RUNS = (0, 1, 2)
_SEED, _HELD_OUT_SHARE, _HELD_OUT = 42, 0.2, 3200  # the authors' shuffle and their cut
_JOINTS = 24


class _Sample(BaseModel):
    name: str
    keypoint2d: list[tuple[float, float]]


def read_surreal(root: Path, split: str = "test") -> list[LabelledImage]:
    """The crops of a split, shuffled and cut as the authors do (METHOD 1.10).

    `train` leaves out the first fifth (3,200 at most) of its shuffled crops, `test` is that part
    of its own, `val` is whole.

    Raises:
        BadInput: a file is missing or of another layout.
    """
    samples = [
        (root / split / f"run{run}" / sample.name, sample)
        for run in _RUNS
        for sample in _parsed(root / split / f"run{run}.json")
    ]
    random.Random(_SEED).shuffle(samples)
    held_out = min(int(len(samples) * _HELD_OUT_SHARE), _HELD_OUT)
    chosen = {"train": samples[held_out:], "test": samples[:held_out]}.get(split, samples)
    poses = [_pose(number, path, sample) for number, (path, sample) in enumerate(chosen)]
    return labelled_images(poses, TABLE)


def _parsed(path: Path) -> list[_Sample]:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        return [_Sample.model_validate(entry) for entry in content]
    except OSError as error:
        raise BadInput(
            f"{path}: cannot be read ({error.strerror}); "
            "SURREAL's root holds train, val and test with run0.json to run2.json."
        ) from error
    except (ValueError, TypeError, ValidationError) as error:
        raise BadInput(f"{path}: not a list of samples with name and keypoint2d.") from error


def _pose(number: int, path: Path, sample: _Sample) -> IndexedPose:
    if len(sample.keypoint2d) != _JOINTS:
        raise BadInput(f"{path}: {len(sample.keypoint2d)} joints, where SMPL has {_JOINTS}.")
    sequence = path.stem.rsplit("_", 1)[0]
    return IndexedPose(number, path, np.array(sample.keypoint2d, np.float64), group=sequence)
