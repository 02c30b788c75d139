"""Predictions in COCO's results layout, with our 16 keypoints in our order."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.atomic_file import write_text
from core.datasets.labelled_image import LabelledImage
from core.pose.pose_track import Pose


def save_predictions(path: Path, dataset: Sequence[LabelledImage], poses: Sequence[Pose]) -> None:
    """Write one entry for each photograph with an infant; raises NoSpace.

    `keypoints` holds x, y in image pixels and the confidence, `score` is their mean.
    """
    entries = [
        _entry(labelled, pose)
        for labelled, pose in zip(dataset, poses, strict=True)
        if not pose.is_empty
    ]
    write_text(path, json.dumps(entries))


def _entry(labelled: LabelledImage, pose: Pose) -> dict[str, Any]:
    rows = np.column_stack([np.nan_to_num(pose.xy), pose.confidence])
    return {
        "image_id": labelled.id,
        "category_id": labelled.category_id,
        "keypoints": [round(float(v), 4) for v in rows.ravel()],
        "score": round(float(pose.confidence.mean()), 4),
    }
