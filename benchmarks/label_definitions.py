"""Where a network trained on photographs puts joints, beside labels of photographs and renderings.

    python -m benchmarks.label_definitions DATA [--synthetic SHARDS] [--model movenet_thunder]

DATA holds `syrip_train200`, of which only the split `train` is looked at; SHARDS is a folder of
`shift-pose synthesize infants`, by default the embedded pack. Each joint's error (prediction minus
label, where the network is sure and not wide of the mark) is laid out along the body: a share of
the way from one keypoint to another, by a robust fit. If both kinds of labels meant the same
places, both columns would agree; `shift` is what has to be added to the rendered labels, on top of
`core/synthesis/body/annotated_places.py`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.models.library import ModelLibrary
from core.networks.load import PoseNetwork, load_pose_network
from core.pose.keypoint_rules import Keypoints, predicted_infant
from core.pose.skeleton import shipped_skeleton
from core.prediction.heatmap_decoding import decode_heatmaps
from core.training.adapt_data import embedded
from core.training.data.canvas import CANVAS, ROOM
from core.training.data.canvas_set import CanvasSet
from core.training.data.labelled_canvases import labelled_canvas
from core.training.data.pictures import open_pictures
from core.training.data_source import COCO, SYNTHETIC, DataSource
from core.training.views.view_maps import plain_views
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import ColourRanges

SURE, WIDE = 0.35, 0.1  # least confidence; error in sides of the box beyond which it is a miss
ROUNDS, SOFT = 10, 0.01  # of the robust fit: errors beyond this count linearly
# Directions of each joint's error: towards the first keypoint, seen from the second.
DIRECTIONS = {
    "shoulder": (("neck", "pelvis"), ("SIDE_shoulder", "neck")),
    "elbow": (("SIDE_shoulder", "SIDE_elbow"), ("SIDE_wrist", "SIDE_elbow")),
    "wrist": (("SIDE_elbow", "SIDE_wrist"),),
    "hip": (("neck", "pelvis"), ("SIDE_hip", "pelvis")),
    "knee": (("SIDE_hip", "SIDE_knee"), ("SIDE_ankle", "SIDE_knee")),
    "ankle": (("SIDE_knee", "SIDE_ankle"),),
}
Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--model", default="movenet_thunder")
    args = parser.parse_args()
    if args.data is None:
        print("label_definitions: needs the data's folder (see its first lines); left out.")
        return
    network = load_pose_network(ModelLibrary.standard().find(args.model))
    rendered = DataSource(SYNTHETIC, args.synthetic) if args.synthetic else embedded()
    sources = (DataSource(COCO, args.data / "syrip_train200", "train"), rendered)
    errors = [Errors.of(infants(source), network) for source in sources]
    print("joint      direction                  photographs  rendered  shift")
    for joint, directions in DIRECTIONS.items():
        first, second = (found.shares(joint) for found in errors)
        for (end, start), a, b in zip(directions, first, second, strict=True):
            name = f"{start} -> {end}".replace("SIDE_", "")
            print(f"{joint:10} {name:26} {a:+11.3f} {b:+9.3f} {b - a:+6.3f}")


class Errors:
    """Labels (N, 16, 2), the network's errors about them, and how sure it was."""

    def __init__(self, xy: Floats, error: Floats, confidence: Floats) -> None:
        self.xy, self.error, self.confidence = xy, error, confidence
        extent = np.nanmax(xy, axis=1) - np.nanmin(xy, axis=1)
        self.box = 1.5 * extent.max(axis=1)

    @staticmethod
    def of(canvases: CanvasSet, network: PoseNetwork) -> "Errors":
        xy = np.array(canvases.xy, np.float64)
        found = predictions(canvases, network)
        return Errors(xy, found.xy - xy, found.confidence.astype(np.float64))

    def shares(self, joint: str) -> Floats:
        """The error's shares of the joint's directions."""
        columns, values = zip(*(self._rows(joint, side) for side in ("left", "right")), strict=True)
        return robust_fit(np.concatenate(columns), np.concatenate(values))

    def _rows(self, joint: str, side: str) -> tuple[Floats, Floats]:
        at = place(f"{side}_{joint}")
        ways = [
            self.xy[:, place(end.replace("SIDE", side))]
            - self.xy[:, place(start.replace("SIDE", side))]
            for end, start in DIRECTIONS[joint]
        ]
        directions = np.stack(ways, axis=-1) / self.box[:, None, None]
        error = self.error[:, at] / self.box[:, None]
        used = (self.confidence[:, at] > SURE) & (np.linalg.norm(error, axis=1) < WIDE)
        used &= np.isfinite(directions).all(axis=(1, 2))
        return directions[used].reshape(-1, len(ways)), error[used].reshape(-1)


def predictions(canvases: CanvasSet, network: PoseNetwork, batch: int = 16) -> Keypoints:
    """The 16 in canvas pixels, mean of the plain view and its mirror image."""
    skeleton, size = shipped_skeleton(network.card.skeleton), network.card.input_size
    mirror = list(skeleton.mirror_indices)
    xy, confidence = [], []
    for start in range(0, len(canvases), batch):
        pictures = torch.from_numpy(np.array(canvases.images[start : start + batch]))
        seeds = torch.zeros(len(pictures), dtype=torch.int64)
        views = plain_views(seeds, CANVAS, size)
        shown = show(pictures.permute(0, 3, 1, 2), views, Appearance(ColourRanges()), seeds)
        with torch.inference_mode():
            mirrored = network.heatmaps(shown.flip(-1)).flip(-1)[:, mirror]
            peaks = decode_heatmaps((network.heatmaps(shown) + mirrored) / 2)
        margin = (CANVAS - CANVAS / ROOM) / 2
        xy.append(peaks.in_pixels(network.card).numpy() * (CANVAS / ROOM / size) + margin)
        confidence.append(peaks.confidence.numpy())
    return predicted_infant(
        Keypoints(skeleton.keypoints, np.concatenate(xy), np.concatenate(confidence))
    )


def robust_fit(columns: Floats, values: Floats) -> Floats:
    """Coefficients that make sum |values - columns c| small, by reweighted least squares."""
    weights = np.ones(len(values))
    found = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        found = np.linalg.lstsq(
            columns * weights[:, None] ** 0.5, values * weights**0.5, rcond=None
        )[0]
        weights = 1 / np.maximum(np.abs(values - columns @ found), SOFT)
    return found


def infants(source: DataSource) -> CanvasSet:
    """Framed as the product would; without the adults of the embedded pack."""
    pictures = [read() for read in open_pictures(source).readers]
    cut = {one.name: labelled_canvas(one, "found") for one in pictures if one.group != "adult"}
    kept = {name: canvas for name, canvas in cut.items() if canvas is not None}
    return CanvasSet.of(list(kept.values()), list(kept), list(kept))


def place(keypoint: str) -> int:
    return shipped_skeleton().indices(keypoint)[0]


if __name__ == "__main__":
    main()
