"""Whether numbers without labels choose the better of several models, told with labels.

    python -m benchmarks.choice_criterion CANDIDATES --data NAME=ROOT [--base NAME] [--count N]
        [--prior NAME] [--kp2seg NAME] [--csv FILE]

CANDIDATES is a folder that holds model folders at any depth, such as snapshots of several runs;
the base is a candidate too, and the jury. Each is shown N pictures of a labelled set (coco:measure=
DIR, synthetic=DIR, ...) in the square that the product would have found. The evidence sees pixels
alone; PCK is of the plain view, under 5 % of the picture's longer side and of 1.25 times the box.
Given are all candidates, best PCK first; then for each number Spearman's rank correlation with
PCK, and the regret in points: the best PCK less that of the candidate with the best number.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from core.evaluation import metrics
from core.evaluation.views import BOX_ENLARGED
from core.geometry import Affine, Box
from core.models.card import CARD_FILE
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder, open_model
from core.networks.load import load_pose_network
from core.networks.load_judges import load_area, load_prior
from core.pose.skeleton import shipped_skeleton
from core.prediction.processor import lay_out_channels_last
from core.training.adaptation import Judges
from core.training.choice.evidence import Evidence, score
from core.training.choice.examination import Examination
from core.training.choice.predictions import predict
from core.training.choice.records import Examined, best_of
from core.training.data.canvas import (
    CANVAS,
    Canvas,
    canvas_affine,
    cut_canvas,
    cut_mask,
    plain_view,
)
from core.training.data.canvas_set import CanvasSet
from core.training.data.labelled_canvases import crop_of_labels
from core.training.data.pictures import Picture, open_pictures
from core.training.data_source import DataSource

SHARE: Final = 0.05
MARGIN_OF_POINTS: Final = 0.1  # of their extent; a box where a set has none
LOWER_IS_BETTER: Final = {"spread", "coinciding", "asymmetry", "bone_spread"}


@dataclass(frozen=True, eq=False)
class Labelled:
    """Canvases with labels; limits (N,) in canvas pixels, by "image" and by "box"."""

    canvases: CanvasSet
    limits: dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Candidate:
    name: str
    evidence: Evidence
    score: float
    image: float  # PCK in per cent
    box: float

    @property
    def numbers(self) -> dict[str, float | None]:
        return {"score": self.score, **self.evidence.named()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("candidates", type=Path, nargs="?")
    parser.add_argument("--data")
    parser.add_argument("--base", default=DEFAULT_POSE_MODEL)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--prior", default="")
    parser.add_argument("--kp2seg", default="")
    parser.add_argument("--csv", type=Path)
    args = parser.parse_args()
    if args.candidates is None or args.data is None:
        print("choice_criterion: needs candidates and --data (see its first lines); left out.")
        return
    labelled = read(DataSource.parse(args.data), args.count)
    found = judged(args, labelled)
    show_candidates(found)
    show_numbers(found)
    if args.csv:
        write(args.csv, found)


def read(source: DataSource, count: int) -> Labelled:
    """Up to `count` pictures, evenly from all that have labels enough."""
    pictures = open_pictures(source)
    boxes = [one.box for one in source.read_photographs()] if source.has_photographs else None
    canvases: list[Canvas] = []
    kept: list[Picture] = []
    limits: dict[str, list[float]] = {"image": [], "box": []}
    for number in np.unique(np.linspace(0, len(pictures) - 1, count).astype(int)):
        picture = pictures.readers[number]()
        if (crop := crop_of_labels(picture.xy)) is None:
            continue
        mask = None if picture.infant is None else cut_mask(picture.infant, Affine(), crop)
        canvases.append(cut_canvas(picture.image, crop, picture.xy, mask))
        kept.append(picture)
        box = box_of_points(picture.xy) if boxes is None else boxes[number]
        pixel = SHARE * canvas_affine(crop).scale
        limits["image"].append(pixel * max(picture.image.shape[:2]))
        limits["box"].append(pixel * BOX_ENLARGED * box.side)
    together = CanvasSet.of(canvases, [one.name for one in kept], [one.group for one in kept])
    return Labelled(together, {name: np.array(values) for name, values in limits.items()})


def box_of_points(xy: NDArray[np.float64]) -> Box:
    return Box.around(xy).enlarged(1 + 2 * MARGIN_OF_POINTS)


def judged(args: argparse.Namespace, labelled: Labelled) -> list[Candidate]:
    """The base first, then every model below the folder."""
    library = ModelLibrary.standard()
    base = library.find(args.base)
    judges = Judges(
        load_prior(library.find(args.prior)) if args.prior else None,
        load_area(library.find(args.kp2seg)) if args.kp2seg else None,
    )
    examination = Examination(load_pose_network(base), labelled.canvases, judges)
    found = [candidate("(base)", base, examination, labelled)]
    for card in sorted(args.candidates.rglob(CARD_FILE)):
        name = str(card.parent.relative_to(args.candidates))
        found.append(candidate(name, open_model(card.parent), examination, labelled))
        print(f"judged {name}", flush=True)
    return found


def candidate(
    name: str, model: ModelFolder, examination: Examination, labelled: Labelled
) -> Candidate:
    network = load_pose_network(model)
    lay_out_channels_last(network.module)
    found = predict(network, labelled.canvases)
    evidence = examination.judge(found)
    places = plain_view(CANVAS).inverse(found.plain.double().numpy() * CANVAS)
    pck = {name: accuracy(places, labelled, name) for name in labelled.limits}
    return Candidate(name, evidence, score(evidence, examination.base), pck["image"], pck["box"])


def accuracy(places: NDArray[np.float64], labelled: Labelled, length: str) -> float:
    truth = labelled.canvases.xy.astype(np.float64)
    errors = metrics.pixel_errors(places, truth)
    counts = metrics.judge(errors, np.isfinite(truth[..., 0]), labelled.limits[length])
    return metrics.limb_average(counts, shipped_skeleton())


def show_candidates(found: list[Candidate]) -> None:
    names = [
        name for name in found[0].numbers if any(one.numbers[name] is not None for one in found)
    ]
    print(
        f"{'candidate':30} {'image':>6} {'box':>6} " + " ".join(f"{name[:9]:>9}" for name in names)
    )
    for one in sorted(found, key=lambda one: -one.box):
        cells = " ".join(f"{cell(one.numbers[name]):>9}" for name in names)
        print(f"{one.name[-30:]:30} {one.image:6.2f} {one.box:6.2f} {cells}")


def show_numbers(found: list[Candidate]) -> None:
    """How well each number orders the candidates, and what choosing by it costs."""
    print(
        f"\n{'number':14} {'rho image':>9} {'rho box':>9} {'regret image':>12} {'regret box':>10}"
    )
    image, box = (np.array([getattr(one, name) for one in found]) for name in ("image", "box"))
    for name in found[0].numbers:
        values = [one.numbers[name] for one in found]
        if None in values:
            continue
        good = np.array(values, np.float64) * (-1 if name in LOWER_IS_BETTER else 1)
        at = int(good.argmax())
        line(name, good, (image, box), at)
    rows = [Examined(step, one.score, one.evidence) for step, one in enumerate(found)]
    scores = np.array([one.score for one in found])
    line("as adapt does", scores, (image, box), best_of(rows).step)
    print(f"base: regret image {image.max() - image[0]:.2f}, box {box.max() - box[0]:.2f}; "
          f"a candidate by lot: {image.max() - image.mean():.2f}, "
          f"{box.max() - box.mean():.2f}")  # fmt: skip


def line(
    name: str,
    good: NDArray[np.float64],
    pck: tuple[NDArray[np.float64], NDArray[np.float64]],
    chosen: int,
) -> None:
    rho = [spearman(good, one) for one in pck]
    regret = [one.max() - one[chosen] for one in pck]
    print(f"{name:14} {rho[0]:9.2f} {rho[1]:9.2f} {regret[0]:12.2f} {regret[1]:10.2f}")


def spearman(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Correlation of the ranks, ties in the middle of theirs; NaN if one of them is constant."""
    first, second = ranks(one), ranks(other)
    if not first.std() or not second.std():
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, "left")
    return (below + np.searchsorted(ordered, values, "right")) / 2


def cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def write(path: Path, found: list[Candidate]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["candidate", "pck_image", "pck_box", *found[0].numbers])
        table.writerows([one.name, one.image, one.box, *one.numbers.values()] for one in found)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()
