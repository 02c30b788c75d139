import json
import os
import subprocess

import psutil
import pytest

from core.atomic_file import write_bytes
from core.errors import BadInput, BadModel, BadVideo, NoSpace, Stopped
from core.jobs import chunk_folder
from core.jobs.chunk_folder import ChunkFolder
from core.jobs.events import ChunkWritten, Failed, Finished, Progressed, Started, Warned
from core.jobs.events import Stopped as StoppedEvent
from core.jobs.folder import JobFolder
from core.jobs.launch import launch
from core.jobs.requests import PredictRequest
from core.jobs.status import JobState
from core.jobs.worker import claimed, work
from core.pose.skeleton import shipped_skeleton
from core.video.fingerprint import fingerprint
from tests.core.jobs.fake_predictor import FakePredictor
from tests.core.jobs.small_recording import write_recording


def fake(model="fake", segmentation="fake_mask", device="cpu"):
    return FakePredictor(segmentation=segmentation is not None)


def contents(job):
    return {file.name: file.read_bytes() for file in job.chunk_files()}


@pytest.fixture
def unbroken(tmp_path, request_to_predict):
    """The chunks of a job that nothing disturbed."""
    job = JobFolder.create(tmp_path / "unbroken", request_to_predict)
    work(job, build=fake)
    return contents(job)


def test_a_job_ends_with_all_frames_and_tells_how_it_went(job):
    work(job, build=fake)
    status, events = job.status(), job.events().events
    assert (status.state, status.done, status.total) == (JobState.DONE, 40, 40)
    assert events[0] == Started(
        pid=os.getpid(),
        first=0,
        total=40,
        model="fake",
        model_hash="f" * 64,
        settings=events[0].settings,
    )
    assert events[-1] == Finished()
    written = [event for event in events if isinstance(event, ChunkWritten)]
    assert [(event.start, event.stop) for event in written] == [(i, i + 4) for i in range(0, 40, 4)]
    assert [event.file for event in written] == sorted(contents(job))
    assert [event.done for event in events if isinstance(event, Progressed)][-1] == 40
    assert json.loads(job.result_path.read_text())["frames"] == 40
    chunks = list(ChunkFolder(job.chunks_path, shipped_skeleton()).chunks())
    assert sum(len(chunk.silhouettes) for chunk in chunks) == 40


def stop_after(events):
    """A predictor whose job is asked to stop while it works on its chunk of this number."""

    class Stopping(FakePredictor):
        def predict(self, source, **more):
            for number, chunk in enumerate(super().predict(source, **more)):
                if number == events:
                    JobFolder.ask_to_stop(Stopping.job)
                yield chunk

    return Stopping


def test_a_job_stops_after_the_chunk_at_hand_and_goes_on_later(job, unbroken):
    stopping = stop_after(3)
    stopping.job = job
    with pytest.raises(Stopped):
        work(job, build=lambda *_: stopping(segmentation=True))
    assert job.status().state is JobState.STOPPED
    assert job.events().events[-1] == StoppedEvent()
    assert len(contents(job)) == 4
    job.queue()
    work(job, build=fake)
    assert contents(job) == unbroken
    starts = [event.first for event in job.events().events if isinstance(event, Started)]
    assert starts == [0, 16]


def test_damaged_chunks_are_made_again(job, unbroken):
    work(job, build=fake)
    job.chunk_files()[5].write_bytes(b"half")
    job.chunk_files()[7].unlink()
    work(job, build=fake)
    assert contents(job) == unbroken


def test_chunks_that_were_not_told_before_the_end_are_told_by_the_next_run(job):
    work(job, build=fake)
    job.event_log.path.write_bytes(b'{"kind":"chu')
    work(job, build=fake)
    told = [event.file for event in job.events().events if isinstance(event, ChunkWritten)]
    assert told == sorted(contents(job))


def test_a_finished_job_that_is_started_again_changes_nothing(job, unbroken):
    work(job, build=fake)
    work(job, build=fake)
    assert contents(job) == unbroken
    assert job.status().state is JobState.DONE


def test_a_recording_that_changed_since_is_not_mixed_in(job, tmp_path):
    recording = write_recording(tmp_path / "own.mp4", 20)
    request = PredictRequest(recording=recording, model="fake")
    job = JobFolder.create(tmp_path, request)
    work(job, build=fake)
    write_recording(recording, 24)
    with pytest.raises(BadInput, match="changed since"):
        work(job, build=fake)


def test_another_file_under_the_name_of_the_recording_is_refused(tmp_path):
    recording = write_recording(tmp_path / "own.mp4", 20)
    request = PredictRequest(
        recording=recording, model="fake", fingerprint=fingerprint(recording), roi=(4, 4, 8, 8)
    )
    good = JobFolder.create(tmp_path, request)
    work(good, build=fake)
    started = good.events().events[0]
    assert started.settings["roi"] == [4, 4, 8, 8]
    assert started.settings["segmentation"] is None
    write_recording(recording, 24)
    other = JobFolder.create(tmp_path, request)
    with pytest.raises(BadInput, match="is not the file that was added"):
        work(other, build=fake)
    assert not list(other.chunks_path.glob("*"))


