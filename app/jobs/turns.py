"""Which of the waiting jobs may start now."""

from collections.abc import Collection, Iterator

from app.jobs.watched_job import WatchedJob
from core.jobs.status import JobState

_ONE_AT_A_TIME = ("predict", "adapt", "compare")
_WORKING = (JobState.RUNNING, JobState.STOPPING)


def ready(jobs: Collection[WatchedJob], launching: Collection[str]) -> Iterator[WatchedJob]:
    """The oldest of each kind that works alone if none of its kind works, and all others.

    `launching` are keys of jobs whose processes are being started.
    """
    busy = {job.kind for job in jobs if job.key in launching or job.status.state in _WORKING}
    for job in jobs:
        is_waiting = job.status.state is JobState.QUEUED and job.key not in launching
        if not is_waiting or (job.kind in _ONE_AT_A_TIME and job.kind in busy):
            continue
        busy.add(job.kind)
        yield job
