"""A worker that adapts may die at any moment; the job ends with the model of an unbroken run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.jobs import adapt_job
from core.jobs.events import Trained
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.jobs.status import JobState
from core.jobs.worker import work
from tests.core.jobs.adapting import quick_verdict, weights, write_cut, write_study

PROJECT = Path(__file__).parents[3]
SETTINGS = ("save_every=1",)


def survive(kills: int, folder: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend the kills on as many jobs as it takes."""
    folder.mkdir(exist_ok=True)
    request = write_study(folder / "ward.shift", write_cut(demo, folder / "steps.mp4"))
    request = request.model_copy(update={"settings": (*request.settings, *SETTINGS)})
    monkeypatch.setattr(adapt_job, "judge", quick_verdict)
    unbroken = JobFolder.create(folder / "unbroken", request)
    work(unbroken)
    for seed in range(3 * kills):
        kills -= one_job(unbroken, request, seed, min(kills, 10))
        if not kills:
            return
    pytest.fail(f"{kills} workers were too quick to be killed")


def one_job(unbroken: JobFolder, request: AdaptRequest, seed: int, kills: int) -> int:
    """Kill the workers of one job; returns how many died."""
    job = JobFolder.create(unbroken.path.parent, request)
    if seed % 2 == 0:  # all die while it learns, and not while it chooses frames
        shutil.copytree(unbroken.path / "target", job.path / "target")
    command = [sys.executable, "-m", "tests.core.jobs.killed_adapting"]
    run = subprocess.run(
        [*command, str(job.path), str(seed), str(kills)],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert job.status().state is JobState.DONE
    assert weights(job) == weights(unbroken)
    assert not list(job.path.rglob(".*.part*"))
    steps = [event.step for event in job.events().events if isinstance(event, Trained)]
    assert set(steps) == {1, 2, 3, 4, 5, 6}
    return int(run.stdout)


@pytest.mark.timeout(400)
def test_a_job_survives_ten_kills(
    tmp_path: Path, demo_recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survive(10, tmp_path, demo_recording, monkeypatch)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_jobs_survive_a_hundred_kills(
    tmp_path: Path, demo_recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survive(100, tmp_path, demo_recording, monkeypatch)
