"""A network's forward and backward pass at each precision and memory layout, against plain float32.

The variants take turns within each round, so that other load hits all alike; printed is the median
over rounds of the ratio to the first variant's time in the same round, with its quartiles.

    python -m benchmarks.training_precision [--network movenet_thunder] [--batch 4] [--rounds 15]
"""

import argparse
import time
from dataclasses import dataclass
from itertools import product
from typing import get_args

import numpy as np
import torch

from core.models.architecture import FEEDING, PoseArchitecture
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks.load import load_pose_network
from core.prediction.processor import lay_out_channels_last
from core.training.kept_memory import keep_freed_memory
from core.training.precision import AutocastNetwork

DTYPES = {"full": None, "bf16": torch.bfloat16, "fp16": torch.float16}
LAYOUTS = ("channels_last", "contiguous")


@dataclass(frozen=True)
class Variant:
    name: str
    network: AutocastNetwork

    @staticmethod
    def of(base: ModelFolder, precision: str, layout: str, device: str) -> "Variant":
        plain = load_pose_network(base, device)
        if layout == "channels_last":
            lay_out_channels_last(plain.module)
        plain.module.train()
        network = AutocastNetwork(plain.card, plain.module, DTYPES[precision])
        return Variant(f"{precision}, {layout}", network)

    def seconds(self, pictures: torch.Tensor) -> float:
        self.network.module.zero_grad(set_to_none=True)
        started = time.perf_counter()
        self.network.heatmaps(pictures).square().mean().backward()
        if pictures.is_cuda:
            torch.cuda.synchronize()
        return time.perf_counter() - started


def main() -> None:
    args = _parsed()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    keep_freed_memory()
    base = ModelLibrary.standard().find(args.network)
    size = FEEDING[base.card.architecture].input_size
    pictures = torch.rand(args.batch, 3, size, size, device=args.device)
    precisions = DTYPES if args.device == "cuda" else ("full", "bf16")
    variants = [Variant.of(base, *pair, args.device) for pair in product(precisions, LAYOUTS)]
    rounds = [[v.seconds(pictures) for v in variants] for _ in range(args.rounds + 1)]
    times = np.array(rounds[1:])  # the first round compiles kernels
    low, middle, high = np.percentile(times / times[:, :1], [25, 50, 75], axis=0)
    print(f"{args.network}, batch {args.batch}, {args.threads} threads, {args.device}")
    for number, variant in enumerate(variants):
        fastest = 1e3 * times[:, number].min()
        spread = f"({low[number]:.2f} to {high[number]:.2f})"
        print(f"  {variant.name:22} {fastest:8.1f} ms   {middle[number]:.2f} x  {spread}")


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="movenet_thunder", choices=get_args(PoseArchitecture))
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
