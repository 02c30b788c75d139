"""What smoothing over time does to a recording's points, and to true fast movement.

    python -m benchmarks.smoothing CLIPS [--model infant_pose]

CLIPS is made by `shift-pose synthesize clip --count 4 --seed 721 --seconds 6 --fps 25 --out CLIPS`.
For each width: the mean error of the limb keypoints in per cent of the side of the box about the
true ones, the share within 5 and 2 % of that side enlarged by a quarter, how far the smoothed
points tremble (second differences) beside the true ones; and what the same smoothing does to the
true points themselves, where anything but zero is harm: their mean displacement, that of the
fastest hundredth of all moments, and the share of the speed of these that is left.
"""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
from numpy.typing import NDArray

from benchmarks.adapted_recordings import true_keypoints
from core.pose.pose_track import PoseTrack, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from core.pose.smoothing import smoothed
from core.prediction.predictor import build_predictor
from core.prediction.recording import predict_recording
from core.video.source import open_video

WIDTHS = (0.06, 0.09, 0.13, 0.17, 0.21, 0.29, 0.41)
FASTEST = 0.99
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Clip:
    """What was found, what is true (T, 16, 2), when (T,), and the side of the box (T,)."""

    found: PoseTrack
    truth: Floats
    times: Floats

    @property
    def side(self) -> Floats:
        return (self.truth.max(axis=1) - self.truth.min(axis=1)).max(axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path, nargs="?")
    parser.add_argument("--model", default="infant_pose")
    args = parser.parse_args()
    if not args.clips:
        print("smoothing: needs CLIPS; left out.")
        return
    clips = [read(path, args.model) for path in sorted(args.clips.glob("clip-*.mp4"))]
    print(
        "width s   error %  within 5 %  2 %   tremble x true | truth moved %  fastest %  speed left"
    )
    for width in (0.0, *WIDTHS):
        rows = np.array([[*of_found(one, width), *of_truth(one, width)] for one in clips])
        error, five, two, tremble, moved, fastest, speed = rows.mean(axis=0)
        print(
            f"{width:7.2f}  {error:7.2f}  {five:9.1f}  {two:5.1f}  {tremble:10.2f}      |"
            f"  {moved:8.3f}  {fastest:12.3f}  {speed:8.2f}"
        )


def read(recording: Path, model: str) -> Clip:
    truth = true_keypoints(recording.with_name(f"{recording.stem}_truth.csv"))
    with open_video(recording) as source:
        times = np.asarray(source.info.times, np.float64)
        chunks = [chunk.track for chunk in predict_recording(source, build_predictor(model))]
    columns = ("xy", "confidence", "visibility", "source")
    joined = {name: np.concatenate([getattr(one, name) for one in chunks]) for name in columns}
    return Clip(PoseTrack(shipped_skeleton(), **joined), truth, times)


def of_found(clip: Clip, width: float) -> tuple[float, ...]:
    track = smoothed(clip.found, clip.times, width) if width else clip.found
    limbs = shipped_skeleton().limb_indices
    error = np.linalg.norm(track.xy - clip.truth, axis=-1)[:, limbs] / clip.side[:, None]
    shares = [100 * float((error < share * 1.25).mean()) for share in (0.05, 0.02)]
    return 100 * float(np.nanmean(error)), *shares, tremble(track.xy) / tremble(clip.truth)


def of_truth(clip: Clip, width: float) -> tuple[float, ...]:
    """The true points, as sure as points can be, through the same smoothing."""
    shape = clip.truth.shape[:2]
    perfect = PoseTrack(
        shipped_skeleton(),
        clip.truth.astype(np.float32),
        np.ones(shape, np.float32),
        np.full(shape, Visibility.SEEN, np.uint8),
        np.full(shape, Source.MODEL, np.uint8),
    )
    track = smoothed(perfect, clip.times, width) if width else perfect
    limbs = shipped_skeleton().limb_indices
    moved = np.linalg.norm(track.xy - clip.truth, axis=-1)[:, limbs] / clip.side[:, None]
    speed, kept = speeds(clip.truth)[:, limbs], speeds(track.xy)[:, limbs]
    is_fast = speed >= np.quantile(speed, FASTEST)
    fast_moved = moved[1:-1][is_fast]
    return (
        100 * moved.mean(),
        100 * fast_moved.mean(),
        float((kept[is_fast] / speed[is_fast]).mean()),
    )


def speeds(xy: NDArray[np.floating]) -> Floats:
    """Of the frames but the first and the last, in pixels over two frames."""
    return np.linalg.norm(xy[2:] - xy[:-2], axis=-1).astype(np.float64)


def tremble(xy: NDArray[np.floating]) -> float:
    limbs = shipped_skeleton().limb_indices
    return float(np.nanmean(np.linalg.norm(np.diff(xy[:, limbs], 2, axis=0), axis=-1)))


if __name__ == "__main__":
    main()
