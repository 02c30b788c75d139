import os
import random
import signal
import time

import pytest

from core.jobs.events import ChunkWritten, Finished
from core.jobs.folder import JobFolder
from core.jobs.launch import launch
from core.jobs.status import JobState
from core.jobs.worker import work
from tests.core.jobs.fake_predictor import FakePredictor

CHUNKS = 10


def contents(job):
    return {file.name: file.read_bytes() for file in job.chunk_files()}


def kill_soon(job, rng, until):
    """Let the worker get on a bit, then kill it between any two of its instructions."""
    enough = min(len(job.chunk_files()) + rng.choice([0, 1, 1, 2]), CHUNKS)
    until(lambda: len(job.chunk_files()) >= enough and job.status().process is not None)
    moment = time.monotonic() + rng.uniform(0, 0.05)
    until(lambda: time.monotonic() >= moment)
    process = job.status().process
    if process is not None and process.is_running:
        os.kill(process.pid, signal.SIGKILL)
    until(lambda: not job.is_alive())


def kill_often(job, kills, command, until):
    """Kill until the job is done or `kills` are spent; returns how many it took."""
    rng = random.Random(job.path.name)
    for kill in range(kills):
        launch(job, command)
        kill_soon(job, rng, until)
        state = job.status().state
        assert state in (JobState.INTERRUPTED, JobState.DONE)
        if state is JobState.DONE:
            return kill
    return kills


def survive(kills, tmp_path, request_to_predict, command, until):
    """Spend `kills` kills on jobs; each must end with what an undisturbed run gives."""
    undisturbed = JobFolder.create(tmp_path / "undisturbed", request_to_predict)
    work(undisturbed, build=lambda *_: FakePredictor(segmentation=True))
    while kills > 0:
        job = JobFolder.create(tmp_path / "killed", request_to_predict)
        kills -= max(kill_often(job, kills, command, until), 1)
        launch(job, command)
        until(lambda job=job: job.status().state is JobState.DONE)
        assert contents(job) == contents(undisturbed)
        check_events(job)


def check_events(job):
    """Every chunk that is there was told, in an order that a follower can take."""
    events = job.events().events
    assert events[-1] == Finished()
    assert not list(job.path.rglob(".*"))  # nothing half written is left
    told = [event for event in events if isinstance(event, ChunkWritten)]
    assert {event.file for event in told} == set(contents(job))
    assert [event.start for event in told] == sorted(event.start for event in told)


def test_a_job_survives_ten_kills(tmp_path, request_to_predict, fake_worker, until):
    survive(10, tmp_path, request_to_predict, fake_worker(0.03), until)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_jobs_survive_a_hundred_kills(tmp_path, request_to_predict, fake_worker, until):
    survive(100, tmp_path, request_to_predict, fake_worker(0.03), until)
