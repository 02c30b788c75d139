"""`shift-pose predict`: poses of recordings, images and folders of images as tables and videos."""

import argparse
import math
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import astuple
from functools import partial
from pathlib import Path

from core.cli import console
from core.cli.attempt import DONE, attempt, worst
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.cli.prediction_files import PredictOptions, predict_to_files
from core.export.result_names import ResultNames, refuse_existing, refuse_replacing, stems
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.own_process import calm_threads
from core.jobs.recording_predictor import RecordingPredictor
from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.video.source import open_video, preview


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
    parser.add_argument(
        "--smooth", action="store_true", help="smooth the points of recordings over time"
    )
    parser.add_argument("--overlay", action="store_true", help="also a video with the poses")
    parser.add_argument("--segmentation", action="store_true", help="also a mask of each frame")
    parser.add_argument(
        "--segmentation-model",
        metavar="NAME|DIR",
        help=f"segment with this model; default: {DEFAULT_SEGMENTATION_MODEL}",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace results that are there")


def run(args: argparse.Namespace) -> int:
    """Predict every input; one that is bad does not disturb the others."""
    mask_model = args.segmentation_model or (
        DEFAULT_SEGMENTATION_MODEL if args.segmentation else None
    )
    for model in filter(None, (args.model, mask_model)):
        ModelLibrary.standard().find(model)

    def load() -> RecordingPredictor:
        os.environ.update(calm_threads())
        # Only here, so that a mistake on the command line does not wait for torch to load.
        from core.jobs.loaded_predictor import load_predictor

        return load_predictor(args.model, mask_model, "auto")

    options = PredictOptions(
        layout=args.csv,
        roi=args.roi,
        smooth=args.smooth,
        overlay=args.overlay,
        segmentation=mask_model is not None,
        overwrite=args.overwrite,
    )
    return predict_inputs(args.inputs, args.out, options=options, load=load)


def predict_inputs(
    inputs: Sequence[Path],
    out: Path,
    *,
    options: PredictOptions,
    load: Callable[[], RecordingPredictor],
) -> int:
    """Predict recordings into the folder `out`; returns the exit status.

    What is refused is refused before any work is done. `load` gives the networks, and is only
    called when there is a recording to look at; what it raises ends the call.
    """
    require_writable(out)
    once = list({path.absolute(): path for path in inputs}.values())
    named = [(path, ResultNames(out, stem)) for path, stem in zip(once, stems(once), strict=True)]
    refusals = [attempt(partial(_check, *pair, options=options, inputs=once)) for pair in named]
    wanted = [pair for pair, refusal in zip(named, refusals, strict=True) if refusal == DONE]
    if not wanted:
        return worst(refusals)
    predict = partial(_predict, load(), options)
    return worst([*refusals, *(attempt(partial(predict, *pair)) for pair in wanted)])


def _check(
    recording: Path, names: ResultNames, *, options: PredictOptions, inputs: Sequence[Path]
) -> int:
    refuse_replacing(options.files(names), inputs)
    if not options.overwrite:
        refuse_existing(options.files(names), recording)
    preview(recording)
    return DONE


def _predict(
    predictor: RecordingPredictor, options: PredictOptions, recording: Path, names: ResultNames
) -> int:
    line = console.ProgressLine(recording.name)
    with (
        open_video(recording, line.show) as source,
        closing(predict_to_files(source, predictor, names=names, options=options)) as work,
    ):
        for item in work:
            if isinstance(item, Warned):
                console.problem(f"warning: {recording}: {item.text}")
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
