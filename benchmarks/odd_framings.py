"""How accuracy holds when labelled photographs are framed as recordings are not supposed to be.

Each photograph is turned, darkened, or set small into a large frame or at its edge, predicted
without ground truth, and scored under 5 % of the side of the 1.25x true box.

    python -m benchmarks.odd_framings --annotations FILE --images DIR [--split train] [--count 30]
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.datasets.coco import LabelledImage, read_coco
from core.evaluation import metrics
from core.evaluation.views import BOX_ENLARGED
from core.geometry import Affine
from core.models.library import DEFAULT_POSE_MODEL
from core.prediction.predictor import Predictor, build_predictor
from core.video.image_folder import read_image

Framing = Callable[[LabelledImage], tuple[Affine, int, int]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--annotations", type=Path)
    parser.add_argument("--images", type=Path)
    parser.add_argument("--split", default="train")
    parser.add_argument("--count", type=int, default=30)
    args = parser.parse_args()
    if args.annotations is None or args.images is None:
        print("odd_framings: needs --annotations and --images (see its first lines); left out.")
        return
    dataset = read_coco(args.annotations, args.images, args.split)
    dataset = dataset[:: max(len(dataset) // args.count, 1)]
    predictor = build_predictor(DEFAULT_POSE_MODEL)
    for name, (framing, light) in _framings().items():
        score, lost = _score(dataset, predictor, framing, light)
        print(f"{name:28} {score:5.1f} % correct, {lost:.0%} not found", flush=True)


def _framings() -> dict[str, tuple[Framing, float]]:
    return {
        "as photographed": (_placed(1.0, 0, (0.5, 0.5), None), 1.0),
        "upside down": (_placed(1.0, 180, (0.5, 0.5), None), 1.0),
        "sideways": (_placed(1.0, 90, (0.5, 0.5), None), 1.0),
        "oblique, 45 degrees": (_placed(1.0, 45, (0.5, 0.5), None), 1.0),
        "phone portrait 1080x1920": (_placed(1.0, 0, (0.5, 0.5), (1080, 1920)), 1.0),
        "a third of a 1920x1080 frame": (_placed(0.33, 0, (0.3, 0.6), (1920, 1080)), 1.0),
        "a fifth, in the corner": (_placed(0.2, 90, (0.9, 0.85), (1920, 1080)), 1.0),
        "a tenth of the light": (_placed(1.0, 0, (0.5, 0.5), None), 0.1),
    }


def _placed(
    share: float, degrees: float, at: tuple[float, float], size: tuple[int, int] | None
) -> Framing:
    """The photograph's longer side as a share of the frame's, its middle at `at` of the frame."""

    def framing(item: LabelledImage) -> tuple[Affine, int, int]:
        width, height = size or (round(item.padded_side * 1.2),) * 2
        scale = share * max(width, height) / item.padded_side / (1.0 if size else 1.2)
        place = (
            Affine.translation(-item.width / 2, -item.height / 2)
            .then(Affine.rotation(degrees))
            .then(Affine.scaling(scale, scale))
            .then(Affine.translation(at[0] * width, at[1] * height))
        )
        return place, width, height

    return framing


def _score(
    dataset: list[LabelledImage], predictor: Predictor, framing: Framing, light: float
) -> tuple[float, float]:
    predicted, truth, limits = [], [], []
    for item in dataset:
        place, width, height = framing(item)
        predicted.append(predictor.predict_image(_framed(item, place, (width, height), light)).xy)
        truth.append(place(item.labels.xy[0]))
        limits.append(0.05 * BOX_ENLARGED * item.box.side * place.scale)
    errors = metrics.pixel_errors(np.array(predicted, np.float64), np.array(truth))
    labelled = np.concatenate([item.labels.confidence for item in dataset]) > 0
    counts = metrics.judge(errors, labelled, np.array(limits))
    lost = float(np.isnan(np.array(predicted)).all(axis=(1, 2)).mean())
    return metrics.limb_average(counts, predictor.skeleton), lost


def _framed(
    item: LabelledImage, place: Affine, size: tuple[int, int], light: float
) -> NDArray[np.uint8]:
    """The photograph in its frame, over a soft grey like a sheet."""
    image = read_image(item.path).astype(np.float32) * light
    frame = cv2.warpAffine(
        image,
        place.index_matrix,
        size,
        flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(128 * light,) * 3,
    )
    return frame.clip(0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
