"""`shift-pose adapt --resume --out JOB` of a job that a window ordered."""

import os
from pathlib import Path

from core.cli import console
from core.cli.stop_wish import StopWish
from core.errors import BadInput
from core.jobs.events import AnyEvent, Chosen, Progressed, Warned
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.progress import Progress


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

    line = console.ProgressLine("adapt")

    def hear(event: AnyEvent) -> None:
        match event:
            case Progressed(done=done, total=total, activity=activity):
                line.show(Progress(done, total, activity.lower()))
            case Warned(text=text):
                console.problem(text)
            case Chosen(step=step) if step:
                console.problem(f"the best so far: the model after step {step}.")
            case _:
                pass

    with claimed(job), StopWish(job.ask_to_stop):
        job.queue()
        try:
            work(job, listen=hear)
        finally:
            line.close()
    report = read_report(job.path / "verdict.json")
    console.say(report.sentence)
    console.say(f"{job.path / 'model'}: 'shift-pose predict --model' uses it.")
    return 0


def _go_along(job: JobFolder) -> int:
    from core.jobs.adapt_job import accompany

    if isinstance(job.request, AdaptRequest):
        with StopWish(job.ask_to_stop):
            accompany(job, job.request)
    return 0
