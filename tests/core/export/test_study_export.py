import json
from dataclasses import replace

import av
import numpy as np
import pandas as pd
import pytest

from core.errors import BadInput, BadVideo
from core.export.study_export import export, plan
from core.pose.pose_edit import PointChange, PoseEdit, removed
from core.pose.pose_track import Point, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from core.pose.smoothing import smoothed
from core.study.study import Study
from core.video.source import open_video
from tests.core.jobs.small_recording import write_recording

(LEFT_WRIST,) = shipped_skeleton().indices("left_wrist")
HUMAN = Point((12.5, 30.25), 1.0, Visibility.HIDDEN, Source.HUMAN)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def exported(study, recording, form, out, *, overwrite=False, smooth=False):
    (task,) = plan([recording], [form], out, smooth=smooth)
    return list(export(study, task, overwrite=overwrite))


def correct(study, recording, frame, keypoint, after):
    info = study.current_prediction(recording.id)
    before = study.load_track(info.id, recording.frame_count).pose(frame).point(keypoint)
    change = PointChange(frame, keypoint, before, after)
    study.append_edit(recording.id, PoseEdit("Correct", (change,)))


def test_the_table_is_the_prediction_with_the_corrections_over_it(study, predicted, out):
    correct(study, predicted, 2, 0, HUMAN)
    correct(study, predicted, 5, 1, removed())
    correct(study, predicted, 18, 9, HUMAN)  # a frame that no model has seen
    exported(study, predicted, "csv-wide", out)
    table = pd.read_csv(out / "kick.csv")
    track = study.load_track(study.current_prediction(predicted.id).id, 20)
    assert list(table["frame"]) == list(range(20))
    np.testing.assert_allclose(table["neck_x"], track.xy[:, 8, 0], atol=0.00501)
    assert tuple(table.loc[2, table.columns[2:7]]) == (12.5, 30.25, 1.0, 1, "human")
    assert table.loc[5, "left_knee_visibility"] == 0
    assert table.loc[5, "left_knee_source"] == "human"
    assert np.isnan(table.loc[5, "left_knee_x"])
    assert table.loc[18, "head_x"] == 12.5
    assert table.loc[19].filter(like="_x").isna().all()
    assert (table.filter(like="_source") == "human").sum().sum() == 3


def test_points_may_be_smoothed_on_their_way_out(study, predicted, out):
    correct(study, predicted, 2, 0, HUMAN)
    exported(study, predicted, "csv-wide", out, smooth=True)
    table = pd.read_csv(out / "kick.csv")
    track = study.load_track(study.current_prediction(predicted.id).id, 20)
    corrected = study.edit_log(predicted.id).corrections.over_track(track)
    wanted = smoothed(corrected, study.times(predicted.id))
    np.testing.assert_allclose(table["left_wrist_y"], wanted.xy[:, LEFT_WRIST, 1], atol=0.00501)
    assert tuple(table.loc[2, table.columns[2:7]]) == (12.5, 30.25, 1.0, 1, "human")
    moved = np.abs(wanted.xy - corrected.xy)
    assert np.nanmax(moved) > 0.1
    facts = json.loads((out / "kick.csv.json").read_text("utf-8"))
    assert "0.17 s to each side" in facts["provenance"]["smoothing"]
    exported(study, predicted, "csv-wide", out / "plain")
    facts = json.loads((out / "plain" / "kick.csv.json").read_text("utf-8"))
    assert facts["provenance"]["smoothing"] == ""


def test_single_images_are_no_movement_to_be_smoothed(study, predicted, out, monkeypatch):
    monkeypatch.setattr(type(study), "file_names", lambda *_: tuple(f"{n}.png" for n in range(20)))
    exported(study, predicted, "csv-wide", out, smooth=True)
    table = pd.read_csv(out / "kick.csv")
    track = study.load_track(study.current_prediction(predicted.id).id, 20)
    np.testing.assert_allclose(table["neck_x"], track.xy[:, 8, 0], atol=0.00501)
    facts = json.loads((out / "kick.csv.json").read_text("utf-8"))
    assert facts["provenance"]["smoothing"] == ""


def test_long_holds_the_same(study, predicted, out):
    correct(study, predicted, 2, 0, HUMAN)
    exported(study, predicted, "csv-wide", out)
    exported(study, predicted, "csv-long", out / "long")
    wide = pd.read_csv(out / "kick.csv").set_index("frame")
    long = pd.read_csv(out / "long" / "kick.csv")
    for column in ("x", "y", "confidence", "visibility", "source"):
        table = long.pivot(index="frame", columns="keypoint", values=column)
        for keypoint in table.columns:
            pd.testing.assert_series_equal(
                table[keypoint], wide[f"{keypoint}_{column}"], check_names=False
            )


def test_the_dictionary_tells_what_the_study_knows(study, predicted, out):
    correct(study, predicted, 2, 0, HUMAN)
    exported(study, predicted, "csv-wide", out)
    facts = json.loads((out / "kick.csv.json").read_text("utf-8"))
    assert facts["provenance"]["model"]["name"] == "fake"
    assert facts["provenance"]["model"]["weights_sha256"] == "f" * 64
    assert facts["provenance"]["corrected_frames"] == 1
    assert facts["recording"]["fingerprint"] == predicted.fingerprint
    assert facts["recording"]["frames_per_second"] == 25
    assert "The light was low." in facts["warnings"]
    assert any("last 4 frames" in warning for warning in facts["warnings"])


