"""How well and how fast a segmentation model finds the infant's visible silhouette.

    python -m benchmarks.segmentation [FOLDER] [--synthetic SHARDS] [--model NAME|DIR]

FOLDER holds `images/` and, under the same stems, `masks/*.png` (255 = infant); each third is
measured, as `infant_mask` learns from the others. SHARDS is made by `shift-pose
synthesize infants --count 200 --seed 4242 --no-depth --no-full --out SHARDS`. Without either only
the time is measured. IoU is taken in the photograph's own pixels.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from core.geometry import Box
from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load import SegmentationNetwork, load_segmentation_network
from core.prediction.crop import Crop
from core.prediction.predictor import build_predictor
from core.prediction.segmenter import Segmenter
from core.training.data.pictures import open_pictures
from core.training.data_source import SYNTHETIC, DataSource

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Pair = tuple[Image, Mask]

CROPS = {"true box x 1.25": 1.25, "true box x 1.4": 1.4, "true box x 1.8": 1.8, "whole image": None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--model", default=DEFAULT_SEGMENTATION_MODEL)
    args = parser.parse_args()
    network = load_segmentation_network(ModelLibrary.standard().find(args.model))
    network.module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    threads = torch.get_num_threads()
    print(f"{args.model}: {milliseconds(network):.0f} ms a crop, {threads} threads")
    if args.folder:
        pairs = [read_pair(path) for path in sorted((args.folder / "images").iterdir())[::3]]
        report_true_boxes(network, pairs)
        report_own_road(network, pairs)
    if args.synthetic:
        report_own_road(network, list(rendered(args.synthetic)))


def milliseconds(network: SegmentationNetwork, repeats: int = 20) -> float:
    """Median time for one crop on the CPU."""
    image = torch.zeros(1, 3, 256, 256, dtype=torch.uint8)
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        with torch.inference_mode():
            network.probabilities(image)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def report_true_boxes(network: SegmentationNetwork, pairs: list[Pair]) -> None:
    """Upright as photographed, the crop made from the true mask's box."""
    for name, factor in CROPS.items():
        report(name, [overlap(found_in_box(network, *pair, factor), pair[1]) for pair in pairs])


def report_own_road(network: SegmentationNetwork, pairs: list[Pair]) -> None:
    """As the product does it: the pose is found first, the crop shows the infant upright.

    One look is what frames of recordings get, four what photographs get.
    """
    finder = build_predictor(DEFAULT_POSE_MODEL)
    segmenter = Segmenter(network, finder.skeleton, batch=1)
    poses = [finder.predict_image(image) for image, _ in pairs]
    has_pose = np.array([not pose.is_empty for pose in poses])
    for looks, careful in (("one look", False), ("four looks", True)):
        scores = np.zeros(len(pairs))
        for number, ((image, mask), pose) in enumerate(zip(pairs, poses, strict=True)):
            (outline,) = segmenter.outlines([image], [pose], careful=careful)
            if outline is not None:
                scores[number] = overlap(outline.to_mask(*mask.shape[::-1]), mask)
        report(f"own pose, {looks}", scores)
        report("the same, with one", scores[has_pose])


def report(name: str, values: Sequence[float] | NDArray[np.float64]) -> None:
    scores = np.asarray(values)
    low, high = bootstrap(scores)
    print(
        f"{name:18} mean IoU {scores.mean():.3f} [{low:.3f}, {high:.3f}]  "
        f"median {np.median(scores):.3f}  under 0.5: {(scores < 0.5).mean():.1%}  "
        f"({len(scores)} images)"
    )


def read_pair(image_path: Path) -> Pair:
    mask_path = image_path.parent.parent / "masks" / f"{image_path.stem}.png"
    image = cv2.cvtColor(cv2.imread(str(image_path)), cv2.COLOR_BGR2RGB)
    return image, cv2.imread(str(mask_path), cv2.IMREAD_GRAYSCALE) > 127


def rendered(folder: Path) -> Iterator[Pair]:
    for read in open_pictures(DataSource(SYNTHETIC, folder)).readers:
        picture = read()
        if picture.infant is not None:
            yield picture.image, picture.infant > 0.5


def found_in_box(
    network: SegmentationNetwork, image: Image, mask: Mask, factor: float | None
) -> Mask:
    """The mask found in the square around the true one's box; in the whole image without factor."""
    height, width = mask.shape
    ys, xs = mask.nonzero()
    box = Box(xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1)
    crop = Crop.whole(box.enlarged(factor) if factor else Box(0, 0, width, height))
    tensor = torch.from_numpy(crop.cut(image, network.card.input_size)).permute(2, 0, 1)
    with torch.inference_mode():
        probability = network.probabilities(tensor[None])[0, 0].numpy()
    back = crop.affine(len(probability)).inverse
    return cv2.warpAffine(probability, back.index_matrix, (width, height)) >= network.card.threshold


def overlap(found: Mask, mask: Mask) -> float:
    """Intersection over union."""
    return float((found & mask).sum() / max((found | mask).sum(), 1))


def bootstrap(scores: NDArray[np.float64], draws: int = 2000) -> tuple[float, float]:
    """95 % interval of the mean."""
    rng = np.random.default_rng(0)
    means = rng.choice(scores, (draws, len(scores))).mean(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


if __name__ == "__main__":
    main()
