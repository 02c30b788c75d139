"""Does an adult network find rendered supine infants as well as photographed ones?

    python -m benchmarks.synthetic_against_real DATA [--count 150] [--model movenet_thunder]

DATA is the folder that holds `syrip_train200`; only its split `train` is looked at. Every picture
is fed with its true box. Rendered: supine, nothing lying over the body, all limbs in the picture.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from core.datasets.coco import read_coco
from core.datasets.labelled_image import LabelledImage
from core.evaluation.evaluate import Evaluation
from core.evaluation.report import Report
from core.geometry import Box
from core.pose.keypoint_rules import Keypoints
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import Predictor, build_predictor
from core.shards.sample import SyntheticSample
from core.synthesis.staging.stage import Stage

SEED, SIZE = 77, 320
COVERS = ("blanket", "hand", "toy", "gym", "held")  # words in what lies over a body


def main() -> None:
    """Print both sets' scores beside each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--model", default="movenet_thunder")
    args = parser.parse_args()
    predictor = build_predictor(args.model)
    root = args.data / "syrip_train200"
    photographs = read_coco(root / "person_keypoints.json", root / "images", "train")
    supine = [image for image in photographs if (image.posture or "").lower() == "supine"]
    with tempfile.TemporaryDirectory() as folder:
        rendered = list(rendered_supine(args.count, Path(folder)))
        for title, images in (("photographed", supine), ("rendered", rendered)):
            report = scored(images, predictor)
            print(f"{title:14} {len(images):4} supine  {line(report)}")


def scored(images: list[LabelledImage], predictor: Predictor) -> Report:
    """The report with the true box."""
    work = Evaluation(images, "benchmark", None, "corrected", "box").run(predictor)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def line(report: Report) -> str:
    """Both thresholds, and the box's by part."""
    assert report.box is not None
    parts = "  ".join(f"{name} {value:.0f}" for name, value in report.box.parts.items() if value)
    interval = report.box.interval_95 or (np.nan, np.nan)
    views = "".join(
        f"\n    {name:18} image {value:5.1f}  box {report.box.postures[name] or np.nan:5.1f}"
        for name, value in report.image.postures.items()
    )
    return (
        f"image {report.image.average:5.1f}  box {report.box.average:5.1f} "
        f"[{interval[0]:.1f}, {interval[1]:.1f}]  {parts}{views}"
    )


def rendered_supine(count: int, folder: Path) -> Iterator[LabelledImage]:
    """Rendered infants that fit, their pictures written to a folder."""
    stage, found, index = Stage(), 0, 0
    while found < count:
        sample = stage.sample("infant", SEED, index, SIZE, False)
        index += 1
        if fits(sample):
            found += 1
            yield labelled(sample, index, folder)


def fits(sample: SyntheticSample) -> bool:
    """Supine, wholly in the picture, nothing over it."""
    labels = sample.labels
    covered = any(word in thing for thing in labels.surroundings for word in COVERS)
    return labels.posture == "supine" and not covered and min(labels.visibility) > 0


def labelled(sample: SyntheticSample, number: int, folder: Path) -> LabelledImage:
    """The sample as a photograph with labels."""
    path = folder / f"{number}.png"
    cv2.imwrite(str(path), sample.image[..., ::-1])
    names = shipped_skeleton().keypoints
    xy = np.array([sample.labels.xy], np.float32)
    labels = Keypoints(names, xy, np.ones(xy.shape[:2], np.float32))
    return LabelledImage(
        id=number,
        path=path,
        width=SIZE,
        height=SIZE,
        labels=labels,
        authors_xy=xy[0].astype(np.float64),
        box=silhouette_box(sample),
        posture=view_of(sample),
    )


def view_of(sample: SyntheticSample) -> str:
    """From where the camera looks, such as "from above"."""
    named = (thing.partition(",")[0] for thing in reversed(sample.labels.surroundings))
    return next((thing for thing in named if thing.startswith(("from ", "low "))), "elsewhere")


def silhouette_box(sample: SyntheticSample) -> Box:
    """The box of all that belongs to the person, as annotators draw it."""
    assert sample.full is not None
    rows, columns = np.nonzero(sample.full)
    return Box.around(np.stack([columns, rows], axis=1))


if __name__ == "__main__":
    main()
