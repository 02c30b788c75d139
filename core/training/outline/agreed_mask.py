"""The mask of a picture on which two looks of a segmentation network agree."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from core.networks.load import SegmentationNetwork
from core.prediction.crop import Crop


def agreed_mask(
    network: SegmentationNetwork, image: NDArray[np.uint8], square: Crop
) -> NDArray[np.float32]:
    """The mean of a look at the square and of one at its mirror image: (H, W) in [0, 1].

    Looks from elsewhere would blur it, and thin parts, hands and feet, would fall below one half.
    Outside the square nothing is seen, and the mask is 0.
    """
    height, width = image.shape[:2]
    looks: list[NDArray[np.float32]] = []
    for is_mirrored in (False, True):
        view = square.varied(0.0, 1.0, is_mirrored=is_mirrored)
        pixels = torch.from_numpy(view.cut(image, network.card.input_size)).permute(2, 0, 1)
        with torch.inference_mode():
            probability = network.probabilities(pixels[None])[0, 0].cpu().numpy()
        back = view.affine(len(probability)).inverse
        seen = cv2.warpAffine(probability, back.index_matrix, (width, height))
        looks.append(seen.astype(np.float32, copy=False))
    return ((looks[0] + looks[1]) / 2).astype(np.float32)
