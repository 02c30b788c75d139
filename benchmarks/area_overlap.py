"""How well the area that a Kp2Seg fills in matches the full silhouette of unseen bodies.

    python -m benchmarks.area_overlap SHARDS MODEL [--count N]

SHARDS is a synthetic set with full silhouettes that MODEL (a folder) was not trained on. Given are
the mean intersection over union in the plain view of 64 pixels, for true keypoints, for keypoints
moved by a normal error in shares of the view's side, and for keypoints left out; then the time for
32 bodies, forward and backward.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from core.models.model_folder import open_model
from core.networks.kp2seg import Kp2Seg
from core.networks.load_judges import load_area
from core.training.data_source import SYNTHETIC, DataSource
from core.training.priors.kp2seg_learner import AreaViews, overlap, plain_areas
from core.training.priors.silhouettes import Silhouettes, read_silhouettes

ERRORS = (0.0, 0.01, 0.02, 0.04)
MISSING = (0.1, 0.3)
BATCH = 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shards", type=Path, nargs="?")
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=1000)
    args = parser.parse_args()
    if args.model is None:
        print("area_overlap: needs shards and a model (see its first lines); left out.")
        return
    area = load_area(open_model(args.model))
    views = plain_areas(first_bodies(args.shards, args.count))
    chance = torch.Generator().manual_seed(0)
    for error in ERRORS:
        noise = 2 * error * torch.randn(views.points.shape, generator=chance)
        print(f"error {error:4.0%} of the side: IoU {mean_overlap(area, views, noise):.3f}")
    if isinstance(area, Kp2Seg):
        for share in MISSING:
            noise = torch.where(torch.rand(views.points.shape[:2], generator=chance) < share,
                                torch.nan, 0.0)  # fmt: skip
            found = mean_overlap(area, views, noise.unsqueeze(-1))
            print(f"{share:.0%} of the keypoints missing: IoU {found:.3f}")
    print(f"{BATCH} bodies: {milliseconds(area, views.points[:BATCH]):.0f} ms, "
          f"{torch.get_num_threads()} threads")  # fmt: skip


def first_bodies(shards: Path, count: int) -> Silhouettes:
    work = read_silhouettes([DataSource(SYNTHETIC, shards)])
    while True:
        try:
            next(work)
        except StopIteration as finished:
            bodies: Silhouettes = finished.value
            return bodies.part(range(min(count, len(bodies))))


@torch.inference_mode()
def mean_overlap(area: Callable[[Tensor], Tensor], views: AreaViews, noise: Tensor) -> float:
    found = [
        overlap(area(points), AreaViews(points, *rest))
        for points, *rest in zip(
            (views.points + noise).split(BATCH), views.area.split(BATCH),
            views.is_known.split(BATCH), strict=True,
        )
    ]  # fmt: skip
    return float(torch.cat(found).mean())


def milliseconds(area: Callable[[Tensor], Tensor], points: Tensor, repeats: int = 5) -> float:
    """The shortest of some runs with gradients to the keypoints."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        area(points.clone().requires_grad_()).square().mean().backward()
        taken.append(1000 * (time.perf_counter() - start))
    return min(taken)


if __name__ == "__main__":
    main()
