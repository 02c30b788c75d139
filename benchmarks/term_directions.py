"""Do prior and visibility pull poses towards the truth? No network is trained for this.

    python -m benchmarks.term_directions SHARDS [--model movenet_thunder] [--count 100]

SHARDS is made by `shift-pose synthesize infants --count 400 --seed 4242 --no-depth --no-full --out
SHARDS`. Poses are moved down the gradient of each term by 30 steps of 2 of the view's 256 pixels,
first those that the model finds (only the points that it is not sure of), then true ones of which a
third of the limb points was put off by chance. Shown is the mean cosine between the first step and
the way to the truth, and the mean error of the moved points before and after, in per cent of the
larger side of the box about the true points. The infant's mask is the true one, or the one that the
shipped segmentation network finds.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import Tensor
from torch.nn import functional as fn

from benchmarks.infant_pictures import canvases
from core.models.heatmap_grid import HeatmapGrid
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load import SegmentationNetwork, load_pose_network, load_segmentation_network
from core.networks.load_judges import load_area, load_prior
from core.pose.skeleton import shipped_skeleton
from core.training.batch import Batch, BatchSource
from core.training.data.canvas import CANVAS
from core.training.data_source import SYNTHETIC, DataSource
from core.training.loop.order import Order
from core.training.objectives.gaussian_targets import to_pixels
from core.training.objectives.network_points import NetworkPoints
from core.training.objectives.pose_losses import MaskBand, SeenInfant, prior_loss, visibility_loss
from core.training.objectives.soft_argmax import soft_argmax
from core.training.views.affine_maps import map_points
from core.training.views.view_maps import plain_maps, plain_views
from core.training.views.warp import warp

SIZE, AREA = 256, 64
STEPS, STEP = 30, 2.0  # pixels
UNSURE = 0.35  # as the presets of adaptation have it
OFF = (0.03, 0.06, 0.12, 0.25)  # standard deviations, in sides of the box
BATCH = 20


@dataclass(frozen=True, eq=False)
class Bodies:
    """Poses found and true (N, 16, 2) in pixels of the plain view, and masks (N, 1, 64, 64)."""

    found: Tensor
    confidence: Tensor
    truth: Tensor
    true_mask: Tensor
    found_mask: Tensor

    @property
    def side(self) -> Tensor:
        known = torch.isfinite(self.truth)
        high = torch.where(known, self.truth, -torch.inf).amax(1)
        low = torch.where(known, self.truth, torch.inf).amin(1)
        return (high - low).amax(-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shards", type=Path, nargs="?")
    parser.add_argument("--model", default="movenet_thunder")
    parser.add_argument("--count", type=int, default=100)
    args = parser.parse_args()
    if not args.shards:
        print("term_directions: needs SHARDS; left out.")
        return
    bodies = read(args.shards, args.model, args.count)
    limbs = torch.zeros(16, dtype=torch.bool)
    limbs[list(shipped_skeleton().limb_indices)] = True
    is_known = torch.isfinite(bodies.truth).all(-1) & limbs
    unsure = is_known & (bodies.confidence < UNSURE)
    print(f"found by {args.model}, {int(unsure.sum())} points under {UNSURE}:")
    report(bodies, bodies.found, unsure)
    generator = torch.Generator().manual_seed(0)
    for share in OFF:
        chosen = is_known & (torch.rand(is_known.shape, generator=generator) < 1 / 3)
        noise = torch.randn(bodies.truth.shape, generator=generator) * share
        start = bodies.truth.nan_to_num(SIZE / 2)
        start = torch.where(chosen[..., None], start + noise * bodies.side[:, None, None], start)
        print(f"a third of the true points put off by {share:.0%}:")
        report(bodies, start, chosen)


def report(bodies: Bodies, start: Tensor, moved: Tensor) -> None:
    for name, term in terms(bodies).items():
        way = torch.where(moved[..., None], bodies.truth - start, 0.0)
        step = -gradient(term, start)
        cosine = fn.cosine_similarity(step, way, dim=-1)[moved].mean()
        before, after = (error(bodies, xy, moved) for xy in (start, descended(term, start, moved)))
        print(f"  {name:28} cosine {cosine:+.2f}   error {before:5.2f} -> {after:5.2f} %")


def terms(bodies: Bodies) -> dict[str, Callable[[Tensor], Tensor]]:
    """Each gives the sum over the bodies for poses (N, 16, 2)."""
    library = ModelLibrary.standard()
    prior, area = load_prior(library.find("infant_prior")), load_area(library.find("kp2seg"))

    def of_prior(xy: Tensor) -> Tensor:
        return prior_loss(xy, prior) * len(xy)

    def of_mask(mask: Tensor) -> Callable[[Tensor], Tensor]:
        seen = SeenInfant(mask)
        return lambda xy: visibility_loss(area(xy * (2 / SIZE) - 1), seen, MaskBand()) * len(xy)

    true, found = of_mask(bodies.true_mask), of_mask(bodies.found_mask)
    return {
        "prior": of_prior,
        "visibility, mask found": found,
        "visibility, true mask": true,
        "prior + visibility, mask found": lambda xy: of_prior(xy) + found(xy),
    }


def gradient(term: Callable[[Tensor], Tensor], xy: Tensor) -> Tensor:
    moving = xy.detach().requires_grad_(True)
    return torch.autograd.grad(term(moving), moving)[0]


def descended(term: Callable[[Tensor], Tensor], start: Tensor, moved: Tensor) -> Tensor:
    xy = start.clone()
    for _ in range(STEPS):
        slope = gradient(term, xy) * moved[..., None]
        length = slope.flatten(1).norm(dim=1).clamp_min(1e-9)
        xy = xy - STEP * slope / length[:, None, None]
    return xy


def error(bodies: Bodies, xy: Tensor, moved: Tensor) -> float:
    apart = (xy - bodies.truth).norm(dim=-1) / bodies.side[:, None]
    return 100 * float(apart[moved].mean())


@torch.no_grad()
def read(shards: Path, model: str, count: int) -> Bodies:
    pictures = canvases(DataSource(SYNTHETIC, shards))
    source = BatchSource(pictures, Order(0, len(pictures)), torch.device("cpu"))
    library = ModelLibrary.standard()
    pose = load_pose_network(library.find(model))
    outliner = load_segmentation_network(library.find(DEFAULT_SEGMENTATION_MODEL))
    grid, points = HeatmapGrid.of(pose.card), NetworkPoints.of(shipped_skeleton(pose.card.skeleton))
    parts: list[tuple[Tensor, ...]] = []
    for step in range(min(count, len(pictures)) // BATCH):
        batch = source.batch(step, BATCH)
        views = plain_views(batch.seeds, CANVAS, SIZE)
        heatmaps = pose.heatmaps(warp(batch.pictures, views.maps, SIZE) / 255)
        found = points.infant(to_pixels(soft_argmax(heatmaps), grid))
        peaks = heatmaps.amax(dim=(2, 3)).unsqueeze(-1).expand(-1, -1, 2)
        masks = (shown(batch.infant, batch), shown(outlined(outliner, batch), batch))
        truth = map_points(batch.xy, views.maps)
        parts.append((found, points.infant(peaks)[..., 0], truth, *masks))
    return Bodies(*map(torch.cat, zip(*parts, strict=True)))


def outlined(outliner: SegmentationNetwork, batch: Batch) -> Tensor:
    pictures = fn.interpolate(batch.pictures.float() / 255, size=SIZE, mode="bilinear")
    return fn.interpolate(outliner.probabilities(pictures), size=CANVAS, mode="bilinear")


def shown(masks: Tensor, batch: Batch) -> Tensor:
    return warp(masks, plain_maps(batch.seeds, CANVAS, AREA), AREA)


if __name__ == "__main__":
    main()
