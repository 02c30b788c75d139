"""Canvases of labelled pictures, cut out where their labels are."""

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.geometry import Affine
from core.pose.skeleton import shipped_skeleton
from core.prediction.crop import Body, Crop
from core.prediction.finder import whole_frame
from core.progress import Progress
from core.training.data.canvas import Canvas, Framing, cut_canvas, cut_mask
from core.training.data.canvas_writer import CanvasWriter
from core.training.data.pictures import Picture, PictureSet

_FEWEST_LABELS = 6  # keypoints in the picture; with fewer there is no telling where the body is


def add_labelled(
    writer: CanvasWriter, sets: Sequence[PictureSet], framing: Framing
) -> Generator[Progress]:
    """Write the canvases of all pictures of several sets with their labels.

    Pictures with too few labels inside them are left out.

    Raises:
        BadInput: a picture cannot be read, or no picture of a set is of use.
    """
    done, total = 0, sum(map(len, sets))
    for pictures in sets:
        before = len(writer)
        for read in pictures.readers:
            picture = read()
            if (canvas := labelled_canvas(picture, framing)) is not None:
                writer.add(canvas, picture.name, picture.group)
            done += 1
            yield Progress(done, total, "reading labelled pictures")
        if len(writer) == before:
            raise BadInput(
                f"{pictures.source.path}: in none of its {len(pictures)} pictures lie enough "
                "labels; do labels and pictures belong together?"
            )


def labelled_canvas(picture: Picture, framing: Framing) -> Canvas | None:
    """A picture's canvas, None with too few labels.

    Framed as `found`, it shows the square that the product would have found with these labels.
    """
    if framing == "whole":
        has_label = np.isfinite(picture.xy).any()
        crop = Crop.whole(whole_frame(picture.image)) if has_label else None
    else:
        crop = crop_of_labels(picture.xy)
    if crop is None:
        return None
    mask = None if picture.infant is None else _mask(picture.infant, crop)
    return cut_canvas(picture.image, crop, picture.xy, mask)


def _mask(infant: NDArray[np.floating], crop: Crop) -> NDArray[np.uint8]:
    return cut_mask(infant, Affine(), crop, infant.shape)


def crop_of_labels(xy: NDArray[np.float64]) -> Crop | None:
    """The upright square that the product would have found with these keypoints (16, 2)."""
    is_known: NDArray[np.bool_] = np.all(np.isfinite(xy), axis=1)
    if is_known.sum() < _FEWEST_LABELS:
        return None
    # A missing neck or pelvis stands in the middle, so that it cannot make the trunk any longer.
    places = np.where(is_known[:, None], xy, xy[is_known].mean(axis=0))
    body = Body(places.astype(np.float32), is_known.astype(np.float32), shipped_skeleton())
    return body.crop(body.turn)
