import json
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.pose.pose_edit import PointChange, PoseEdit
from core.pose.pose_track import Point, Source, Visibility
from core.study.study import Study
from core.training.data.canvas_set import open_canvases
from core.video.source import open_video

RECIPE = ["--recipe", "quick", "--set", "steps=2", "--set", "batch=2", "--set", "frames=8",
          "--set", "mode=baseline", "--set", "weights.source=0"]  # fmt: skip
FROM_MODEL = Point((1.0, 1.0), 0.5, Visibility.SEEN, Source.MODEL)


def fix(study: Study, frame: int, x: float) -> None:
    (recording,) = study.recordings()
    after = Point((x, 240.0), 1.0, Visibility.SEEN, Source.HUMAN)
    edit = PoseEdit("fix", tuple(PointChange(frame, k, FROM_MODEL, after) for k in (0, 7)))
    study.append_edit(recording.id, edit)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, demo_recording: Path):
    """The demo, corrected in one frame, in a study that a window keeps open."""
    path = tmp_path_factory.mktemp("studies") / "ward.shift"
    with Study.create(path) as study, open_video(demo_recording) as source:
        study.add_recording(demo_recording, source.info)
        fix(study, 60, 320.0)
        yield study


@pytest.fixture(scope="module")
def job(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    job = tmp_path_factory.mktemp("jobs") / "ward"
    assert main(["adapt", str(study.path), "--out", str(job), *RECIPE]) == 0
    return job


def test_corrected_frames_are_labelled_and_the_others_are_not(job):
    target = open_canvases(job / "target")
    labelled = np.flatnonzero(target.is_labelled)
    assert [target.names[number] for number in labelled] == ["infant_demo.mp4:60"]
    assert np.isfinite(target.xy[labelled[0]]).all(axis=1).nonzero()[0].tolist() == [0, 7]
    assert len(target) >= 8


def test_the_job_goes_on_until_other_frames_are_corrected(study, job, capsys):
    command = ["adapt", str(study.path), "--out", str(job), *RECIPE, "--resume"]
    assert main(command) == 0
    assert json.loads((job / "inputs.json").read_text())["corrected frames"]
    fix(study, 90, 321.0)
    assert main(command) == 2
    assert "its corrected frames differ" in capsys.readouterr().err


def test_an_unknown_recording_is_a_sentence(study, tmp_path, capsys):
    command = ["adapt", str(study.path), "--recording", "kick", "--out", str(tmp_path / "job")]
    assert main(command) == 2
    assert "has no recording kick; there are: infant_demo." in capsys.readouterr().err


def test_labels_alone_need_a_corrected_frame(demo_recording, tmp_path, capsys):
    command = ["adapt", str(demo_recording), "--out", str(tmp_path / "job"), "--set", "mode=oracle"]
    assert main(command) == 2
    assert "a study with corrected frames" in capsys.readouterr().err
