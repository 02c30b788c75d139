"""Labelled photographs in COCO's person-keypoints layout."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from core.datasets.labelled_image import LabelledImage, box_around, head_length
from core.errors import BadInput
from core.geometry import Box
from core.pose.keypoint_rules import Keypoints, labelled_infant

_FILLER = "nose"  # in the place of pelvis, thorax, neck and head, for the authors' protocol


class _Image(BaseModel):
    id: int
    file_name: str
    width: int
    height: int
    split: str | None = None
    posture: str | None = None
    group: str | int | None = None
    subject: str | int | None = None


class _Annotation(BaseModel):
    image_id: int
    keypoints: list[float]
    bbox: tuple[float, float, float, float]
    area: float | None = None
    iscrowd: int = 0
    category_id: int = 1


class _Category(BaseModel):
    id: int
    keypoints: list[str]


class _File(BaseModel):
    images: list[_Image]
    annotations: list[_Annotation]
    categories: list[_Category]


def read_coco(annotations: Path, images: Path, split: str | None = None) -> list[LabelledImage]:
    """The labelled photographs of a file, or of one of its splits, in the order of their ids.

    Of several persons in an image the one with the most labelled keypoints counts, then the
    larger box. Images without a labelled keypoint are left out.

    Raises:
        BadInput: a file is missing or of another layout, or the split does not exist.
    """
    content = _parsed(annotations)
    wanted = _of_split(content.images, split, annotations)
    people = _one_person_each(content.annotations)
    names = {category.id: tuple(category.keypoints) for category in content.categories}
    labelled = [
        _labelled(image, people[image.id], names, images, annotations)
        for image in sorted(wanted, key=lambda image: image.id)
        if image.id in people
    ]
    if not labelled:
        raise BadInput(f"{annotations}: no image with labelled keypoints; choose another file.")
    return labelled


def _parsed(annotations: Path) -> _File:
    try:
        content: Any = json.loads(annotations.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{annotations}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise BadInput(f"{annotations}: not a JSON file; give COCO person keypoints.") from error
    try:
        return _File.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "top level"
        raise BadInput(
            f"{annotations}: not COCO person keypoints ({place}: {first['msg']}); "
            "it needs images, annotations with keypoints and bbox, and categories."
        ) from error


def _of_split(images: list[_Image], split: str | None, annotations: Path) -> list[_Image]:
    if split is None:
        return images
    chosen = [image for image in images if image.split == split]
    if not chosen:
        known = sorted({image.split for image in images if image.split}) or ["none"]
        raise BadInput(f"{annotations}: no split {split!r}; it has: {', '.join(known)}.")
    return chosen


def _one_person_each(annotations: Iterable[_Annotation]) -> dict[int, _Annotation]:
    def rank(annotation: _Annotation) -> tuple[int, float]:
        labelled = sum(flag > 0 for flag in annotation.keypoints[2::3])
        return labelled, annotation.bbox[2] * annotation.bbox[3]

    best: dict[int, _Annotation] = {}
    for annotation in annotations:
        if annotation.iscrowd or rank(annotation)[0] == 0:
            continue
        known = best.get(annotation.image_id)
        if known is None or rank(annotation) > rank(known):
            best[annotation.image_id] = annotation
    return best


def _labelled(
    image: _Image,
    person: _Annotation,
    names: dict[int, tuple[str, ...]],
    folder: Path,
    annotations: Path,
) -> LabelledImage:
    path = folder / image.file_name
    if not path.is_file():
        raise BadInput(f"{path}: image missing; check the folder given with --images.")
    original = _points(person, names.get(person.category_id, ()), annotations)
    labels = labelled_infant(original)
    box = _box(person.bbox) or box_around(labels)
    if box is None:
        raise BadInput(f"{annotations}: image {image.id} has neither a box nor two keypoints.")
    return LabelledImage(
        id=image.id,
        category_id=person.category_id,
        path=path,
        width=image.width,
        height=image.height,
        labels=labels,
        authors_xy=_authors_points(original, labels.names),
        box=box,
        area=person.area or None,
        head_length=head_length(original),
        posture=image.posture,
        group=_text(image.group),
        subject=_text(image.subject),
    )


def _box(numbers: tuple[float, float, float, float]) -> Box | None:
    """None for a box without extent, as files write one that nobody drew."""
    box = Box(*numbers)
    return box if np.isfinite(numbers).all() and min(box.width, box.height) > 0 else None


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _points(person: _Annotation, names: tuple[str, ...], annotations: Path) -> Keypoints:
    if len(person.keypoints) != 3 * len(names):
        raise BadInput(
            f"{annotations}: image {person.image_id} has {len(person.keypoints)} keypoint numbers, "
            f"its category names {len(names)} keypoints (three numbers each)."
        )
    table: NDArray[np.float32] = np.array(person.keypoints, np.float32).reshape(1, -1, 3)
    is_labelled = np.isfinite(table).all(axis=2) & (table[..., 2] > 0)
    return Keypoints(names, table[..., :2], is_labelled.astype(np.float32))


def _authors_points(original: Keypoints, names: Iterable[str]) -> NDArray[np.float64]:
    """(16, 2): limbs by name and the nose as filler; NaN where the file has no label."""
    taken = [name if name in original.names else _FILLER for name in names]
    known = [original.names.index(name) if name in original.names else -1 for name in taken]
    xy = original.xy[0, known].astype(np.float64)
    xy[(np.array(known) < 0) | (original.confidence[0, known] <= 0)] = np.nan
    return xy
