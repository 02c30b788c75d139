"""`shift-pose export`: recordings of a study as tables and videos, corrections included."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from core.cli import console
from core.cli.attempt import DONE, attempt, worst
from core.cli.out_folder import require_writable
from core.cli.parsing import Subparsers, add_command
from core.errors import BadInput
from core.export.formats import EXPORT_FORMATS
from core.export.study_export import ExportTask, export, plan
from core.export.study_poses import gap_of
from core.study.recordings import Recording
from core.study.study import Study
from core.study.study_reader import StudyReader


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "export", run=run, summary="take results out of a study")
    parser.add_argument("study", type=Path, metavar="STUDY.shift")
    parser.add_argument(
        "--recording", action="append", metavar="NAME", help="may be repeated; default: all"
    )
    parser.add_argument("--format", choices=EXPORT_FORMATS, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="results go here")
    parser.add_argument("--smooth", action="store_true", help="smooth the model's points over time")
    parser.add_argument("--overwrite", action="store_true", help="replace results that are there")


def run(args: argparse.Namespace) -> int:
    """Export every recording asked for; one that is bad does not disturb the others."""
    require_writable(args.out)
    with Study.read(args.study) as study:
        recordings = _chosen(study, args.recording)
        tasks = plan(recordings, [args.format], args.out, smooth=args.smooth)
        return worst([attempt(partial(_export, study, task, args.overwrite)) for task in tasks])


def _chosen(study: StudyReader, names: Sequence[str] | None) -> Sequence[Recording]:
    recordings = study.recordings()
    if names is None:
        return recordings
    known = [recording.name for recording in recordings]
    if unknown := [name for name in names if name not in known]:
        there = ", ".join(known) or "none"
        raise BadInput(f"{study.path}: has no recording {unknown[0]}; there are: {there}.")
    return [recording for recording in recordings if recording.name in names]


def _export(study: StudyReader, task: ExportTask, overwrite: bool) -> int:
    line = console.ProgressLine(task.recording.name)
    with closing(export(study, task, overwrite=overwrite)) as work:
        for progress in work:
            line.show(progress)
    line.close()
    console.say(f"{task.recording.name}: {', '.join(map(str, task.files))}")
    shown = study.current_prediction(task.recording.id)
    if gap := gap_of(task.recording, shown.frames if shown else 0):
        console.say(f"{task.recording.name}: {gap}")
    return DONE
