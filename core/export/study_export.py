"""Recordings of a study as tables and videos, corrections laid over the model's poses."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from core.atomic_file import replacing
from core.errors import BadInput
from core.export.formats import ExportFormat
from core.export.overlay_video import write_overlay
from core.export.pose_csv import PoseCsv
from core.export.result_names import ResultNames, refuse_existing, refuse_replacing
from core.export.study_poses import StudyPoses
from core.progress import Progress
from core.study.recordings import Recording
from core.study.study_reader import StudyReader
from core.video.fingerprint import fingerprint
from core.video.source import open_video

_BLOCK = 4096  # frames of a table between two progress reports


@dataclass(frozen=True)
class ExportTask:
    """One file to write; a table has its dictionary beside it."""

    recording: Recording
    format: ExportFormat
    target: Path
    smooth: bool = False  # over time, the model's points

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that is written, the target first."""
        if self.format == "overlay":
            return (self.target,)
        return (self.target, self.target.with_name(self.target.name + ".json"))


def plan(
    recordings: Sequence[Recording],
    formats: Sequence[ExportFormat],
    out: Path,
    *,
    smooth: bool = False,
) -> list[ExportTask]:
    """The files that recordings become; of two tables the long one is called `.long.csv`."""
    both = {"csv-wide", "csv-long"} <= set(formats)
    return [
        ExportTask(
            recording, form, _target(ResultNames(out, recording.name), form, both=both), smooth
        )
        for recording in recordings
        for form in formats
    ]


def _target(names: ResultNames, form: ExportFormat, *, both: bool) -> Path:
    match form:
        case "csv-wide":
            return names.csv
        case "csv-long":
            return names.csv.with_suffix(".long.csv") if both else names.csv
        case "overlay":
            return names.overlay
        case _:
            assert_never(form)


def export(study: StudyReader, task: ExportTask, *, overwrite: bool) -> Generator[Progress]:
    """Write one file, telling progress; it appears when it is complete.

    To cancel, do not ask for the next progress: nothing is left behind then.

    Raises:
        BadInput: the file is there already; for a video, the recording is missing or another one.
        NoSpace: the file cannot be written.
    """
    refuse_replacing(task.files, (recording.path for recording in study.recordings()))
    if not overwrite:
        refuse_existing(task.files, task.recording.name)
    poses = StudyPoses.of(study, task.recording, smooth=task.smooth)
    match task.format:
        case "csv-wide":
            yield from _table(poses, task.files, long=False)
        case "csv-long":
            yield from _table(poses, task.files, long=True)
        case "overlay":
            yield from _overlay(poses, task.target)
        case _:
            assert_never(task.format)


def _table(poses: StudyPoses, files: Sequence[Path], *, long: bool) -> Iterator[Progress]:
    """Table and dictionary, both or none; the video itself is not needed."""
    shape = poses.table_shape("long" if long else "wide")
    track, count = poses.track, len(poses.track)
    with ExitStack() as stack:
        table_part, dictionary_part = (stack.enter_context(replacing(file)) for file in files)
        dictionary_part.write_text(poses.dictionary(shape).to_json(), encoding="utf-8")
        file = stack.enter_context(table_part.open("wb"))
        table = PoseCsv(file, shape, poses.looked_at)
        for start in range(0, count, _BLOCK):
            stop = min(start + _BLOCK, count)
            table.write(start, poses.times[start:stop], track.part(start, stop))
            yield Progress(stop, count, "table")


def _overlay(poses: StudyPoses, target: Path) -> Iterator[Progress]:
    recording, track = poses.recording, poses.track
    with open_video(recording.path) as source:
        _require_same(recording)
        yield from write_overlay(
            source, poses.frames(), target, skeleton=track.skeleton, count=len(track)
        )


def _require_same(recording: Recording) -> None:
    if fingerprint(recording.path) != recording.fingerprint:
        raise BadInput(
            f"{recording.path}: is not the recording that was added as {recording.name}; "
            "put the old file back, or add this one as a new recording."
        )
