"""Two models compared as a job: with the points that a person placed, and refused where it must."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.jobs import compare_job
from core.jobs.events import Finished, Judged, Progressed
from core.jobs.folder import JobFolder
from core.jobs.requests import CompareRequest
from core.jobs.worker import work
from core.models.library import DEFAULT_POSE_MODEL
from core.progress import Progress
from core.verdict.compare import CompareTask
from core.verdict.report import VERDICT_FILE
from core.verdict.report_file import read_report
from tests.core.jobs.adapting import FRAMES, labels, write_cut, write_study

pytestmark = pytest.mark.timeout(300)
ADULTS = "movenet_thunder"


@pytest.fixture
def wanted(tmp_path: Path, demo_recording: Path) -> CompareRequest:
    adapt = write_study(tmp_path / "ward.shift", write_cut(demo_recording, tmp_path / "steps.mp4"))
    return CompareRequest(
        study=adapt.study,
        footage=adapt.footage,
        base=ADULTS,
        model=DEFAULT_POSE_MODEL,
        device="cpu",
    )


def test_it_leaves_a_verdict_that_counts_corrected_frames(
    tmp_path: Path, wanted: CompareRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[CompareTask] = []
    usual = compare_job.compare_models

    def few(task: CompareTask):
        asked.append(task)
        return usual(CompareTask(**{**vars(task), "most": 4}))

    monkeypatch.setattr(compare_job, "compare_models", few)
    job = JobFolder.create(tmp_path / "jobs", wanted)
    work(job)

    events = job.events().events
    assert events[-2:] == (Judged(file=VERDICT_FILE), Finished())
    assert any(e.activity == "Comparing both models" for e in events if isinstance(e, Progressed))
    assert labels(job) == 1
    (footage,) = asked[0].footage
    assert footage.corrected_count == 1
    report = read_report(job.path / VERDICT_FILE)
    assert "frames corrected at 1 moment" in report.reasons[0]
    assert report.recordings[0].frames == 5
    assert all(picture.frame < FRAMES for picture in report.pictures)


def test_it_stops_when_asked_to(
    tmp_path: Path, wanted: CompareRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = JobFolder.create(tmp_path / "jobs", wanted)

    def asked_to_stop(_: CompareTask):
        job.ask_to_stop()
        yield Progress(1, 2, "comparing both models")
        raise AssertionError("went on")

    monkeypatch.setattr(compare_job, "compare_models", asked_to_stop)
    with pytest.raises(Exception, match="stopped"):
        work(job)
    assert not (job.path / VERDICT_FILE).exists()


def test_another_file_in_the_recordings_place_is_refused(
    tmp_path: Path, wanted: CompareRequest
) -> None:
    wanted.footage[0].recording.write_bytes(b"something else")
    with pytest.raises(BadInput, match="is another file"):
        work(JobFolder.create(tmp_path / "jobs", wanted))
