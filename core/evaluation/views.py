"""The three ways in which a labelled photograph is shown to a model."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.datasets.labelled_image import LabelledImage
from core.pose.pose_track import Pose, Visibility
from core.prediction.crop import Crop
from core.prediction.finder import whole_frame
from core.prediction.looker import Image
from core.prediction.predictor import Predictor
from core.video.image_folder import read_image

View = Literal["auto", "image", "box"]
BOX_ENLARGED = 1.25  # of the true box: what `--crop box` shows, and the side of the box threshold


def predict_set(
    dataset: Sequence[LabelledImage], predictor: Predictor, view: View
) -> Iterator[Pose]:
    """One pose for each photograph, in its pixels.

    `auto`: the product's own path, without ground truth. `image`: one look at the padded whole
    image. `box`: one look at the square around the true box, enlarged by 1.25.
    """
    look: dict[View, Callable[[LabelledImage, Image], Pose]] = {
        "auto": lambda _, image: predictor.predict_image(image),
        "image": lambda _, image: _one_look(predictor, image, Crop.whole(whole_frame(image))),
        "box": lambda labelled, image: _one_look(predictor, image, box_crop(labelled)),
    }
    for labelled in dataset:
        yield look[view](labelled, read_image(labelled.path))


def box_crop(labelled: LabelledImage) -> Crop:
    """The square around the true box, enlarged by 1.25."""
    return Crop(labelled.box.centre, BOX_ENLARGED * labelled.box.side)


def places(poses: Sequence[Pose]) -> NDArray[np.float64]:
    """The places of the keypoints (N, K, 2); NaN where a pose is empty."""
    return np.stack([pose.xy for pose in poses]).astype(np.float64)


def sureness(poses: Sequence[Pose]) -> NDArray[np.float64]:
    """The mean confidence of each pose (N,); NaN where it is empty."""
    return np.array([np.nan if pose.is_empty else pose.confidence.mean() for pose in poses])


def _one_look(predictor: Predictor, image: Image, crop: Crop) -> Pose:
    (look,) = predictor.looker.look_at_one(image, [crop])
    visibility = np.full(len(predictor.skeleton), Visibility.HIDDEN, np.uint8)
    return Pose(look.body.xy, look.body.confidence, visibility, np.zeros_like(visibility))
