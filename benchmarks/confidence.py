"""What a pose network's confidence means: how often keypoints are right, as a fitted curve.

    python -m benchmarks.confidence DATA [--model infant_pose] [--split train]

DATA holds photographs with COCO keypoints. A keypoint of a limb is right within 5 % of the side of
the box about the true keypoints, enlarged by a quarter. Both ways in which the product looks are
measured: one look, as at each frame of a recording, and the consensus of eight, as at a photograph.
Printed are the curve fitted to the network's own numbers (`one_look`, `eight_looks` in a model's
card), and how well what the card says now holds. Fit to pictures that the network did not learn
from, such as `trial` of `benchmarks.trial_split`, with a network that learnt from `learn`.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
from numpy.typing import NDArray

from core.models.trust import Trust
from core.pose.pose_track import Pose
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import Predictor, build_predictor
from core.training.data.pictures import Picture, open_pictures
from core.training.data_source import COCO, DataSource

SHARE, ENLARGED, ROUNDS = 0.05, 1.25, 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--model", default="infant_pose")
    parser.add_argument("--split", default="train")
    args = parser.parse_args()
    if not args.data:
        print("confidence: needs DATA; left out.")
        return
    source = DataSource(COCO, args.data, args.split)
    pictures = [read() for read in open_pictures(source).readers]
    predictor = build_predictor(args.model)
    for name, is_careful in (("one_look", False), ("eight_looks", True)):
        said, is_right = looked_at(pictures, predictor, careful=is_careful)
        trust = getattr(predictor.card, name)
        raw = said if trust is None else trust.raw(said)
        fitted = fit(raw, is_right)
        print(f"{name}: {len(said)} keypoints, {100 * is_right.mean():.1f} % right")
        print(f"  fitted: offset {fitted.offset:.3f}, slope {fitted.slope:.3f}")
        for low in np.arange(0, 1, 0.1):
            inside = (said >= low) & (said < low + 0.1)
            if inside.any():
                share = 100 * is_right[inside].mean()
                print(f"  said {low:.1f} to {low + 0.1:.1f}: {inside.sum():4}, {share:.0f} % right")


def looked_at(
    pictures: Sequence[Picture], predictor: Predictor, *, careful: bool
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Confidence of each limb keypoint that is labelled and was found, and whether it is right."""
    said, is_right = [], []
    for picture in pictures:
        pose = predictor.predict_image(picture.image, careful=careful)
        if pose.is_empty:
            continue
        near = right(pose, picture)
        known = shipped_skeleton().limb_indices
        known = known[np.isfinite(picture.xy[known]).all(axis=1)]
        said.append(pose.confidence[known])
        is_right.append(near[known])
    return np.concatenate(said), np.concatenate(is_right)


def right(pose: Pose, picture: Picture) -> NDArray[np.bool_]:
    extent = (np.nanmax(picture.xy, axis=0) - np.nanmin(picture.xy, axis=0)).max()
    return np.linalg.norm(pose.xy - picture.xy, axis=1) < SHARE * ENLARGED * extent


def fit(raw: NDArray[np.float32], is_right: NDArray[np.bool_]) -> Trust:
    """Logistic regression by Newton's method."""
    inputs = np.stack([np.ones(len(raw)), raw.astype(np.float64)], axis=1)
    weights = np.zeros(2)
    for _ in range(ROUNDS):
        share = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs.T * (share * (1 - share))) @ inputs
        weights += np.linalg.solve(curvature, inputs.T @ (is_right - share))
    return Trust(offset=float(weights[0]), slope=float(weights[1]))


if __name__ == "__main__":
    main()
