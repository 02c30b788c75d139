"""Pictures without labels, to which a model's own poses are labels where it is sure of them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from core.errors import BadInput
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.prediction.predictor import Predictor, build_predictor
from core.training.data.pictures import Picture, PictureSet, open_pictures
from core.training.data_source import UNLABELLED, DataSource
from core.video.image_folder import image_files_of, read_image


@dataclass(frozen=True)
class Teacher:
    """A pose model whose keypoints are labels from the confidence `agreed` on."""

    model: ModelFolder
    agreed: float
    device: str

    @staticmethod
    def of(name: str, agreed: float, device: str) -> "Teacher | None":
        """The model of a name or folder, None without a name; raises BadInput."""
        if not name:
            return None
        return Teacher(ModelLibrary.standard().find(name), agreed, device)


def open_taught(source: DataSource, teacher: Teacher | None) -> PictureSet:
    """The pictures that a source names, labelled by the teacher where nobody else did it.

    Raises:
        BadInput: no such pictures, or no teacher where one is needed.
    """
    if source.name != UNLABELLED:
        return open_pictures(source)
    if teacher is None:
        raise BadInput(
            f"{source.as_given}: pictures without labels need a model that labels them; name one "
            "with --set teacher=NAME."
        )
    files = image_files_of(source.path)

    @cache
    def predictor() -> Predictor:
        return build_predictor(str(teacher.model.path), device=teacher.device)

    readers = [_reader(file, predictor, teacher.agreed) for file in files]
    marks = "\n".join([teacher.model.card.weights_sha256, *(file.name for file in files)])
    return PictureSet(source, hashlib.sha256(marks.encode()).hexdigest()[:32], readers)


def _reader(file: Path, predictor: Callable[[], Predictor], agreed: float) -> Callable[[], Picture]:
    """Eight looks at a picture; a keypoint of which they are not sure has no label."""

    def read() -> Picture:
        image = read_image(file)
        pose = predictor().predict_image(image)
        is_sure = (pose.confidence >= agreed)[:, None]
        xy = np.where(is_sure, pose.xy, np.nan).astype(np.float64)
        return Picture(image, xy, None, file.name, file.name)

    return read
