"""Pictures with the infant's visible silhouette: drawn, rendered, or seen by another network."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.models.library import DEFAULT_POSE_MODEL
from core.networks.load import SegmentationNetwork
from core.prediction.crop import Crop
from core.prediction.predictor import Predictor, build_predictor
from core.shards.reader import ShardSet
from core.training.data.infant_mask import with_room
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.pictures import Picture, open_pictures
from core.training.data_source import MASKS, SYNTHETIC, DataSource
from core.training.outline.agreed_mask import agreed_mask
from core.training.outline.outline_recipe import OutlineRule
from core.video.fingerprint import fingerprint
from core.video.image_folder import image_files_of, read_image

_INFANT = 127  # brightness of a drawn mask above which a pixel shows the infant
_CARER = "carer"  # how the names of a synthetic carer's parts begin


@dataclass(frozen=True, eq=False)
class Outlined:
    """One infant in one picture.

    image (H, W, 3) uint8 RGB; square: what the product would show its segmentation network; mask
    (H, W) float32, how likely a pixel shows the infant.
    """

    image: NDArray[np.uint8]
    square: Crop
    mask: NDArray[np.float32]
    name: str


@dataclass(frozen=True, eq=False)
class OutlinedSet:
    """The pictures of one source, each read when it is asked for; None where one is of no use."""

    source: DataSource
    fingerprint: str
    readers: Sequence[Callable[[], Outlined | None]]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.readers)


@dataclass(frozen=True)
class Witnesses:
    """Networks that say what nobody labelled: what of an infant is seen, and where it is."""

    teacher: SegmentationNetwork | None
    device: str

    @cached_property
    def finder(self) -> Predictor:
        """Of infants in pictures with masks, which have no keypoints."""
        return build_predictor(DEFAULT_POSE_MODEL, device=self.device)


def open_outlined(source: DataSource, rule: OutlineRule, witnesses: Witnesses) -> OutlinedSet:
    """The pictures that a source names, their masks by the teacher where they have none.

    Raises:
        BadInput: no such pictures, a mask is missing, or there is no teacher where one is needed.
    """
    if source.name == MASKS:
        return _drawn(source, witnesses)
    pictures = open_pictures(source)
    if source.name == SYNTHETIC:
        shards = ShardSet.open(source.path)
        rendered = [partial(_rendered, shards, n, rule.carers) for n in range(len(shards))]
        return OutlinedSet(source, f"{pictures.fingerprint} {rule.carers}", rendered)
    if witnesses.teacher is None:
        raise BadInput(
            f"{source.as_given}: photographs without masks need a model that outlines them; name "
            "one with --set teacher=NAME."
        )
    mark = f"{pictures.fingerprint} {witnesses.teacher.card.weights_sha256}"
    readers = [partial(_seen, read, witnesses.teacher) for read in pictures.readers]
    return OutlinedSet(source, mark, readers)


def _drawn(source: DataSource, witnesses: Witnesses) -> OutlinedSet:
    content, readers = hashlib.sha256(), []
    for file in image_files_of(source.path / "images"):
        mask = source.path / "masks" / f"{file.stem}.png"
        if not mask.is_file():
            raise BadInput(f"{mask}: this mask is missing; each picture needs one.")
        content.update(f"{file.name} {fingerprint(file)} {fingerprint(mask)}\n".encode())
        readers.append(partial(_of_drawn, file, mask, witnesses))
    return OutlinedSet(source, content.hexdigest()[:32], readers)


def _of_drawn(file: Path, mask_file: Path, witnesses: Witnesses) -> Outlined | None:
    image, mask = read_image(file), read_image(mask_file)[..., 0]
    if mask.shape != image.shape[:2]:
        raise BadInput(f"{mask_file}: is not as large as its picture.")
    pose = witnesses.finder.predict_image(image)
    if pose.is_empty:
        return None
    square = with_room(witnesses.finder.crop_of(pose))
    return Outlined(image, square, (mask > _INFANT).astype(np.float32), file.name)


def _rendered(shards: ShardSet, number: int, carers: bool) -> Outlined | None:
    sample = shards[number]
    labels = sample.labels
    has_carer = any(one.startswith(_CARER) for one in labels.surroundings)
    if sample.visible is None or (carers and not has_carer):
        return None
    xy = np.where(np.array(labels.visibility)[:, None] > 0, np.array(labels.xy), np.nan)
    crop = crop_of_labels(xy)
    if crop is None:
        return None
    name = f"{labels.kind}-{labels.seed}-{labels.index}"
    return Outlined(sample.image, with_room(crop), sample.visible.astype(np.float32), name)


def _seen(read: Callable[[], Picture], teacher: SegmentationNetwork) -> Outlined | None:
    picture = read()
    crop = crop_of_labels(picture.xy)
    if crop is None:
        return None
    square = with_room(crop)
    mask = agreed_mask(teacher, picture.image, square)
    return Outlined(picture.image, square, mask, picture.name)
