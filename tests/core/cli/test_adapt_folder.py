"""A window's adaptation goes on at the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli import console
from core.cli.adapt_folder import WAITS
from core.cli.main import main
from core.jobs import adapt_job
from core.jobs.device_turn import WAITING, DeviceTurn
from core.jobs.events import Trained
from core.jobs.folder import JobFolder
from core.jobs.status import JobState
from core.jobs.worker import claimed
from core.paths import user_folder
from core.progress import Progress
from tests.core.jobs.adapting import quick_verdict, weights, write_cut, write_study

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def job(tmp_path: Path, demo_recording: Path) -> JobFolder:
    request = write_study(
        tmp_path / "ward.shift", write_cut(demo_recording, tmp_path / "steps.mp4")
    )
    return JobFolder.create(tmp_path / "jobs", request)


def test_it_goes_on_and_says_the_verdict(
    job: JobFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(adapt_job, "judge", quick_verdict)
    job.ask_to_stop()  # as somebody did in the window
    assert main(["adapt", "--resume", "--out", str(job.path)]) == 0
    said = capsys.readouterr().out
    assert "It was not looked at." in said
    assert str(job.path / "model") in said
    assert job.status().state is JobState.DONE


def test_it_says_once_that_it_waits_for_another_adaptation(
    job: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapt_job, "judge", quick_verdict)
    other, told, shown = DeviceTurn(user_folder(), "cpu"), [], []
    list(other.wait())

    def show(_line: console.ProgressLine, progress: Progress) -> None:
        shown.append(progress.note)
        if shown.count(WAITING) == 3:
            other.__exit__(None, None, None)

    monkeypatch.setattr(console, "problem", lambda text: told.append(str(text)))
    monkeypatch.setattr(console.ProgressLine, "show", show)
    assert main(["adapt", "--resume", "--out", str(job.path)]) == 0
    assert [text for text in told if "another adaptation" in text] == [WAITS]
    assert shown[:3] == [WAITING] * 3
    assert job.status().state is JobState.DONE


@pytest.mark.timeout(300)
def test_two_processes_of_torchrun_share_it(tmp_path: Path, demo_recording: Path) -> None:
    request = write_study(
        tmp_path / "ward.shift", write_cut(demo_recording, tmp_path / "steps.mp4")
    )
    short = request.footage[0].model_copy(update={"stretches": ((0, 20),)})  # nothing to judge on
    job = JobFolder.create(tmp_path / "jobs", request.model_copy(update={"footage": (short,)}))
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2",
               "-m", "core", "adapt", "--resume", "--out", str(job.path)]  # fmt: skip
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, timeout=280, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    assert job.status().state is JobState.DONE
    steps = [event.step for event in job.events().events if isinstance(event, Trained)]
    assert steps == [1, 2, 3, 4, 5, 6]
    assert weights(job) != ""
    assert done.stdout.decode().count("too short to tell") == 1


def test_a_job_that_is_worked_on_is_left_alone(
    job: JobFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    with claimed(job):
        assert main(["adapt", "--resume", "--out", str(job.path)]) == 2
    assert "another process works on this job" in capsys.readouterr().err


def test_without_a_job_a_recording_must_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["adapt", "--resume", "--out", str(tmp_path)]) == 2
    assert "name a recording" in capsys.readouterr().err
