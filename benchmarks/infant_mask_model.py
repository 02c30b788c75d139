"""Train the shipped segmentation network `infant_mask`, from BlazePose full's mask branch.

    python -m benchmarks.infant_mask_model DATA --base MODEL --teacher MODEL --synthetic SHARDS
        --out FOLDER [--steps 1600] [--seed 0]

DATA holds `infant_masks`, whose true masks are learnt from (each third is left for measuring),
`syrip_train200`, of which the split `train` is used, and `lspet_1200`, of which each third picture;
masks of these two are the mean of two looks of the teacher, plain and mirrored. SHARDS is made as
for the pose network. BlazePose full and heavy, base and teacher, are imported as
docs/weights.md says. FOLDER gets the model's folder `model`, and `checkpoint.pt`, from which the
same command goes on.
"""

import argparse
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from benchmarks.resumable_steps import steps_left
from core.geometry import Affine
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import write_model_folder
from core.networks.load import SegmentationNetwork, load_segmentation_network
from core.prediction.crop import Crop
from core.prediction.predictor import build_predictor
from core.shards.reader import ShardSet
from core.training.batch import Batch
from core.training.data.canvas import CANVAS, cut_canvas, cut_mask
from core.training.data.canvas_set import CanvasSet
from core.training.data.infant_mask import with_room
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.pictures import open_pictures
from core.training.data_source import COCO, DataSource
from core.training.kept_memory import keep_freed_memory
from core.training.objectives.mean_teacher import MeanTeacher
from core.training.priors.kp2seg_learner import cross_entropy_loss, dice_loss
from core.training.shared_batches import SharedBatches
from core.training.views.hashed_draws import fork
from core.training.views.view_maps import draw_maps
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import ColourRanges, ErasingRanges, ViewRanges
from core.training.views.warp import warp
from core.training.written_weights import half_weights

NAME = "infant_mask"
# Of each batch: true masks, taught infants and adults, synthetic infants, those with a carer.
SHARES = (2, 3, 2, 3, 2)
RATE, DECAY, SAVE_EVERY = 1e-4, 0.99, 100
VIEW = ViewRanges(rotation=30.0, scale=(0.8, 1.3), translation=0.06, mirror_probability=0.5)
LOOK = Appearance(
    ColourRanges(0.3, 0.3, 0.4, 0.05, blur=1.5, blur_probability=0.3, noise=0.04),
    ErasingRanges(count=2, probability=0.3, side=(0.05, 0.2)),
)
LEARNT = (
    "Adults: Google's own photographs, as published with BlazePose. Then 100 generated pictures of "
    "infants with true masks, 4,000 synthetic infants, and 150 photographs of SyRIP and 400 of "
    "Leeds Sports Pose Extended whose masks are those of BlazePose heavy."
)
LICENCE = (
    "non-commercial research use, as SyRIP and Leeds Sports Pose Extended; begun from BlazePose "
    "full, Apache-2.0 (Google)"
)

Image = NDArray[np.uint8]
Mask = NDArray[np.floating]
Found = tuple[Image, Crop, Mask, str]  # a picture, the upright square, its mask in [0, 1], a name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--base")
    parser.add_argument("--teacher")
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not (args.data and args.base and args.teacher and args.synthetic and args.out):
        print("infant_mask_model: needs DATA, --base, --teacher, --synthetic and --out; left out.")
        return
    keep_freed_memory()
    teacher = network(args.teacher)
    infants = DataSource(COCO, args.data / "syrip_train200", "train")
    sets = (
        canvases(with_true_masks(args.data / "infant_masks")),
        canvases(with_taught_masks(infants, teacher)),
        canvases(with_taught_masks(DataSource(COCO, args.data / "lspet_1200"), teacher, each=3)),
        canvases(rendered(args.synthetic)),
        canvases(rendered(args.synthetic, carers=True)),
    )
    batches = SharedBatches.of(sets, SHARES, args.seed, torch.device("cpu"))
    training = Training(network(args.base), batches)
    training.run(args.out / "checkpoint.pt", args.steps)
    training.write(args.out / "model")


def network(name: str) -> SegmentationNetwork:
    return load_segmentation_network(ModelLibrary.standard().find(name))


def canvases(pictures: Iterable[Found]) -> CanvasSet:
    """Cut out as the segmentation network sees them, with the room that views need."""
    found = []
    for image, crop, mask, name in pictures:
        square = with_room(crop)
        canvas = cut_canvas(image, square, infant=cut_mask(mask, Affine(), square))
        found.append((canvas, name, name))
    return CanvasSet.of(*zip(*found, strict=True))


