import pandas as pd
import pytest

from core.cli.main import main
from core.study.study import Study
from core.video.source import open_video
from tests.core.jobs.small_recording import write_recording


@pytest.fixture
def study_path(tmp_path, recording):
    other = write_recording(tmp_path / "nap.mp4", 6)
    path = tmp_path / "ward.shift"
    with Study.create(path) as study:
        for file in (recording, other):
            with open_video(file) as source:
                study.add_recording(file, source.info)
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def export(study_path, out, *options, form="csv-wide"):
    return main(["export", str(study_path), "--out", str(out), "--format", form, *options])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def problems(capfd):
    return capfd.readouterr().err.splitlines()


def test_all_recordings_leave(study_path, out):
    assert export(study_path, out) == 0
    assert names(out) == ["kick.csv", "kick.csv.json", "nap.csv", "nap.csv.json"]
    assert len(pd.read_csv(out / "nap.csv")) == 6


def test_only_those_asked_for(study_path, out):
    assert export(study_path, out, "--recording", "nap", form="csv-long") == 0
    assert names(out) == ["nap.csv", "nap.csv.json"]
    assert len(pd.read_csv(out / "nap.csv")) == 6 * 16


def test_smoothed_points_are_said_to_be_so(study_path, out):
    assert export(study_path, out, "--recording", "nap", "--smooth") == 0
    assert "smoothed" in (out / "nap.csv.json").read_text("utf-8")


def test_overlay(study_path, out):
    assert export(study_path, out, "--recording", "nap", form="overlay") == 0
    assert names(out) == ["nap.overlay.mp4"]


def test_a_window_may_have_the_study_open(study_path, out):
    with Study.open(study_path):
        assert export(study_path, out) == 0


def test_a_missing_video_does_not_disturb_the_others(study_path, out, tmp_path, capfd):
    (tmp_path / "nap.mp4").unlink()
    assert export(study_path, out, form="overlay") == 2
    (line,) = problems(capfd)
    assert "nap.mp4" in line
    assert names(out) == ["kick.overlay.mp4"]


def test_results_that_are_there_are_refused(study_path, out, capfd):
    out.mkdir()
    (out / "nap.csv").write_text("mine")
    assert export(study_path, out) == 2
    (line,) = problems(capfd)
    assert "nap.csv" in line
    assert (out / "nap.csv").read_text() == "mine"
    assert (out / "kick.csv").exists()
    assert export(study_path, out, "--overwrite") == 0
    assert len(pd.read_csv(out / "nap.csv")) == 6


def test_an_unknown_recording_is_told_with_those_there_are(study_path, out, capfd):
    assert export(study_path, out, "--recording", "nup") == 2
    (line,) = problems(capfd)
    assert "nup" in line
    assert "kick, nap" in line


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\0" + bytes(100), b"text"])
def test_what_is_no_study_is_refused(tmp_path, out, capfd, content):
    path = tmp_path / "odd.shift"
    if content is not None:
        path.write_bytes(content)
    assert export(path, out) == 2
    (line,) = problems(capfd)
    assert "odd.shift" in line
    assert not out.exists()


def test_results_cannot_go_into_a_file(study_path, capfd):
    assert export(study_path, study_path) == 2
    assert len(problems(capfd)) == 1
