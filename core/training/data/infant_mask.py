"""The infant's visible silhouette on a canvas, as a segmentation network sees it."""

import numpy as np
import torch
from numpy.typing import NDArray

from core.networks.load import SegmentationNetwork
from core.prediction.crop import Crop
from core.training.data.canvas import cut_mask

_ROOM = 1.4  # of the crop: the segmentation network wants room around the body


def with_room(crop: Crop) -> Crop:
    """The square that the segmentation network looks at, around an infant that was found."""
    return Crop(crop.centre, _ROOM * crop.side, crop.degrees)


def infant_mask(
    network: SegmentationNetwork, image: NDArray[np.uint8], looked_at: Crop, shown: Crop
) -> NDArray[np.uint8]:
    """The mask of the canvas that is cut for `shown`, from one look at the square `looked_at`."""
    pixels = torch.from_numpy(looked_at.cut(image, network.card.input_size)).permute(2, 0, 1)
    with torch.inference_mode():
        probability = network.probabilities(pixels[None])[0, 0].cpu().numpy()
    to_frame = looked_at.affine(len(probability)).inverse
    return cut_mask(probability, to_frame, shown, image.shape)
