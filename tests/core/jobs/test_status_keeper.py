import pytest

from core.errors import NoSpace
from core.jobs import status_keeper
from core.jobs.events import Progressed, Started, Warned
from core.jobs.folder import JobFolder
from core.jobs.process import WorkerProcess
from core.jobs.status import JobState
from core.jobs.status_keeper import StatusKeeper


@pytest.fixture(autouse=True)
def quick_heart(monkeypatch):
    monkeypatch.setattr(status_keeper, "_HEARTBEAT", 0.01)


def test_the_status_says_at_once_who_works(job):
    with StatusKeeper(job):
        status = job.status()
    assert status.state is JobState.RUNNING
    assert status.process == WorkerProcess.current()


def test_events_are_followed_with_the_next_beat(job, until):
    with StatusKeeper(job) as keeper:
        keeper.follow(Started(pid=1, first=8, total=40))
        until(lambda: (job.status().done, job.status().total) == (8, 40))
        keeper.follow(Warned(text="The light is low."))
        keeper.follow(Progressed(done=12, total=40, seconds_left=7.0))
        until(lambda: (job.status().done, job.status().seconds_left) == (12, 7.0))


def test_nothing_overwrites_the_end(job, until):
    with StatusKeeper(job) as keeper:
        keeper.follow(Progressed(done=12, total=40, seconds_left=7.0))
        keeper.end(JobState.FAILED, "no room")
        ended = job.status()
    assert (ended.state, ended.reason, ended.done) == (JobState.FAILED, "no room", 12)
    assert ended.seconds_left is None
    assert job.status() == ended


def test_a_disk_that_is_full_for_a_while_does_not_stop_the_heart(job, until, monkeypatch):
    refusals = []
    write = JobFolder.write_status

    def refuse(self, status):
        if len(refusals) < 5:
            refusals.append(status)
            raise NoSpace("status.json: cannot be written.")
        write(self, status)

    with StatusKeeper(job) as keeper:
        monkeypatch.setattr(JobFolder, "write_status", refuse)
        keeper.follow(Progressed(done=4, total=40))
        until(lambda: job.status().done == 4)
    assert len(refusals) == 5


def test_a_folder_that_cannot_be_written_is_told_before_the_work_begins(job, monkeypatch):
    def refuse(self, status):
        raise NoSpace("status.json: cannot be written.")

    monkeypatch.setattr(JobFolder, "write_status", refuse)
    with pytest.raises(NoSpace), StatusKeeper(job):
        pass
