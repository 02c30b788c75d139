import json

import pandas as pd
import pytest

from core.errors import BadInput, BadStudy, Stopped
from core.jobs.events import FileWritten, Finished, Progressed, Started, Warned
from core.jobs.folder import JobFolder
from core.jobs.requests import ExportRequest
from core.jobs.status import JobState
from core.jobs.worker import work
from core.study.study import Study
from core.video.source import open_video
from tests.core.jobs.small_recording import write_recording


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "ward.shift") as study:
        for name in ("kick.mp4", "nap.mp4"):
            path = write_recording(tmp_path / name, 10)
            with open_video(path) as source:
                study.add_recording(path, source.info)
        yield study


def export_job(tmp_path, study, *formats, **more):
    request = ExportRequest(study=study.path, formats=formats, out=tmp_path / "out", **more)
    return JobFolder.create(tmp_path / "jobs", request)


def test_every_file_is_told_when_it_is_there(tmp_path, study):
    job = export_job(tmp_path, study, "csv-wide", "csv-long", "overlay")
    work(job)
    events = job.events().events
    assert isinstance(events[0], Started)
    assert events[-1] == Finished()
    files = [event.file for event in events if isinstance(event, FileWritten)]
    assert [file.name for file in files] == [
        *("kick.csv", "kick.long.csv", "kick.overlay.mp4"),
        *("nap.csv", "nap.long.csv", "nap.overlay.mp4"),
    ]
    assert len(pd.read_csv(files[0])) == 10
    done = [event.done for event in events if isinstance(event, Progressed)]
    assert done == sorted(done)
    assert done[-1] == events[0].total == 60
    assert json.loads(job.result_path.read_text())["files"] == [str(file) for file in files]


def test_only_the_recordings_asked_for(tmp_path, study):
    nap = study.recordings()[1]
    job = export_job(tmp_path, study, "csv-wide", recordings=(nap.id,))
    work(job)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["nap.csv", "nap.csv.json"]


def test_a_missing_video_is_a_warning_and_the_others_are_done(tmp_path, study):
    (tmp_path / "kick.mp4").unlink()
    job = export_job(tmp_path, study, "overlay")
    work(job)
    warnings = [event.text for event in job.events().events if isinstance(event, Warned)]
    assert len(warnings) == 3
    assert [text for text in warnings if "Nothing was predicted" in text] == warnings[:2]
    assert "kick.mp4" in warnings[2]
    assert job.status().state is JobState.DONE
    result = json.loads(job.result_path.read_text())
    assert [name.rsplit("/", 1)[-1] for name in result["files"]] == ["nap.overlay.mp4"]
    assert result["warnings"] == warnings


def test_a_job_that_could_export_nothing_has_failed(tmp_path, study):
    (tmp_path / "kick.mp4").unlink()
    (tmp_path / "nap.mp4").unlink()
    job = export_job(tmp_path, study, "overlay")
    with pytest.raises(BadInput):
        work(job)
    assert "kick.mp4" in job.status().reason
    assert "predicted" not in job.status().reason


def test_existing_files_are_refused_or_replaced(tmp_path, study):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kick.csv").write_text("mine")
    work(export_job(tmp_path, study, "csv-wide"))
    assert (tmp_path / "out" / "kick.csv").read_text() == "mine"
    assert (tmp_path / "out" / "nap.csv").exists()
    work(export_job(tmp_path, study, "csv-wide", overwrite=True))
    assert len(pd.read_csv(tmp_path / "out" / "kick.csv")) == 10


def test_a_stopped_export_leaves_no_half_file(tmp_path, study):
    job = export_job(tmp_path, study, "overlay")
    job.ask_to_stop()
    with pytest.raises(Stopped):
        work(job)
    assert job.status().state is JobState.STOPPED
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_an_interrupted_export_does_not_stumble_over_its_own_files(tmp_path, study, monkeypatch):
    job = export_job(tmp_path, study, "csv-wide")
    with monkeypatch.context() as patch:
        patch.setattr(
            JobFolder, "is_asked_to_stop", lambda self: (tmp_path / "out" / "kick.csv").exists()
        )
        with pytest.raises(Stopped):
            work(job)
    job.queue()
    work(job)
    assert job.status().state is JobState.DONE
    warnings = [event.text for event in job.events().events if isinstance(event, Warned)]
    assert all("Nothing was predicted" in text for text in warnings)
    assert len(json.loads(job.result_path.read_text())["files"]) == 2


def test_a_study_that_is_none_is_told(tmp_path, study):
    study.path.with_name("odd.shift").write_text("no study")
    request = ExportRequest(
        study=study.path.with_name("odd.shift"), formats=("csv-wide",), out=tmp_path / "out"
    )
    job = JobFolder.create(tmp_path / "jobs", request)
    with pytest.raises(BadStudy):
        work(job)
    assert "odd.shift" in job.status().reason