def failing(error):
    def build(*_):
        raise error

    return build


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BadModel("tiny: no model of this name."), "tiny: no model of this name."),
        (NoSpace("chunks: cannot be written."), "Make room"),
        (MemoryError(), "memory does not suffice"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB."), "memory does not suffice"),
        (RuntimeError("CUDA error: unspecified launch failure"), "graphics card stopped working"),
        (RuntimeError("CUDA error: device-side assert triggered"), "fault in the program"),
        (RuntimeError("expected cpu, found cuda:0"), "fault in the program"),
        (OSError(28, "No space left on device"), "The disk is full"),
        (ZeroDivisionError("oops"), "fault in the program"),
    ],
)
def test_a_failure_is_told_in_plain_words(job, error, words, capfd):
    with pytest.raises(type(error)):
        work(job, build=failing(error))
    assert capfd.readouterr() == ("", "")  # where it came from is for the log alone
    assert job.status().state is JobState.FAILED
    assert words in job.status().reason
    assert job.status().state.can_resume
    last = job.events().events[-1]
    assert isinstance(last, Failed)
    assert last.reason == job.status().reason
    assert type(error).__name__ in last.details
    assert last.details in job.log_path.read_text()


@pytest.mark.parametrize("content", [b"", b"no video at all"])
def test_a_bad_recording_is_named(tmp_path, content):
    recording = tmp_path / "odd.mp4"
    recording.write_bytes(content)
    job = JobFolder.create(tmp_path, PredictRequest(recording=recording, model="fake"))
    with pytest.raises(BadVideo):
        work(job, build=fake)
    assert "odd.mp4" in job.status().reason


def test_a_full_disk_ends_the_job_with_a_sentence_and_it_can_go_on(job, unbroken, monkeypatch):
    def full(path, content):
        if path.name == "00000012.chunk":
            raise NoSpace(f"{path}: cannot be written (No space left on device).")
        write_bytes(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(chunk_folder, "write_bytes", full)
        with pytest.raises(NoSpace):
            work(job, build=fake)
    assert job.status().state is JobState.FAILED
    assert "No space left" in job.status().reason
    job.queue()
    work(job, build=fake)
    assert contents(job) == unbroken


def test_short_memory_is_a_warning(job):
    work(job, build=lambda *_: FakePredictor(batch=8, fits=4))
    warnings = [event for event in job.events().events if isinstance(event, Warned)]
    assert len(warnings) == 1
    assert job.status().state is JobState.DONE
    assert json.loads(job.result_path.read_text())["warnings"] == [warnings[0].text]


def test_two_workers_never_share_a_job(job, fake_worker):
    with claimed(job):
        second = subprocess.run([*fake_worker(), str(job.path)], capture_output=True, check=False)
    assert second.returncode != 0
    assert b"another process works on this job" in second.stderr
    assert contents(job) == {}


def test_a_folder_that_is_no_job_is_refused(tmp_path):
    with pytest.raises(BadInput, match="not the folder of a job"), claimed(JobFolder(tmp_path)):
        pass


def test_a_launched_worker_does_the_job_and_keeps_its_prints_in_the_log(job, fake_worker, until):
    launch(job, fake_worker())
    until(lambda: job.status().state is JobState.DONE)
    until(lambda: not job.is_alive())
    assert len(contents(job)) == 10


def test_launching_a_job_at_work_starts_no_second_worker(job, fake_worker, until):
    launch(job, fake_worker(pause=0.2))
    until(lambda: job.status().state is JobState.RUNNING)
    first = job.status().process
    launch(job, fake_worker())
    assert job.status().process == first


def test_a_job_outlives_the_process_that_launched_it(job, fake_worker, until, tmp_path):
    script = tmp_path / "window.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "from core.jobs.folder import JobFolder\nfrom core.jobs.launch import launch\n"
        f"launch(JobFolder(Path(sys.argv[1])), {fake_worker(pause=0.1)!r})\n"
    )
    window = subprocess.run(
        [fake_worker()[0], str(script), str(job.path)], check=True, capture_output=True, timeout=60
    )
    assert window.stderr == b""
    until(lambda: job.status().state is JobState.DONE)


def test_the_worker_is_asked_to_stop_by_a_file(job, fake_worker, until):
    launch(job, fake_worker(pause=0.2))
    until(lambda: job.chunk_files())
    job.ask_to_stop()
    until(lambda: job.status().state is JobState.STOPPED)
    assert 0 < len(contents(job)) < 10


def test_a_terminated_worker_says_that_it_stopped(job, fake_worker, until):
    launch(job, fake_worker(pause=0.2))
    until(lambda: job.chunk_files())
    job.status().process.end()
    assert job.status().state is JobState.STOPPED


def test_the_heart_beats_while_a_chunk_takes_long(job, fake_worker, until):
    launch(job, fake_worker(pause=30))
    until(lambda: job.status().state is JobState.RUNNING)
    first = job.status().heartbeat
    until(lambda: job.status().heartbeat > first)


def test_the_worker_gives_way_to_the_window(job, fake_worker, until):
    launch(job, fake_worker(pause=30))
    until(lambda: job.status().state is JobState.RUNNING)
    assert psutil.Process(job.status().process.pid).nice() > psutil.Process().nice()
