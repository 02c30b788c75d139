"""PCK@0.05 exactly as the authors of SHIFT coded it (METHOD 1.8), for comparison with their tables.

With all its quirks: integer peaks, targets at `int(x / 4 + 0.5)`, labels in the first two rows or
columns ignored, every keypoint averaged over batches of 32 weighted by their size, no visibility,
and for COCO's labels the nose in the place of pelvis, thorax, neck and head.
"""

from collections.abc import Sequence

import numpy as np
import PIL.Image
import torch
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.errors import BadInput
from core.networks.load import PoseNetwork
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.prediction.heatmap_decoding import argmax_cells
from core.prediction.looker import Image
from core.video.image_folder import read_image

_BATCH = 32
_SIDE = 256  # of the padded image
_CELLS = 64
_STRIDE = _SIDE // _CELLS
_LIMIT = 0.5  # of a tenth of the heatmap: 3.2 cells, 5 % of the padded image
_FILLER = "nose"


def paper_scores(
    dataset: Sequence[LabelledImage], network: PoseNetwork, skeleton: Skeleton
) -> NDArray[np.float64]:
    """PCK of each keypoint in per cent (K,), in the order of `skeleton`; NaN if never labelled.

    Raises:
        BadInput: the labels do not have COCO's or the skeleton's names.
    """
    total, weight = np.zeros(len(skeleton)), np.zeros(len(skeleton))
    for start in range(0, len(dataset), _BATCH):
        batch = dataset[start : start + _BATCH]
        accuracy = _batch_accuracy(batch, network, skeleton)
        known = ~np.isnan(accuracy)
        total[known] += len(batch) * accuracy[known]
        weight[known] += len(batch)
    return np.divide(100 * total, weight, out=np.full(len(total), np.nan), where=weight > 0)


def resize_padded(image: Image) -> Image:
    """The whole image in a black square of 256 pixels, aspect kept, centred, as the authors do."""
    width, height = _resized(image.shape[1], image.shape[0])
    left, top = (_SIDE - width) // 2, (_SIDE - height) // 2
    square = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    resized = PIL.Image.fromarray(image).resize((width, height), PIL.Image.Resampling.BILINEAR)
    square[top : top + height, left : left + width] = np.asarray(resized)
    return square


def _batch_accuracy(
    batch: Sequence[LabelledImage], network: PoseNetwork, skeleton: Skeleton
) -> NDArray[np.float64]:
    names = shipped_skeleton(network.card.skeleton).keypoints
    squares = np.stack([resize_padded(read_image(labelled.path)) for labelled in batch])
    with torch.inference_mode():
        heatmaps = network.heatmaps(torch.from_numpy(squares).permute(0, 3, 1, 2))
    peaks = argmax_cells(heatmaps)
    cells = torch.where(peaks.confidence[..., None] > 0, peaks.xy, 0).cpu().numpy()
    predicted = cells[:, _positions(names, skeleton)]
    truth = np.stack([_target_cells(labelled, skeleton) for labelled in batch])
    counts: NDArray[np.bool_] = np.all(truth > 1, axis=-1)
    distance = np.linalg.norm(predicted - truth, axis=-1) / (_CELLS / 10)
    correct = (distance < _LIMIT) & counts
    labelled = counts.sum(axis=0)
    share = np.full(len(skeleton), np.nan)
    return np.divide(correct.sum(axis=0), labelled, out=share, where=labelled > 0)


def _target_cells(labelled: LabelledImage, skeleton: Skeleton) -> NDArray[np.float64]:
    """Cells (K, 2) of the drawn targets; (0, 0) where the target is outside and thus empty."""
    points = labelled.authors_xy
    width, height = _resized(labelled.width, labelled.height)
    scale = _SIDE / max(labelled.width, labelled.height)
    xy = points * scale + np.array([_SIDE - width, _SIDE - height]) / 2
    cells = np.trunc(xy / _STRIDE + 0.5)
    with np.errstate(invalid="ignore"):  # a point that the set does not have is NaN
        inside: NDArray[np.bool_] = np.all((cells >= 0) & (cells < _CELLS), axis=1)
    return np.where(inside[:, None], cells, 0.0)


def _resized(width: int, height: int) -> tuple[int, int]:
    longer = max(width, height)
    return max(_SIDE * width // longer, 1), max(_SIDE * height // longer, 1)


def _positions(names: Sequence[str], skeleton: Skeleton) -> list[int]:
    """Where each keypoint of the skeleton stands among the model's, the nose as filler."""
    filled = [name if name in names else _FILLER for name in skeleton.keypoints]
    if missing := set(filled) - set(names):
        raise BadInput(
            f"The model lacks {', '.join(sorted(missing))}, which the authors' protocol needs; "
            "use --protocol corrected."
        )
    return [list(names).index(name) for name in filled]
