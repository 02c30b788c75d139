"""The process behind a job: does the work, keeps the job's folder true, and ends."""

import time
import traceback
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import assert_never

from filelock import FileLock, Timeout

from core.atomic_file import write_bytes
from core.errors import BadInput, Stopped
from core.jobs import failures, own_process
from core.jobs.events import AnyEvent, Failed, Finished, Progressed
from core.jobs.events import Stopped as StoppedEvent
from core.jobs.folder import JobFolder
from core.jobs.recording_predictor import BuildPredictor
from core.jobs.requests import (
    AdaptRequest,
    CompareRequest,
    ExportRequest,
    PredictRequest,
    SurveyRequest,
)
from core.jobs.sleep_guard import kept_awake
from core.jobs.status import JobState
from core.jobs.status_keeper import StatusKeeper

_SPARE_BYTES = 1 << 16
_SECONDS_BETWEEN_PROGRESS = 0.5


def run_worker(path: Path, *, build: BuildPredictor | None = None) -> None:
    """Be the worker of the job in the folder `path`: settle in as a process, then `work`."""
    folder = JobFolder(path)
    with claimed(folder):
        own_process.print_to(folder.log_path)
        own_process.give_way()
        own_process.stop_when_terminated()
        work(folder, build=build)


@contextmanager
def claimed(folder: JobFolder) -> Generator[None]:
    """Hold a job for this process alone; raises BadInput if it is none or another one has it."""
    _ = folder.request
    lock = FileLock(folder.lock_path)
    try:
        # The system itself lets go of this lock when the process dies, however it dies.
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput(f"{folder.path}: another process works on this job already.") from None
    try:
        folder.sweep()
        yield
    finally:
        lock.release()


def work(
    folder: JobFolder,
    *,
    build: BuildPredictor | None = None,
    listen: Callable[[AnyEvent], None] | None = None,
) -> None:
    """Do a job that this process has claimed; its folder tells how it goes and how it ended.

    `listen` hears all events while they come; `build` loads what predicts: the product's own
    networks if it is not given.
    Raises Stopped if the user asked to stop, and whatever made the work fail.
    """
    with ExitStack() as held:
        status = held.enter_context(StatusKeeper(folder))
        if isinstance(folder.request, AdaptRequest):
            status.note_awake(held.enter_context(kept_awake()))
        try:
            _follow(folder, _heard(_events(folder, build), listen), status)
        except (Stopped, KeyboardInterrupt):
            _end(folder, status, JobState.STOPPED, StoppedEvent())
            raise
        except BaseException as error:
            details = _logged(folder, error)
            failed = Failed(reason=failures.reason(error), details=details)
            _end(folder, status, JobState.FAILED, failed)
            raise
        _end(folder, status, JobState.DONE, Finished())


def _logged(folder: JobFolder, error: BaseException) -> str:
    """Write where an error came from into the job's log; returns the end of that.

    Not to standard error: that is the log of a worker, but the terminal of a user.
    """
    text = "".join(traceback.format_exception(error)).encode("utf-8", "replace")
    with suppress(OSError), folder.log_path.open("ab") as log:
        log.write(text)
    return failures.last_lines(text)


def _follow(folder: JobFolder, events: Generator[AnyEvent], status: StatusKeeper) -> None:
    write_bytes(_spare(folder), bytes(_SPARE_BYTES))
    pace, stops_itself = _Pace(), isinstance(folder.request, AdaptRequest)
    with closing(events):
        for event in events:
            status.follow(event)
            if pace.allows(event):
                folder.event_log.append(event)
            if folder.is_asked_to_stop() and not stops_itself:
                raise Stopped(f"{folder.path.name}: stopped.")


def _heard(
    events: Generator[AnyEvent], listen: Callable[[AnyEvent], None] | None
) -> Generator[AnyEvent]:
    with closing(events):
        for event in events:
            if listen is not None:
                listen(event)
            yield event


class _Pace:
    """Lets everything through but progress that comes faster than anybody can follow."""

    def __init__(self) -> None:
        self._last = -_SECONDS_BETWEEN_PROGRESS

    def allows(self, event: AnyEvent) -> bool:
        """Whether an event is worth a line in the log."""
        if not isinstance(event, Progressed) or (event.total and event.done >= event.total):
            return True
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN_PROGRESS:
            return False
        self._last = now
        return True


def _events(folder: JobFolder, build: BuildPredictor | None) -> Generator[AnyEvent]:
    request = folder.request
    match request:
        case PredictRequest():
            from core.jobs.predict_job import predict

            return predict(folder, request, build or _product_networks())
        case ExportRequest():
            from core.jobs.export_job import export_study

            return export_study(folder, request)
        case AdaptRequest():
            from core.jobs.adapt_job import adapt_and_judge

            return adapt_and_judge(folder, request)
        case SurveyRequest():
            from core.jobs.survey_job import survey

            return survey(folder, request)
        case CompareRequest():
            from core.jobs.compare_job import compare

            return compare(folder, request)
        case _:
            assert_never(request)


def _product_networks() -> BuildPredictor:
    from core.jobs.loaded_predictor import load_predictor  # torch: seconds that an export saves

    return load_predictor


def _end(folder: JobFolder, status: StatusKeeper, state: JobState, event: AnyEvent) -> None:
    _spare(folder).unlink(missing_ok=True)  # room for the last words on a full disk
    try:
        folder.event_log.append(event)
    finally:
        status.end(state, event.reason if isinstance(event, Failed) else "")


def _spare(folder: JobFolder) -> Path:
    return folder.path / "spare"
