"""A labelled set in COCO's layout, painted."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.core.prediction.conftest import COCO, painted, places


@pytest.fixture
def content() -> dict[str, Any]:
    """Three painted photographs: upright, lying, and one whose left ear has no label."""
    images, people = [], []
    for number, degrees in enumerate((0, 90, 180), start=1):
        points = places(centre=(200, 150), side=240, degrees=degrees)
        flags = np.full(17, 2.0)
        flags[COCO.index("left_ear")] = 0 if number == 3 else 2
        low, size = points.min(axis=0) - 10, np.ptp(points, axis=0) + 20
        people.append(
            {
                "image_id": number,
                "category_id": 1,
                "keypoints": np.column_stack([points, flags]).ravel().tolist(),
                "bbox": [*low.tolist(), *size.tolist()],
            }
        )
        images.append(
            {
                "id": number,
                "file_name": f"{number}.png",
                "width": 400,
                "height": 300,
                "split": "train" if number < 3 else "measure",
                "posture": "Supine",
                "group": number,
            }
        )
    category = {"id": 1, "name": "person", "keypoints": list(COCO)}
    return {"images": images, "annotations": people, "categories": [category]}


@pytest.fixture
def labelled_set(tmp_path: Path, content: dict[str, Any]) -> Path:
    """A folder with `labels.json` and the photographs."""
    for person in content["annotations"]:
        points = np.array(person["keypoints"], np.float32).reshape(-1, 3)[:, :2]
        picture = painted(points, 400, 300)[..., ::-1]
        cv2.imwrite(str(tmp_path / f"{person['image_id']}.png"), picture)
    (tmp_path / "labels.json").write_text(json.dumps(content))
    return tmp_path
