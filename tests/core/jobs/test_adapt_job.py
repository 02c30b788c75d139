"""An adaptation as a job: paused, finished early, gone on with, and refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput, NoSpace, Stopped
from core.jobs import adapt_job
from core.jobs.device_turn import DeviceTurn
from core.jobs.events import AnyEvent, Chosen, EventLog, Finished, Judged, Progressed, Trained
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest
from core.jobs.status import JobState
from core.jobs.worker import work
from core.paths import user_folder
from core.training.loop import train as training
from core.verdict.report_file import read_report
from tests.core.jobs.adapting import fix, labels, quick_verdict, weights, write_cut, write_study

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def request_to_adapt(tmp_path_factory: pytest.TempPathFactory, demo_recording: Path):
    folder = tmp_path_factory.mktemp("ward")
    return write_study(folder / "ward.shift", write_cut(demo_recording, folder / "steps.mp4"))


@pytest.fixture(autouse=True)
def without_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapt_job, "judge", quick_verdict)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory, request_to_adapt: AdaptRequest):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapt_job, "judge", quick_verdict)
        job = JobFolder.create(tmp_path_factory.mktemp("jobs"), request_to_adapt)
        work(job)
    return job


@pytest.fixture
def job(tmp_path: Path, request_to_adapt: AdaptRequest, unbroken: JobFolder) -> JobFolder:
    """A new job, whose frames are chosen already."""
    made = JobFolder.create(tmp_path, request_to_adapt)
    shutil.copytree(unbroken.path / "target", made.path / "target")
    return made


@pytest.fixture
def when(monkeypatch: pytest.MonkeyPatch):
    """Does something as soon as a job tells what a rule wants to hear."""
    usual = EventLog.append

    def arranged(rule: Callable[[AnyEvent], bool], then: Callable[[], None]) -> None:
        def append(log: EventLog, event: AnyEvent) -> None:
            usual(log, event)
            if rule(event):
                then()

        monkeypatch.setattr(EventLog, "append", append)

    return arranged


def at_step(number: int) -> Callable[[AnyEvent], bool]:
    return lambda event: isinstance(event, Trained) and event.step == number


def test_it_ends_with_a_model_and_a_verdict(unbroken: JobFolder) -> None:
    events = unbroken.events().events
    assert [event.step for event in events if isinstance(event, Trained)] == [1, 2, 3, 4, 5, 6]
    assert events[-2:] == (Judged(file="verdict.json"), Finished())
    activities = [event.activity for event in events if isinstance(event, Progressed)]
    assert list(dict.fromkeys(activities)) == ["Choosing frames", "Training", "Judging"]
    assert read_report(unbroken.path / "verdict.json").step == 6
    assert unbroken.status().state is JobState.DONE
    assert weights(unbroken) != ""
    assert labels(unbroken) == 1


def test_paused_anywhere_it_ends_with_the_same_model(
    job: JobFolder, unbroken: JobFolder, when
) -> None:
    when(at_step(2), job.ask_to_stop)
    with pytest.raises(Stopped):
        work(job)
    assert job.status().state is JobState.STOPPED
    assert (job.path / "checkpoint.pt").is_file()
    when(at_step(4), lambda: None)
    job.queue()
    work(job)
    told = [event.step for event in job.events().events if isinstance(event, Trained)]
    assert told == [1, 2, 3, 4, 5, 6]  # no step was done twice
    assert weights(job) == weights(unbroken)


def test_stopped_while_frames_are_chosen_it_begins_there_again(
    tmp_path: Path, request_to_adapt: AdaptRequest, unbroken: JobFolder, when
) -> None:
    job = JobFolder.create(tmp_path, request_to_adapt)
    when(lambda event: isinstance(event, Progressed), job.ask_to_stop)
    with pytest.raises(Stopped):
        work(job)
    assert not (job.path / "target" / "canvases.json").exists()
    when(at_step(99), lambda: None)
    job.queue()
    work(job)
    assert weights(job) == weights(unbroken)


def test_stopped_while_it_waits_for_another_adaptation(
    job: JobFolder, unbroken: JobFolder, when
) -> None:
    waits = "Waiting for another adaptation"
    when(lambda event: isinstance(event, Progressed) and event.activity == waits, job.ask_to_stop)
    with DeviceTurn(user_folder(), "cpu") as other:
        assert list(other.wait()) == []
        with pytest.raises(Stopped):
            work(job)
    assert job.status().state is JobState.STOPPED
    assert not [event for event in job.events().events if isinstance(event, Trained)]
    when(at_step(99), lambda: None)
    job.queue()
    work(job)
    assert weights(job) == weights(unbroken)


def test_stopped_while_it_is_judged_no_step_is_done_again(
    job: JobFolder, unbroken: JobFolder, when
) -> None:
    judges = "Judging"
    when(lambda event: isinstance(event, Progressed) and event.activity == judges, job.ask_to_stop)
    with pytest.raises(Stopped):
        work(job)
    assert job.status().state is JobState.STOPPED
    when(at_step(99), lambda: None)
    job.queue()
    work(job)
    assert job.status().state is JobState.DONE
    told = [event.step for event in job.events().events if isinstance(event, Trained)]
    assert told == [1, 2, 3, 4, 5, 6]
    assert weights(job) == weights(unbroken)


def test_finished_early_the_step_at_hand_becomes_the_model(
    job: JobFolder, unbroken: JobFolder, when
) -> None:
    when(at_step(3), job.ask_to_finish)
    work(job)
    assert read_report(job.path / "verdict.json").step == 3
    assert json.loads(job.result_path.read_text())["choice"]["step"] == 3
    assert job.status().state is JobState.DONE
    assert weights(job) != weights(unbroken)


def test_finished_early_the_best_becomes_the_model(
    tmp_path: Path, request_to_adapt: AdaptRequest, when
) -> None:
    settings = (*request_to_adapt.settings, "held_out=0.24", "frames=40", "save_every=1")
    request = request_to_adapt.model_copy(update={"settings": settings})
    job = JobFolder.create(tmp_path, request)
    when(at_step(2), job.ask_to_finish)
    work(job)
    told = [event for event in job.events().events if isinstance(event, Chosen)]
    choice = json.loads(job.result_path.read_text())["choice"]
    assert choice["rule"] == "label_free"
    assert choice["step"] == told[-1].step <= 2
    assert told[-1].base_score == choice["base_score"]


def test_later_corrections_are_for_the_next_adaptation(
    tmp_path: Path, demo_recording: Path, unbroken: JobFolder, when
) -> None:
    study = tmp_path / "ward.shift"
    request = write_study(study, write_cut(demo_recording, tmp_path / "steps.mp4"))
    job = JobFolder.create(tmp_path / "jobs", request)
    when(at_step(2), job.ask_to_stop)
    with pytest.raises(Stopped):
        work(job)
    fix(study, 9, 310.0)
    when(at_step(99), lambda: None)
    job.queue()
    work(job)
    assert labels(job) == 1
    assert labels_of_a_new_job(tmp_path, request) == 2


def labels_of_a_new_job(folder: Path, request: AdaptRequest) -> int:
    job = JobFolder.create(folder / "new", request)
    adapt_job.frozen_footage(job, request)
    return labels(job)


@pytest.mark.parametrize("change", ["vanished", "replaced"])
def test_a_recording_that_is_not_there_any_more_is_a_sentence(
    tmp_path: Path, demo_recording: Path, change: str
) -> None:
    recording = write_cut(demo_recording, tmp_path / "steps.mp4")
    job = JobFolder.create(tmp_path / "jobs", write_study(tmp_path / "ward.shift", recording))
    recording.unlink()
    if change == "replaced":
        shutil.copy(demo_recording, recording)
    with pytest.raises(BadInput):
        work(job)
    status = job.status()
    assert status.state is JobState.FAILED
    assert "put" in status.reason
    assert status.reason.count("\n") == 0


def test_a_full_disk_loses_no_step_that_was_saved(
    job: JobFolder, unbroken: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, state: object) -> None:
        raise NoSpace(f"{path}: cannot be written (no space).")

    with monkeypatch.context() as patch:
        patch.setattr(training, "save_checkpoint", full)
        with pytest.raises(NoSpace):
            work(job)
    assert "Make room" in job.status().reason
    job.queue()
    work(job)
    assert weights(job) == weights(unbroken)
