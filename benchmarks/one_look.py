"""What a model finds in one look at labelled pictures, each cut out about its labels.

    python -m benchmarks.one_look MODEL ... --test NAME=ROOT ... [--folder CACHE]

As recordings are looked at; `shift-pose evaluate` takes eight looks at each photograph, and finds
the infant itself. Scored as in `benchmarks.adaptation_ablation`.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.adaptation_ablation import labelled, score
from core.models.library import ModelLibrary
from core.networks.load import load_pose_network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*")
    parser.add_argument("--test", nargs="+", default=[])
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if not (args.models and args.test):
        print("one_look: needs models and --test; left out.")
        return
    with tempfile.TemporaryDirectory() as temporary:
        for text in args.test:
            canvases = labelled(text, args.folder or Path(temporary))
            for model in args.models:
                network = load_pose_network(ModelLibrary.standard().find(model))
                print(f"{text}  {model}  {score(network, canvases):.1f}", flush=True)


if __name__ == "__main__":
    main()
