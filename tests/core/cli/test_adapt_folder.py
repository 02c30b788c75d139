"""A window's adaptation goes on at the terminal."""

from pathlib import Path

import pytest

from core.cli.main import main
from core.jobs import adapt_job
from core.jobs.folder import JobFolder
from core.jobs.status import JobState
from core.jobs.worker import claimed
from tests.core.jobs.adapting import quick_verdict, write_cut, write_study


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
