import json
import os
import subprocess
import sys

import pytest

from core.errors import BadInput
from core.jobs.folder import JobFolder, list_jobs
from core.jobs.process import WorkerProcess
from core.jobs.requests import ExportRequest
from core.jobs.status import JobState, JobStatus


@pytest.fixture
def dead_process():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    identity = WorkerProcess.of(process.pid)
    process.communicate()
    return identity


def test_a_new_job_is_queued_with_its_request(job, request_to_predict):
    assert job.request == request_to_predict
    assert job.status() == JobStatus()
    assert not job.is_alive()
    assert job.chunk_files() == []


def test_an_export_request_comes_back(tmp_path):
    request = ExportRequest(
        study=tmp_path / "a.shift", recordings=(1, 2), formats=("csv-wide",), out=tmp_path
    )
    assert JobFolder.create(tmp_path, request).request == request


def test_jobs_are_listed_oldest_first(tmp_path, request_to_predict):
    made = [JobFolder.create(tmp_path, request_to_predict) for _ in range(3)]
    (tmp_path / "20260101-000000-predict-half").mkdir()  # died before it had its request
    assert list_jobs(tmp_path) == made
    assert list_jobs(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b'{"kind": "other"}', b'{"kind": "predict", "more": 1}']
)
def test_a_request_that_cannot_be_read_is_refused_in_a_sentence(job, content):
    (job.path / "request.json").write_bytes(content)
    with pytest.raises(BadInput, match="not the folder of a job"):
        _ = job.request


def test_a_job_whose_process_is_gone_is_interrupted(job, dead_process):
    job.write_status(JobStatus(state=JobState.RUNNING, process=dead_process, done=12))
    assert job.status().state is JobState.INTERRUPTED
    assert job.status().done == 12
    assert job.status().state.can_resume
    assert not job.is_alive()


def test_a_job_that_never_came_up_is_interrupted(job, dead_process):
    job.remember_launch(dead_process)
    assert job.status().state is JobState.INTERRUPTED


def test_another_process_with_the_same_number_does_not_count(job):
    later = WorkerProcess.current().model_copy(update={"started": 1.0})
    job.write_status(JobStatus(state=JobState.RUNNING, process=later))
    assert job.status().state is JobState.INTERRUPTED


def test_an_ended_job_stays_ended_when_its_process_is_gone(job, dead_process):
    job.write_status(JobStatus(state=JobState.FAILED, process=dead_process, reason="no room"))
    assert job.status().state is JobState.FAILED
    assert job.status().reason == "no room"


def test_a_running_job_that_is_asked_to_stop_is_stopping(job):
    job.write_status(JobStatus(state=JobState.RUNNING, process=WorkerProcess.current()))
    assert job.status().state is JobState.RUNNING
    job.ask_to_stop()
    assert job.status().state is JobState.STOPPING
    assert job.is_alive()


def test_a_queued_job_that_is_asked_to_stop_has_stopped(job):
    job.ask_to_stop()
    assert job.status().state is JobState.STOPPED


def test_queueing_again_forgets_the_last_run(job, dead_process):
    job.write_status(
        JobStatus(state=JobState.FAILED, process=dead_process, done=8, total=40, reason="no room")
    )
    job.remember_launch(dead_process)
    job.ask_to_stop()
    job.queue()
    assert job.status() == JobStatus(done=8, total=40)


def test_the_state_that_was_written_while_we_looked_counts(job, dead_process, monkeypatch):
    answers = [
        JobStatus(state=JobState.RUNNING, process=dead_process),
        JobStatus(state=JobState.DONE, process=dead_process, done=40),
    ]
    monkeypatch.setattr(JobFolder, "_written_status", lambda self: answers.pop(0))
    assert job.status().state is JobState.DONE


def test_status_and_request_are_plain_json(job):
    assert json.loads((job.path / "status.json").read_text())["state"] == "queued"
    assert json.loads((job.path / "request.json").read_text())["kind"] == "predict"


def test_the_own_process_is_running():
    assert WorkerProcess.current().is_running
    assert WorkerProcess.current().pid == os.getpid()


def test_ending_a_process_takes_its_children_along():
    code = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "input()"])
print(child.pid, flush=True)
child.wait()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe) as parent:
        child = WorkerProcess.of(int(parent.stdout.readline()))
        WorkerProcess.of(parent.pid).end()
        parent.wait()
        assert not child.is_running
