"""Labelled images of sets that number their joints: which joint is which of the 16 keypoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage, box_around, head_length
from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.video.image_folder import displayed_size

SMPL_JOINTS: Mapping[str, int] = {  # true shoulders (16, 17), not the collars (13, 14)
    "left_ankle": 7, "left_knee": 4, "left_hip": 1,
    "right_hip": 2, "right_knee": 5, "right_ankle": 8,
    "left_wrist": 20, "left_elbow": 18, "left_shoulder": 16,
    "right_shoulder": 17, "right_elbow": 19, "right_wrist": 21,
    "thorax": 9, "neck": 12, "head": 15,
}  # fmt: skip


@dataclass(frozen=True)
class JointTable:
    """Which of a set's joints is which keypoint.

    `ours`: by name, from which our rules make the 16. `authors`: the joint that the authors of
    SHIFT take for each of the 16 (METHOD 1.9), None for one that they leave out.
    """

    ours: Mapping[str, int]
    authors: tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class IndexedPose:
    """One image and its joints as the set numbers them: xy (J, 2) in pixels, NaN where missing.

    `hidden` (J,): labelled, but left out by the authors of SHIFT.
    """

    id: int
    path: Path
    xy: NDArray[np.float64]
    hidden: NDArray[np.bool_] | None = None
    group: str | None = None
    subject: str | None = None


def labelled_images(poses: Sequence[IndexedPose], table: JointTable) -> list[LabelledImage]:
    """The images in the same order, without those in which fewer than two points are labelled.

    Raises:
        BadInput: an image is missing, or is none.
    """
    given = _named([pose.xy for pose in poses], table.ours)
    labels = labelled_infant(given)
    return [
        image
        for number, pose in enumerate(poses)
        if (image := _labelled(pose, _one(labels, number), head_length(given, number), table))
    ]


def mirrored_sides(joints: Mapping[str, int]) -> dict[str, int]:
    """The same joints under the names of the other side."""
    other = {"left": "right", "right": "left"}
    return {
        "_".join(other.get(word, word) for word in name.split("_")): joint
        for name, joint in joints.items()
    }


def _named(poses: Sequence[NDArray[np.float64]], joints: Mapping[str, int]) -> Keypoints:
    index = list(joints.values())
    xy = np.array([pose[index] for pose in poses], np.float32).reshape(-1, len(index), 2)
    is_known: NDArray[np.bool_] = np.all(np.isfinite(xy), axis=2)
    return Keypoints(tuple(joints), xy, is_known.astype(np.float32))


def _one(labels: Keypoints, number: int) -> Keypoints:
    chosen = slice(number, number + 1)
    return Keypoints(labels.names, labels.xy[chosen], labels.confidence[chosen])


def _labelled(
    pose: IndexedPose, labels: Keypoints, head: float | None, table: JointTable
) -> LabelledImage | None:
    box = box_around(labels)
    if box is None:
        return None
    width, height = displayed_size(pose.path)
    return LabelledImage(
        id=pose.id,
        path=pose.path,
        width=width,
        height=height,
        labels=labels,
        authors_xy=_authors_points(pose, table.authors),
        box=box,
        head_length=head,
        group=pose.group,
        subject=pose.subject,
    )


def _authors_points(pose: IndexedPose, joints: Sequence[int | None]) -> NDArray[np.float64]:
    known = pose.xy if pose.hidden is None else np.where(pose.hidden[:, None], np.nan, pose.xy)
    nowhere = np.full(2, np.nan)
    return np.array([nowhere if joint is None else known[joint] for joint in joints])
