"""Canvases of pictures whose labels are not to be seen: only pixels come in."""

from collections.abc import Callable, Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.networks.load import SegmentationNetwork
from core.prediction.crop import Crop
from core.prediction.finder import whole_frame
from core.prediction.predictor import Predictor
from core.progress import Progress
from core.training.data.canvas import Canvas, cut_canvas
from core.training.data.canvas_writer import CanvasWriter
from core.training.data.infant_mask import infant_mask, with_room
from core.training.data.pictures import PictureSet

Cut = Callable[[NDArray[np.uint8]], Canvas | None]  # a picture (H, W, 3) -> None to leave it out


def add_hidden(writer: CanvasWriter, sets: Sequence[PictureSet], cut: Cut) -> Generator[Progress]:
    """Write the canvases of all pictures of several sets, every keypoint NaN.

    Raises:
        BadInput: a picture cannot be read, or no picture of a set shows an infant.
    """
    done, total = 0, sum(map(len, sets))
    for pictures in sets:
        before = len(writer)
        for read in pictures.readers:
            picture = read()
            if (canvas := cut(picture.image)) is not None:
                writer.add(canvas, picture.name, picture.group)
            done += 1
            yield Progress(done, total, "reading pictures")
        if len(writer) == before:
            raise BadInput(
                f"{pictures.source.path}: the model finds an infant in none of "
                f"{len(pictures)} pictures; try --set framing=whole, or another --base."
            )


def cut_found(predictor: Predictor) -> Cut:
    """Canvases of the square around the infant that the predictor finds, None without one."""

    def cut(image: NDArray[np.uint8]) -> Canvas | None:
        pose = predictor.predict_image(image, careful=False)
        if pose.is_empty:
            return None
        crop = predictor.crop_of(pose)
        if predictor.segmenter is None:
            return cut_canvas(image, crop)
        mask = infant_mask(predictor.segmenter.network, image, with_room(crop), crop)
        return cut_canvas(image, crop, infant=mask)

    return cut


def cut_whole(network: SegmentationNetwork | None = None) -> Cut:
    """Canvases of the whole picture, its mask from one look at all of it if there is a network."""

    def cut(image: NDArray[np.uint8]) -> Canvas:
        crop = Crop.whole(whole_frame(image))
        mask = None if network is None else infant_mask(network, image, crop, crop)
        return cut_canvas(image, crop, infant=mask)

    return cut