def with_true_masks(folder: Path) -> Iterable[Found]:
    """Two thirds of the generated infants, where the product finds them."""
    predictor = build_predictor(DEFAULT_POSE_MODEL)
    for number, file in enumerate(sorted((folder / "images").iterdir())):
        if number % 3 == 0:
            continue
        image = cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
        mask = cv2.imread(str(folder / "masks" / f"{file.stem}.png"), cv2.IMREAD_GRAYSCALE)
        pose = predictor.predict_image(image)
        if not pose.is_empty:
            yield image, predictor.crop_of(pose), (mask > 127).astype(np.float32), file.name


def with_taught_masks(
    source: DataSource, teacher: SegmentationNetwork, each: int = 1
) -> Iterable[Found]:
    """Photographs with the mean mask of the teacher's looks.

    Looks from elsewhere would blur it, and thin parts, hands and feet, would fall below one half.
    """
    for read in open_pictures(source).readers[::each]:
        picture = read()
        crop = crop_of_labels(picture.xy)
        if crop is not None:
            yield picture.image, crop, agreed_mask(teacher, picture.image, crop), picture.name


def agreed_mask(teacher: SegmentationNetwork, image: Image, crop: Crop) -> Mask:
    height, width = image.shape[:2]
    masks = []
    for is_mirrored in (False, True):
        square = with_room(crop).varied(0.0, 1.0, is_mirrored=is_mirrored)
        pixels = torch.from_numpy(square.cut(image, teacher.card.input_size)).permute(2, 0, 1)
        with torch.inference_mode():
            probability = teacher.probabilities(pixels[None])[0, 0].numpy()
        back = square.affine(len(probability)).inverse
        masks.append(cv2.warpAffine(probability, back.index_matrix, (width, height)))
    return np.mean(masks, axis=0)


def rendered(folder: Path, *, carers: bool = False) -> Iterable[Found]:
    """Synthetic infants; with `carers` those alone whom somebody's hands touch or pass."""
    shards = ShardSet.open(folder)
    for number in range(len(shards)):
        sample = shards[number]
        has_carer = any(one.startswith("carer") for one in sample.labels.surroundings)
        xy = np.array(sample.labels.xy)
        xy[np.array(sample.labels.visibility) == 0] = np.nan
        crop = crop_of_labels(xy)
        if crop is not None and sample.visible is not None and has_carer >= carers:
            yield sample.image, crop, sample.visible.astype(np.float32), str(number)


class Training:
    """A network, and the moving average of its weights, which becomes the model."""

    def __init__(self, base: SegmentationNetwork, batches: SharedBatches) -> None:
        self._card, self._batches = base.card, batches
        folder = ModelLibrary.standard().find(base.card.name)
        self._module, self._averaged = (
            load_segmentation_network(folder).module.to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
            for _ in range(2)
        )
        self._average = MeanTeacher(self._averaged, self._module, "own")
        self._optimiser = torch.optim.AdamW(self._module.parameters(), lr=RATE, weight_decay=0.0)

    def run(self, checkpoint: Path, steps: int) -> None:
        parts = (self._module, self._averaged, self._optimiser)
        for step in steps_left(checkpoint, parts, steps, SAVE_EVERY):
            self._step(step, steps)

    def _step(self, step: int, steps: int) -> None:
        loss = self._loss(self._batches.batch(step, sum(SHARES)))
        self._optimiser.zero_grad()
        loss.backward()
        clip_grad_norm_(self._module.parameters(), 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = (
                RATE * min(1.0, (step + 1) / 50) * (0.5 + 0.5 * np.cos(np.pi * step / steps))
            )
        self._optimiser.step()
        self._average.follow(min(DECAY, (1 + step) / (10 + step)))

    def _loss(self, batch: Batch) -> Tensor:
        seeds = fork(batch.seeds, "mask")
        views = draw_maps(VIEW, seeds, CANVAS, self._card.input_size)
        pictures = show(batch.pictures, views, LOOK, seeds)
        area = warp(batch.infant, views.maps, views.size)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self._module(pictures.contiguous(memory_format=torch.channels_last)).float()
        known = torch.ones_like(area)
        return cross_entropy_loss(logits, area, known) + dice_loss(logits, area, known)

    def write(self, folder: Path) -> None:
        card = self._card.model_copy(
            update={
                "name": NAME,
                "title": "SHIFT infant silhouette",
                "training_data": LEARNT,
                "licence": LICENCE,
                "source": "benchmarks/infant_mask_model.py; see docs/weights.md",
                "parent": self._card.name,
                "created": datetime.now(UTC).date().isoformat(),
            }
        )
        write_model_folder(folder, card, half_weights(self._averaged))


if __name__ == "__main__":
    main()
