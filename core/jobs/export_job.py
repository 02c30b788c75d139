"""The work of an export job: files for the recordings of a study, one after the other."""

import os
import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from core.atomic_file import write_text
from core.errors import BadInput
from core.export.study_export import ExportTask, export, plan
from core.export.study_poses import gap_of
from core.jobs.events import AnyEvent, FileWritten, Progressed, Started, Warned
from core.jobs.folder import JobFolder
from core.jobs.requests import ExportRequest
from core.jobs.results import ExportResult
from core.jobs.time_left import TimeLeft
from core.study.recordings import Recording
from core.study.study import Study
from core.study.study_reader import StudyReader


def export_study(folder: JobFolder, request: ExportRequest) -> Generator[AnyEvent]:
    """Do the job, telling what happens; it stops where nobody asks for the next event.

    A recording that cannot be exported is told as a warning, and the others are still done.

    Raises:
        BadInput: the study cannot be read, or none of its recordings could be exported.
        NoSpace: a file cannot be written; the files written before are complete.
    """
    with Study.read(request.study) as study:
        recordings = _chosen(study, request)
        planned = plan(recordings, request.formats, request.out, smooth=request.smooth)
        done = _written(folder, planned)
        tasks = [task for task in planned if task.target not in done]
        yield Started(pid=os.getpid(), total=_frames(tasks))
        gaps = list(_gaps(study, recordings))
        yield from gaps
        result = ExportResult(files=done, warnings=tuple(gap.text for gap in gaps))
        for event in _work(study, tasks, overwrite=request.overwrite):
            result = _with(result, event)
            yield event
    if planned and not result.files:
        raise BadInput(" ".join(result.warnings[len(gaps) :]))
    write_text(folder.result_path, result.model_dump_json(indent=2))


def _gaps(study: StudyReader, recordings: Sequence[Recording]) -> Iterator[Warned]:
    """Which recordings no model has seen to their end."""
    for recording in recordings:
        shown = study.current_prediction(recording.id)
        if gap := gap_of(recording, shown.frames if shown else 0):
            yield Warned(text=f"{recording.name}: {gap}")


def _written(folder: JobFolder, tasks: Sequence[ExportTask]) -> tuple[Path, ...]:
    """What an earlier run of this job has completed."""
    told = {event.file for event in folder.events().events if isinstance(event, FileWritten)}
    return tuple(task.target for task in tasks if task.target in told and task.target.exists())


def _with(result: ExportResult, event: AnyEvent) -> ExportResult:
    match event:
        case FileWritten():
            return result.model_copy(update={"files": (*result.files, event.file)})
        case Warned():
            return result.model_copy(update={"warnings": (*result.warnings, event.text)})
        case _:
            return result


def _chosen(study: StudyReader, request: ExportRequest) -> Sequence[Recording]:
    recordings = study.recordings()
    if request.recordings is None:
        return recordings
    return [recording for recording in recordings if recording.id in request.recordings]


def _work(
    study: StudyReader, tasks: Sequence[ExportTask], *, overwrite: bool
) -> Iterator[AnyEvent]:
    left = TimeLeft(time.monotonic)
    total, before = _frames(tasks), 0
    for task in tasks:
        try:
            for step in export(study, task, overwrite=overwrite):
                done = before + step.done
                yield Progressed(done=done, total=total, seconds_left=left.after(done, total))
            yield FileWritten(file=task.target)
        except BadInput as error:
            yield Warned(text=str(error))
        before += task.recording.frame_count


def _frames(tasks: Sequence[ExportTask]) -> int:
    return sum(task.recording.frame_count for task in tasks)