def test_what_no_model_has_looked_at_is_told_from_what_was_not_found(study, predicted, out):
    correct(study, predicted, 18, 0, HUMAN)
    for layout in ("csv-wide", "csv-long"):
        exported(study, predicted, layout, out / layout)
    wide = pd.read_csv(out / "csv-wide" / "kick.csv")
    assert wide["neck_source"].notna().tolist() == [True] * 16 + [False] * 4
    long = pd.read_csv(out / "csv-long" / "kick.csv").set_index(["frame", "keypoint"])
    assert set(long.loc[:15]["source"]) == {"model"}
    placed = long.loc[16:]["source"].dropna()
    assert list(placed.items()) == [((18, study.skeleton.keypoints[0]), "human")]


def test_region_and_segmentation_of_a_prediction_are_told(study, predicted, out):
    used = {"roi": [1.0, 2, 30, 40.5], "segmentation": {"name": "m", "weights_sha256": "0" * 64}}
    prediction = study.begin_prediction(predicted.id, "fake", "f" * 64, used)
    study.finish_prediction(prediction)
    exported(study, predicted, "csv-wide", out)
    provenance = json.loads((out / "kick.csv.json").read_text("utf-8"))["provenance"]
    assert provenance["roi"] == [1.0, 2.0, 30.0, 40.5]
    assert provenance["segmentation"]["weights_sha256"] == "0" * 64


def test_a_recording_that_nothing_was_predicted_for_has_its_rows(study, kick, out):
    with open_video(kick) as source:
        recording = study.add_recording(kick, source.info)
    exported(study, recording, "csv-wide", out)
    table = pd.read_csv(out / "kick.csv")
    assert len(table) == 20
    assert (table.filter(like="_visibility") == 0).all().all()
    facts = json.loads((out / "kick.csv.json").read_text("utf-8"))
    assert facts["provenance"]["model"] is None
    assert facts["warnings"]


def test_a_table_leaves_although_the_video_is_missing(study, predicted, out, tmp_path):
    away = replace(predicted, path=tmp_path / "away.mp4")
    exported(study, away, "csv-wide", out)
    assert len(pd.read_csv(out / "kick.csv")) == 20


def test_the_overlay_has_every_frame(study, predicted, out):
    progress = exported(study, predicted, "overlay", out)
    assert [step.done for step in progress] == list(range(1, 21))
    with av.open(str(out / "kick.overlay.mp4")) as video:
        assert len(list(video.decode(video=0))) == 20


def test_a_cancelled_export_leaves_nothing(study, predicted, out):
    for form in ("overlay", "csv-wide"):
        (task,) = plan([predicted], [form], out)
        work = export(study, task, overwrite=False)
        next(work)
        work.close()
        assert list(out.iterdir()) == []


def test_a_missing_video_cannot_be_drawn(study, predicted, out, tmp_path):
    with pytest.raises(BadVideo, match=r"away\.mp4"):
        exported(study, replace(predicted, path=tmp_path / "away.mp4"), "overlay", out)


def test_another_video_in_its_place_is_not_drawn(study, predicted, out, tmp_path):
    other = write_recording(tmp_path / "kick.mp4", 21)
    with pytest.raises(BadInput, match="is not the recording that was added"):
        exported(study, replace(predicted, path=other), "overlay", out)
    assert not out.exists()


def test_files_that_are_there_are_refused_or_replaced(study, predicted, out):
    out.mkdir()
    (out / "kick.csv.json").write_text("mine")
    with pytest.raises(BadInput, match=r"kick\.csv\.json is already"):
        exported(study, predicted, "csv-wide", out)
    exported(study, predicted, "csv-wide", out, overwrite=True)
    assert json.loads((out / "kick.csv.json").read_text())["version"] == 1


def test_an_export_never_takes_the_place_of_a_recording(study, predicted, tmp_path):
    other = write_recording(tmp_path / "kick.overlay.mp4", 5)
    with open_video(other) as source:
        study.add_recording(other, source.info)
    before = other.read_bytes()
    with pytest.raises(BadInput, match="is a recording"):
        exported(study, predicted, "overlay", tmp_path, overwrite=True)
    assert other.read_bytes() == before


def test_two_tables_of_one_recording_have_two_names(study, predicted, out):
    tasks = plan([predicted], ["csv-wide", "csv-long", "overlay"], out)
    assert [task.target.name for task in tasks] == [
        "kick.csv",
        "kick.long.csv",
        "kick.overlay.mp4",
    ]
    assert [file.name for file in tasks[1].files] == ["kick.long.csv", "kick.long.csv.json"]


def test_a_study_can_be_exported_while_a_window_has_it_open(study, predicted, out):
    with Study.read(study.path) as reader:
        exported(reader, predicted, "csv-wide", out)
    assert (out / "kick.csv").exists()
