"""Canvases of labelled pictures: synthetic shards, and photographs of the published sets."""

from collections.abc import Generator, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.geometry import Affine
from core.pose.skeleton import shipped_skeleton
from core.prediction.crop import Body, Crop
from core.progress import Progress
from core.shards.reader import ShardSet
from core.shards.sample import SyntheticSample
from core.training.data.canvas import Canvas, cut_canvas, cut_mask
from core.training.data.canvas_set import CanvasSet
from core.video.image_folder import read_image

_FEWEST_LABELS = 6  # keypoints in the picture; with fewer there is no telling where the body is


def synthetic_canvases(shards: ShardSet) -> Generator[Progress, None, CanvasSet]:
    """Canvases of all synthetic people; keypoints outside their picture count as not labelled."""
    canvases, names, groups = [], [], []
    for number in range(len(shards)):
        sample = shards[number]
        if (canvas := _of_sample(sample)) is not None:
            canvases.append(canvas)
            names.append(f"{sample.labels.kind}-{sample.labels.seed}-{sample.labels.index}")
            groups.append(sample.labels.kind)
        yield Progress(number + 1, len(shards), "reading synthetic people")
    return CanvasSet.of(canvases, names, groups)


def photograph_canvases(
    images: Sequence[LabelledImage],
) -> Generator[Progress, None, CanvasSet]:
    """Canvases of labelled photographs."""
    canvases: list[Canvas] = []
    kept: list[LabelledImage] = []
    for number, image in enumerate(images):
        xy = image.labels.xy[0].astype(np.float64)
        if (crop := crop_of_labels(xy)) is not None:
            canvases.append(cut_canvas(read_image(image.path), crop, xy))
            kept.append(image)
        yield Progress(number + 1, len(images), "reading photographs")
    return CanvasSet.of(canvases, [image.path.name for image in kept], _groups(kept))


def crop_of_labels(xy: NDArray[np.float64]) -> Crop | None:
    """The upright square that the product would have found with these keypoints (16, 2)."""
    confidence = np.isfinite(xy[:, 0]).astype(np.float32)
    if confidence.sum() < _FEWEST_LABELS:
        return None
    body = Body(np.nan_to_num(xy).astype(np.float32), confidence, shipped_skeleton())
    return body.crop(body.turn)


def _of_sample(sample: SyntheticSample) -> Canvas | None:
    xy = np.array(sample.labels.xy)
    xy[np.array(sample.labels.visibility) == 0] = np.nan
    crop = crop_of_labels(xy)
    if crop is None:
        return None
    visible = sample.visible
    mask = None if visible is None else cut_mask(visible.astype(np.float32), Affine(), crop)
    return cut_canvas(sample.image, crop, xy, mask)


def _groups(images: Iterable[LabelledImage]) -> list[str]:
    return [image.group or image.path.name for image in images]
