"""`shift-pose predict`: poses of recordings, images and folders of images as tables and videos."""

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple
from functools import cache, partial
from pathlib import Path

from core.cli import console
from core.cli.attempt import DONE, attempt, worst
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.cli.prediction_files import PredictOptions, predict_to_files
from core.export.result_names import ResultNames, refuse_existing, stems
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.recording_predictor import RecordingPredictor
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.video.source import open_video


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "predict", run=run, summary="find the infant's pose")
    parser.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT", help="recording, image or image folder"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="results go here")
    parser.add_argument(
        "--model", default=DEFAULT_POSE_MODEL, metavar="NAME|DIR", help="default: %(default)s"
    )
    parser.add_argument("--csv", choices=["wide", "long"], default="wide", help="rows of the table")
    parser.add_argument("--roi", type=_box, metavar="x,y,w,h", help="where the infant is, pixels")
    parser.add_argument("--overlay", action="store_true", help="also a video with the poses")
    parser.add_argument("--segmentation", action="store_true", help="also a mask of each frame")
    parser.add_argument("--overwrite", action="store_true", help="replace results that are there")


def run(args: argparse.Namespace) -> int:
    """Predict every input; one that is bad does not disturb the others."""
    ModelLibrary.standard().find(args.model)

    def load() -> RecordingPredictor:
        # Only here, so that a mistake on the command line does not wait for torch to load.
        from core.jobs.loaded_predictor import load_predictor

        return load_predictor(args.model, args.segmentation, "auto")

    options = PredictOptions(
        layout=args.csv,
        roi=args.roi,
        overlay=args.overlay,
        segmentation=args.segmentation,
        overwrite=args.overwrite,
    )
    return predict_inputs(args.inputs, args.out, options=options, load=cache(load))


def predict_inputs(
    inputs: Sequence[Path],
    out: Path,
    *,
    options: PredictOptions,
    load: Callable[[], RecordingPredictor],
) -> int:
    """Predict recordings into the folder `out`; returns the exit status.

    What is refused is refused before any work is done. `load` gives the networks, and is only
    called when there is a recording to look at.
    """
    require_writable(out)
    once = list({path.absolute(): path for path in inputs}.values())
    named = [(path, ResultNames(out, stem)) for path, stem in zip(once, stems(once), strict=True)]
    refusals = [attempt(partial(_refuse, path, names, options)) for path, names in named]
    wanted = [pair for pair, refusal in zip(named, refusals, strict=True) if refusal == DONE]
    outcomes = [attempt(partial(_predict, *pair, options=options, load=load)) for pair in wanted]
    return worst([*refusals, *outcomes])


def _refuse(recording: Path, names: ResultNames, options: PredictOptions) -> int:
    if not options.overwrite:
        refuse_existing(options.files(names), recording)
    return DONE


def _predict(
    recording: Path,
    names: ResultNames,
    *,
    options: PredictOptions,
    load: Callable[[], RecordingPredictor],
) -> int:
    line = console.ProgressLine(recording.name)
    with open_video(recording) as source:
        for item in predict_to_files(source, load(), names=names, options=options):
            if isinstance(item, Warned):
                console.problem(f"warning: {item.text}")
            else:
                line.show(item)
    line.close()
    console.say(f"{recording}: {', '.join(map(str, options.files(names)))}")
    return DONE


def _box(text: str) -> Box:
    """Read x,y,w,h; argparse turns the error into its line."""
    try:
        x, y, width, height = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not x,y,w,h in pixels") from None
    box = Box(x, y, width, height)
    if not all(map(math.isfinite, astuple(box))) or min(width, height) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r}: width and height must be above 0")
    return box
