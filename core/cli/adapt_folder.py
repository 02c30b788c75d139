"""`shift-pose adapt --resume --out JOB` of a job that a window ordered."""

import os
from pathlib import Path

from core.cli import console
from core.cli.stop_wish import StopWish
from core.errors import BadInput
from core.jobs.device_turn import WAITING
from core.jobs.events import AnyEvent, Chosen, Progressed, Warned
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.progress import Progress

# Said once: where there is no terminal, no line shows that it waits, and that may take hours.
WAITS = "another adaptation has the device; this one begins when it has ended."


def ordered_job(folder: Path) -> JobFolder | None:
    """The job of a window in this folder, None where there is none to adapt."""
    job = JobFolder(folder)
    try:
        return job if isinstance(job.request, AdaptRequest) else None
    except BadInput:
        return None


def go_on(job: JobFolder) -> int:
    """Work on it here, as its worker would; returns the exit status.

    Of several processes that torchrun started, the first is the worker.

    Raises:
        Stopped: Ctrl-C; nothing that was learnt is lost.
        BadInput: another process works on it, or what it needs is not there.
        NoSpace: the disk is full.
    """
    if os.environ.get("RANK", "0") != "0":
        return _go_along(job)
    from core.jobs.worker import claimed, work  # torch: a mistake shall not wait for it
    from core.verdict.report_file import read_report

    listener = _Listener()
    with claimed(job), StopWish(job.ask_to_stop):
        job.queue()
        try:
            work(job, listen=listener.hear)
        finally:
            listener.line.close()
    report = read_report(job.path / "verdict.json")
    console.say(report.sentence)
    console.say(f"{job.path / 'model'}: 'shift-pose predict --model' uses it.")
    return 0


class _Listener:
    """Tells a terminal, or a log, what a worker tells its folder."""

    def __init__(self) -> None:
        self.line = console.ProgressLine("adapt")
        self._has_waited = False

    def hear(self, event: AnyEvent) -> None:
        match event:
            case Progressed(done=done, total=total, activity=activity):
                self._notice(activity.lower())
                self.line.show(Progress(done, total, activity.lower()))
            case Warned(text=text):
                console.problem(text)
            case Chosen(step=step) if step:
                console.problem(f"the best so far: the model after step {step}.")
            case _:
                pass

    def _notice(self, activity: str) -> None:
        if activity == WAITING and not self._has_waited:
            self._has_waited = True
            console.problem(WAITS)


def _go_along(job: JobFolder) -> int:
    from core.jobs.adapt_job import accompany

    if isinstance(job.request, AdaptRequest):
        with StopWish(job.ask_to_stop):
            accompany(job, job.request)
    return 0
