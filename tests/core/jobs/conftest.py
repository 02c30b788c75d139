import sys
import time
from pathlib import Path

import psutil
import pytest

from core.jobs.folder import JobFolder
from core.jobs.requests import PredictRequest
from tests.core.jobs.small_recording import write_recording

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    return write_recording(tmp_path_factory.mktemp("recording") / "kick.mp4")


@pytest.fixture
def request_to_predict(recording):
    return PredictRequest(recording=recording, model="fake", segmentation=True)


@pytest.fixture
def job(tmp_path, request_to_predict):
    return JobFolder.create(tmp_path / "jobs", request_to_predict)


@pytest.fixture
def fake_worker(monkeypatch):
    """The command line of a worker whose chunks take `pause` seconds each."""
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    script = str(Path(__file__).with_name("fake_worker.py"))

    def command(pause=0.0):
        return [sys.executable, script, str(pause)]

    return command


@pytest.fixture
def until():
    """Wait until something holds; a test that waits in vain fails."""

    def wait(condition, seconds=60.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.01)

    return wait


@pytest.fixture(autouse=True)
def no_worker_is_left(tmp_path):
    """Workers outlive the test process on purpose: end those of this test."""
    yield
    for process in psutil.process_iter(["cmdline"]):
        if any(str(tmp_path) in part for part in process.info["cmdline"] or []):
            process.kill()
