"""The work of an export job: files for the recordings of a study, one after the other."""

import os
import time
from collections.abc import Generator, Sequence

from core.atomic_file import write_text
from core.errors import BadInput
from core.export.study_export import ExportTask, export, plan
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
        tasks = plan(_chosen(study, request), request.formats, request.out)
        total = sum(task.recording.frame_count for task in tasks)
        yield Started(pid=os.getpid(), total=total)
        written: list[ExportTask] = []
        warnings: list[str] = []
        for event in _work(study, tasks, overwrite=request.overwrite, total=total):
            match event:
                case FileWritten():
                    written.append(tasks[len(written) + len(warnings)])
                case Warned():
                    warnings.append(event.text)
                case _:
                    pass
            yield event
    if tasks and not written:
        raise BadInput(" ".join(warnings))
    files = tuple(file for task in written for file in task.files)
    result = ExportResult(files=files, warnings=tuple(warnings))
    write_text(folder.result_path, result.model_dump_json(indent=2))


def _chosen(study: StudyReader, request: ExportRequest) -> Sequence[Recording]:
    recordings = study.recordings()
    if request.recordings is None:
        return recordings
    return [recording for recording in recordings if recording.id in request.recordings]


def _work(
    study: StudyReader, tasks: Sequence[ExportTask], *, overwrite: bool, total: int
) -> Generator[AnyEvent]:
    left = TimeLeft(time.monotonic)
    before = 0
    for task in tasks:
        try:
            for progress in export(study, task, overwrite=overwrite):
                done = before + progress.done
                yield Progressed(done=done, total=total, seconds_left=left.after(done, total))
            yield FileWritten(file=task.target)
        except BadInput as error:
            yield Warned(text=str(error))
        before += task.recording.frame_count
