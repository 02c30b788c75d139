"""What adapting to a lab's own recordings brings: synthetic infants filmed in strange rooms.

    python -m benchmarks.adapted_recordings CLIPS --out FOLDER [--base infant_pose]
        [--recipe recommended] [--set steps=300 seed=1]

CLIPS is made by `shift-pose synthesize clip --strange --count 4 --seed N --out CLIPS`, with other
people, rooms and cameras for each N. Nothing of its tables of true keypoints is learnt from. Scored
are the recordings as the product predicts them, before and after: the share of limb keypoints
within 5 % of the side of the box about the true keypoints, enlarged by a quarter.
"""

import argparse
import csv
import os
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import Predictor, build_predictor
from core.prediction.recording import predict_recording
from core.training.adapt_job import AdaptTask, adapt
from core.training.adapt_recipe import AdaptRecipe
from core.training.data.target_footage import Footage
from core.training.loop.events import Chosen, StepsDone
from core.training.recipe_file import load_recipe
from core.video.source import open_video

SHARE, ENLARGED = 0.05, 1.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path, nargs="?")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--base", default="infant_pose")
    parser.add_argument("--recipe", default="recommended")
    parser.add_argument("--set", nargs="*", default=[])
    args = parser.parse_args()
    if not (args.clips and args.out):
        print("adapted_recordings: needs CLIPS and --out; left out.")
        return
    recordings = sorted(args.clips.glob("clip-*.mp4"))
    recipe = load_recipe(AdaptRecipe, args.recipe, args.set)
    before = [score(path, build_predictor(args.base)) for path in recordings]
    print("before ", row(before), flush=True)
    footage = tuple(Footage(path) for path in recordings)
    for event in adapt(AdaptTask(footage, args.out, recipe, args.base)):
        if isinstance(event, StepsDone) and event.step % 100 == 0:
            print(f"  step {event.step}", flush=True)
        if isinstance(event, Chosen):
            print(f"  step {event.step} becomes the model", flush=True)
    after = [score(path, build_predictor(args.out / "model")) for path in recordings]
    print("after  ", row(after))


def score(recording: Path, predictor: Predictor) -> float:
    """Per cent of limb keypoints that are right."""
    truth = true_keypoints(recording.with_name(f"{recording.stem}_truth.csv"))
    with open_video(recording) as source:
        chunks = predict_recording(source, predictor)
        found = np.concatenate([chunk.track.xy for chunk in chunks])
    error = np.linalg.norm(np.nan_to_num(found, nan=np.inf) - truth, axis=-1)
    extent = (truth.max(axis=1) - truth.min(axis=1)).max(axis=1)
    is_right = error < SHARE * ENLARGED * extent[:, None]
    return 100 * float(is_right[:, shipped_skeleton().limb_indices].mean())


def true_keypoints(table: Path) -> NDArray[np.float64]:
    """The places (T, 16, 2) of a clip's table."""
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = shipped_skeleton().keypoints
    return np.array(
        [[(float(row[f"{name}_x"]), float(row[f"{name}_y"])) for name in names] for row in rows]
    )


def row(scores: list[float]) -> str:
    return "  ".join(f"{one:5.1f}" for one in scores) + f"   mean {np.mean(scores):.1f}"


if __name__ == "__main__":
    main()
