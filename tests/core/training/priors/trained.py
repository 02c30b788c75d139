"""Small stand-ins for trained judges, and data to train them on in seconds."""

from pathlib import Path

import cv2
import numpy as np
import torch

from core.models.model_folder import ModelFolder
from core.networks.pose_prior import PosePrior
from core.pose.skeleton import shipped_skeleton
from core.shards.sample import SampleLabels, SyntheticSample
from core.shards.set_request import Encoding
from core.shards.shard_writer import ShardWriter, sample_key
from core.training.priors.judge_model import Origin, write_judge

# A lying infant, limbs spread: pixels of a 256 picture, in the order of infant16.
STAR = np.array(
    [
        [170, 215], [165, 180], [140, 150], [116, 150], [91, 180], [86, 215],
        [128, 150], [128, 118], [128, 96], [128, 66],
        [200, 70], [180, 95], [154, 96], [102, 96], [76, 95], [56, 70],
    ],
    np.float32,
)  # fmt: skip
_THICKNESS = 22  # pixels
_LIMBS = ((0, 1), (1, 2), (5, 4), (4, 3), (10, 11), (11, 12), (15, 14), (14, 13), (6, 8), (8, 9))


def poses(count: int, seed: int) -> np.ndarray:
    """Poses (count, 16, 2) whose hands and feet wave about, turned and moved at random."""
    rng = np.random.default_rng(seed)
    xy = np.repeat(STAR[None], count, axis=0)
    for moved, still, reach in ((0, 1, 20), (5, 4, 20), (10, 11, 15), (15, 14, 15), (9, 8, 6)):
        angles = rng.normal(0, 0.4, count)
        arm = xy[:, moved] - xy[:, still]
        turned = [np.cos(angles) * arm[:, 0] - np.sin(angles) * arm[:, 1],
                  np.sin(angles) * arm[:, 0] + np.cos(angles) * arm[:, 1]]  # fmt: skip
        xy[:, moved] = xy[:, still] + np.stack(turned, 1) + rng.normal(0, reach / 20, (count, 2))
    return xy.astype(np.float32)


def write_poses(path: Path, count: int = 60, seed: int = 0) -> Path:
    """A `.npz` of unrelated poses under names of its own."""
    np.savez(path, names=np.array(shipped_skeleton().keypoints), keypoints=poses(count, seed))
    return path


def silhouette(xy: np.ndarray, size: int = 256) -> np.ndarray:
    """Capsules around the bones, filled: (size, size) bool."""
    mask = np.zeros((size, size), np.uint8)
    for a, b in _LIMBS:
        ends = [tuple(int(v) for v in xy[end]) for end in (a, b)]
        cv2.line(mask, ends[0], ends[1], 1, _THICKNESS)
    cv2.fillConvexPoly(mask, xy[[2, 3, 13, 12]].astype(np.int32), 1)
    return mask.astype(bool)


def write_shard(path: Path, count: int = 12, seed: int = 0, *, full: bool = True) -> Path:
    """Capsule figures as a shard of synthetic samples, without depth and parts."""
    encoding = Encoding(parts=False, full=full, depth=False, quality=10)
    with ShardWriter(path, encoding) as shard:
        for index, xy in enumerate(poses(count, seed)):
            labels = SampleLabels(
                kind="infant", seed=seed, index=index, width=256, height=256,
                xy=[(float(x), float(y)) for x, y in xy], xyz=[(0.0, 0.0, 1.0)] * 16,
                visibility=[2] * 16, posture="supine", months=6.0, focal=300.0,
                camera_position=(0.0, 0.0, 1.0), camera_rotation=[1, 0, 0, 0, 1, 0, 0, 0, 1],
            )  # fmt: skip
            image = np.zeros((256, 256, 3), np.uint8)
            sample = SyntheticSample(labels, image, None, silhouette(xy), None)
            shard.write(sample_key(sample), sample)
    return path


def small_prior_folder(folder: Path) -> ModelFolder:
    """A prior with random weights, as a model."""
    torch.manual_seed(0)
    prior = PosePrior()
    prior.calibration.copy_(torch.tensor([2.0, 10.0]))
    return write_judge(folder, prior, Origin("pose_prior", "Random", [], {}))
