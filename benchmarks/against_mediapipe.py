"""Frames per second of the product against MediaPipe Pose (heavy) on the same clip and machine.

End to end: decode, crop, network, heatmap decoding, write; the two take turns clip by clip, so that
other load on the machine hits both alike. MediaPipe needs numpy < 2, so it runs in an environment
of its own: `pip install mediapipe==0.10.21`, and `pose_landmark_heavy.tflite` of the npm package
`@mediapipe/pose`.

    python -m benchmarks.against_mediapipe --python PYTHON --heavy FILE.tflite [--rounds 5]
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from core.export.pose_csv import PoseCsv, TableShape
from core.models.library import DEFAULT_POSE_MODEL
from core.paths import resources_folder
from core.prediction.predictor import Predictor, build_predictor
from core.prediction.recording import predict_recording
from core.video.source import open_video

_CHILD = """
import csv, sys, time
import cv2, mediapipe
clip, out = sys.argv[1:3]
for _ in sys.stdin:
    pose = mediapipe.solutions.pose.Pose(model_complexity=2)
    video, started, found = cv2.VideoCapture(clip), None, 0
    with open(out, "w", newline="") as file:
        table, frame = csv.writer(file), 0
        while (read := video.read())[0]:
            landmarks = pose.process(cv2.cvtColor(read[1], cv2.COLOR_BGR2RGB)).pose_landmarks
            found += landmarks is not None
            points = landmarks.landmark if landmarks else []
            table.writerow([frame, *(v for p in points for v in (p.x, p.y, p.visibility))])
            frame += 1
            started = started or time.perf_counter()
    print((frame - 1) / (time.perf_counter() - started), found / frame, flush=True)
"""


def main() -> None:
    args = _parsed()
    if args.python is None or args.heavy is None:
        print("against_mediapipe: needs --python and --heavy (see its first lines); left out.")
        return
    _install_heavy(args.python, args.heavy)
    predictor = build_predictor(DEFAULT_POSE_MODEL)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder, _mediapipe(args, folder) as child:
        for turn in range(args.rounds):
            theirs.append(_their_speed(child))
            ours.append(_our_speed(predictor, args.clip, Path(folder) / "ours.csv"))
            print(f"round {turn + 1}: SHIFT {ours[-1]:.1f}, MediaPipe {theirs[-1][0]:.1f} frames/s")
    ratios = [mine / other for mine, (other, _) in zip(ours, theirs, strict=True)]
    print(f"SHIFT / MediaPipe heavy: {median(ratios):.2f} (rounds {min(ratios):.2f} to ", end="")
    print(f"{max(ratios):.2f}); MediaPipe found a body in {theirs[-1][1]:.0%} of the frames")


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path, help="interpreter of an environment with mediapipe")
    parser.add_argument("--heavy", type=Path, help="pose_landmark_heavy.tflite")
    parser.add_argument("--clip", type=Path, default=resources_folder() / "demo/infant_demo.mp4")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _install_heavy(python: Path, heavy: Path) -> None:
    """Put the network where MediaPipe looks for it; otherwise it would fetch it."""
    for folder in (python.parents[1] / "lib").glob("python*/site-packages/mediapipe/modules"):
        shutil.copyfile(heavy, folder / "pose_landmark" / "pose_landmark_heavy.tflite")


def _mediapipe(args: argparse.Namespace, folder: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [args.python, "-c", _CHILD, args.clip, Path(folder) / "theirs.csv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _their_speed(child: "subprocess.Popen[str]") -> tuple[float, float]:
    """Frames per second from the first frame on, and the share of frames with a body."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("MediaPipe's process has no pipes")
    child.stdin.write("again\n")
    child.stdin.flush()
    speed, found = map(float, child.stdout.readline().split())
    return speed, found


def _our_speed(predictor: Predictor, clip: Path, out: Path) -> float:
    with open_video(clip) as source, out.open("wb") as file:
        table = PoseCsv(file, TableShape(predictor.skeleton, "wide"))
        started = time.perf_counter()
        for chunk in predict_recording(source, predictor):
            table.write(chunk.start, source.info.times[chunk.start : chunk.stop], chunk.track)
        return source.info.frame_count / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
