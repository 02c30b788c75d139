"""What a style costs: milliseconds of a core for each picture, whatever else the machine does.

AdaIN runs with random weights in the layout of the published ones: the cost is the same. A style is
computed for the whole batch, whatever share of its pictures then takes it over.

    python -m benchmarks.style_cost [--size 256] [--batch 4] [--rounds 5]
"""

import argparse
import time

import torch

from core.networks.style_network import StyleDecoder, StyleEncoder, StyleNetwork
from core.training.views.style.style_rule import StyleRule
from core.training.views.style.style_transfer import StyleTransfer, style_transfer

_KINDS = ("colour", "fourier", "adain")


def main() -> None:
    args = _parsed()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    size = (args.batch, 3, args.size, args.size)
    pictures, others = (torch.randint(0, 256, size, dtype=torch.uint8) for _ in range(2))
    print(f"{args.size} px, batch {args.batch}, {args.threads} threads, fastest of {args.rounds}")
    for kind in args.kinds:
        style = _style(kind)
        best = min(_seconds(style, pictures, others) for _ in range(args.rounds))
        print(f"{kind:8} {1e3 * best / args.batch:9.1f} ms a picture")


def _style(kind: str) -> StyleTransfer:
    rule = StyleRule.model_validate({"kind": kind, "encoder": "random", "decoder": "random"})
    network = StyleNetwork(StyleEncoder(), StyleDecoder()) if kind == "adain" else None
    found = style_transfer(rule, network)
    assert found is not None
    return found


def _seconds(style: StyleTransfer, pictures: torch.Tensor, others: torch.Tensor) -> float:
    started = time.process_time()
    style(pictures, others, 1.0, torch.arange(len(pictures)))
    return time.process_time() - started


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=_KINDS, default=_KINDS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
