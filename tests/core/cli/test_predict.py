import json
import zipfile
from dataclasses import replace

import av
import cv2
import numpy as np
import pandas as pd
import pytest

from core.cli.main import main
from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL
from core.pose.pose_track import PoseTrack
from core.pose.skeleton import shipped_skeleton
from core.pose.smoothing import smoothed
from core.video.fingerprint import fingerprint
from tests.core.jobs.small_recording import write_recording


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def predict(*inputs, out, options=()):
    return main(["predict", *map(str, inputs), "--out", str(out), *options])


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def problems(capfd):
    return capfd.readouterr().err.splitlines()


@pytest.mark.usefixtures("networks")
class TestResults:
    def test_the_table_has_a_row_for_every_frame(self, recording, out):
        assert predict(recording, out=out) == 0
        table = pd.read_csv(out / "kick.csv")
        assert list(table["frame"]) == list(range(10))
        np.testing.assert_allclose(table["time_s"], np.arange(10) / 25, atol=1e-6)
        assert names(out) == ["kick.csv", "kick.csv.json"]

    def test_a_frame_without_an_infant_is_a_row_of_empty_cells(self, recording, out):
        assert predict(recording, out=out) == 0
        lines = (out / "kick.csv").read_text().splitlines()
        assert lines[4] == "3,0.120000" + ",,,,0,model" * 16
        assert ",,,," not in lines[5]

    def test_the_dictionary_tells_where_the_numbers_come_from(self, recording, out):
        assert predict(recording, out=out, options=["--roi", "2,4,60,60", "--segmentation"]) == 0
        facts = json.loads((out / "kick.csv.json").read_text("utf-8"))
        header = (out / "kick.csv").read_text().splitlines()[0].split(",")
        assert [column["name"] for column in facts["columns"]] == header
        assert all(column["unit"] and column["meaning"] for column in facts["columns"])
        assert facts["recording"]["fingerprint"] == fingerprint(recording)
        assert facts["recording"]["frames"] == 10
        assert facts["software"].startswith("SHIFT Studio ")
        assert facts["warnings"] == []
        origin = facts["provenance"]
        assert origin["model"]["name"] == "fake"
        assert len(origin["model"]["card_sha256"]) == 64
        assert origin["segmentation"]["name"] == "fake_mask"
        assert origin["roi"] == [2, 4, 60, 44]

    def test_long(self, recording, out):
        assert predict(recording, out=out, options=["--csv", "long"]) == 0
        table = pd.read_csv(out / "kick.csv")
        assert len(table) == 10 * 16
        assert json.loads((out / "kick.csv.json").read_text())["layout"] == "long"

    def test_the_points_of_a_recording_may_be_smoothed(self, recording, out):
        assert predict(recording, out=out) == 0
        assert predict(recording, out=out / "even", options=["--smooth", "--overlay"]) == 0
        plain, even = (pd.read_csv(folder / "kick.csv") for folder in (out, out / "even"))
        at = [f"{name}_{axis}" for name in shipped_skeleton().keypoints for axis in "xy"]
        shape = (len(plain), -1, 2)
        found = plain[at].to_numpy(np.float32).reshape(shape)
        kept = [column for column in plain if column not in at]
        pd.testing.assert_frame_equal(plain[kept], even[kept])
        track = replace(
            PoseTrack.empty(shipped_skeleton(), len(plain)),
            xy=found,
            confidence=plain.filter(like="_confidence").to_numpy(np.float32),
            visibility=plain.filter(like="_visibility").to_numpy(np.uint8),
        )
        wanted = smoothed(track, plain["time_s"].to_numpy()).xy
        assert np.nanmax(np.abs(wanted - found)) > 0.1
        np.testing.assert_allclose(even[at].to_numpy().reshape(shape), wanted, atol=0.05)
        facts = [json.loads((one / "kick.csv.json").read_text()) for one in (out, out / "even")]
        assert [bool(one["provenance"]["smoothing"]) for one in facts] == [False, True]
        assert names(out / "even") == ["kick.csv", "kick.csv.json", "kick.overlay.mp4"]

    def test_images_are_no_movement_to_be_smoothed(self, tmp_path, out):
        folder = tmp_path / "scans"
        folder.mkdir()
        for number in range(8):
            grey = np.full((48, 64, 3), 10 * number, np.uint8)
            cv2.imwrite(str(folder / f"{number}.png"), grey)
        assert predict(folder, out=out) == 0
        assert predict(folder, out=out / "even", options=["--smooth"]) == 0
        assert (out / "scans.csv").read_bytes() == (out / "even" / "scans.csv").read_bytes()
        facts = json.loads((out / "even" / "scans.csv.json").read_text())
        assert facts["provenance"]["smoothing"] == ""

    def test_the_overlay_shows_every_frame_at_its_time(self, recording, out):
        assert predict(recording, out=out, options=["--overlay"]) == 0
        with av.open(str(out / "kick.overlay.mp4")) as video:
            times = [picture.time for picture in video.decode(video=0)]
        np.testing.assert_allclose(times, np.arange(10) / 25, atol=2e-3)

    def test_the_masks_are_eight_bit_pictures(self, recording, out):
        assert predict(recording, out=out, options=["--segmentation"]) == 0
        with zipfile.ZipFile(out / "kick.masks.zip") as archive:
            assert archive.namelist() == [f"{i:06d}.png" for i in range(10)]
            masks = [
                cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), cv2.IMREAD_UNCHANGED)
                for name in archive.namelist()
            ]
        assert {mask.shape for mask in masks} == {(48, 64)}
        assert masks[3].max() == 0
        assert set(np.unique(masks[4])) == {0, 255}
        assert masks[4][20, 30] == 255

    def test_naming_a_segmentation_model_asks_for_its_masks(self, recording, out, networks):
        options = ["--segmentation-model", DEFAULT_SEGMENTATION_MODEL]
        assert predict(recording, out=out, options=options) == 0
        assert (out / "kick.masks.zip").exists()
        assert networks.loaded == [(DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL)]

    def test_a_folder_of_images_of_several_sizes(self, tmp_path, out):
        folder = tmp_path / "scans.v1"
        folder.mkdir()
        for name, size in {"b.png": (48, 64), "a, 1.png": (32, 96)}.items():
            cv2.imwrite(str(folder / name), np.full((*size, 3), 90, np.uint8))
        assert predict(folder, out=out, options=["--segmentation", "--overlay"]) == 0
        table = pd.read_csv(out / "scans.v1.csv")
        assert list(table["file"]) == ["a, 1.png", "b.png"]
        assert table.columns[-1] == "file"
        with zipfile.ZipFile(out / "scans.v1.masks.zip") as archive:
            content = np.frombuffer(archive.read("000000.png"), np.uint8)
            assert cv2.imdecode(content, cv2.IMREAD_UNCHANGED).shape == (32, 96)

    def test_one_image_is_a_recording_of_one_frame(self, tmp_path, out):
        cv2.imwrite(str(tmp_path / "bébé.png"), np.full((48, 64, 3), 90, np.uint8))
        assert predict(tmp_path / "bébé.png", out=out) == 0
        table = pd.read_csv(out / "bébé.csv")
        assert list(table["file"]) == ["bébé.png"]

    def test_a_recording_that_breaks_off_gives_what_there_is_and_a_warning(
        self, tmp_path, out, capfd
    ):
        whole = write_recording(tmp_path / "whole.avi", 60)
        cut = tmp_path / "cut.avi"
        cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        assert predict(cut, out=out) == 0
        lines = problems(capfd)
        assert lines
        assert all("warning: " in line and "cut.avi" in line for line in lines)
        assert 0 < len(pd.read_csv(out / "cut.csv")) < 60
        assert json.loads((out / "cut.csv.json").read_text())["warnings"]


@pytest.mark.usefixtures("networks")
class TestNames:
    def test_recordings_of_one_name_get_their_folders_in_front(self, recording, tmp_path, out):
        for folder in ("ward", "home"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "day1.mp4").write_bytes(recording.read_bytes())
        inputs = [tmp_path / "ward/day1.mp4", recording, tmp_path / "home/day1.mp4"]
        assert predict(*inputs, out=out) == 0
        assert names(out)[::2] == ["home_day1.csv", "kick.csv", "ward_day1.csv"]

    def test_the_same_recording_twice_is_done_once(self, recording, out, networks, capfd):
        assert predict(recording, recording, out=out) == 0
        assert names(out) == ["kick.csv", "kick.csv.json"]
        assert problems(capfd) == []

    def test_results_that_are_there_are_refused_before_any_work(
        self, recording, out, networks, capfd
    ):
        out.mkdir()
        (out / "kick.csv").write_text("mine")
        assert predict(recording, out=out) == 2
        (line,) = problems(capfd)
        assert "kick.csv" in line
        assert "--overwrite" in line
        assert networks.loaded == []
        assert (out / "kick.csv").read_text() == "mine"
        assert names(out) == ["kick.csv"]

    def test_results_that_are_there_are_replaced_when_asked(self, recording, out):
        out.mkdir()
        (out / "kick.csv").write_text("mine")
        assert predict(recording, out=out, options=["--overwrite"]) == 0
        assert len(pd.read_csv(out / "kick.csv")) == 10

    def test_a_result_never_takes_the_place_of_a_recording(self, recording, out, capfd):
        out.mkdir()
        inputs = [out / "kick.mp4", out / "kick.overlay.mp4"]
        for path in inputs:
            path.write_bytes(recording.read_bytes())
        assert predict(*inputs, out=out, options=["--overlay", "--overwrite"]) == 2
        (line,) = problems(capfd)
        assert "kick.overlay.mp4: is a recording" in line
        assert [path.read_bytes() for path in inputs] == [recording.read_bytes()] * 2
        assert (out / "kick.overlay.csv").exists()

    def test_a_failed_run_keeps_the_old_results(self, recording, out, networks):
        class Failing:
            def __getattr__(self, name):
                raise ZeroDivisionError

        assert predict(recording, out=out) == 0
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        networks.load_predictor = lambda *_: Failing()
        assert predict(recording, out=out, options=["--overwrite", "--overlay"]) == 1
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def bad_inputs(folder):
    """Files that are no recordings, by name."""
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("Dear diary,\n" * 100)
    (folder / "random.mp4").write_bytes(np.random.default_rng(0).bytes(5000))
    (folder / "empty folder").mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    (folder / "zeilen\numbruch.mp4").write_bytes(b"")
    return [*sorted(folder.iterdir()), folder / "missing.mp4"]


@pytest.mark.usefixtures("networks")
class TestBadInput:
    def test_each_gets_its_sentence_and_the_good_ones_are_done(
        self, recording, tmp_path, out, capfd
    ):
        (tmp_path / "bad").mkdir()
        bad = bad_inputs(tmp_path / "bad")
        assert predict(*bad[:3], recording, *bad[3:], out=out) == 2
        lines = problems(capfd)
        assert len(lines) == len(bad)
        for path, line in zip(bad, lines, strict=True):
            assert " ".join(path.name.split()) in line
        assert names(out) == ["kick.csv", "kick.csv.json"]

    def test_nothing_is_loaded_or_made_when_all_are_bad(self, tmp_path, out, networks, capfd):
        assert predict(tmp_path / "missing.mp4", out=out) == 2
        assert len(problems(capfd)) == 1
        assert networks.loaded == []
        assert not out.exists()

    def test_a_roi_outside_the_picture(self, recording, out, capfd):
        assert predict(recording, out=out, options=["--roi", "640,0,10,10"]) == 2
        (line,) = problems(capfd)
        assert "kick.mp4" in line
        assert "64 x 48" in line
        assert names(out) == []

    def test_an_unknown_model(self, recording, out, capfd):
        assert predict(recording, out=out, options=["--model", "thunderbolt"]) == 2
        (line,) = problems(capfd)
        assert "thunderbolt" in line
        assert DEFAULT_POSE_MODEL in line

    def test_an_unknown_segmentation_model(self, recording, out, capfd):
        assert predict(recording, out=out, options=["--segmentation-model", "scissors"]) == 2
        (line,) = problems(capfd)
        assert "scissors" in line

    def test_results_cannot_go_into_a_file(self, recording, tmp_path, capfd):
        (tmp_path / "notes.txt").write_text("mine")
        for out in (tmp_path / "notes.txt", tmp_path / "notes.txt" / "below"):
            assert predict(recording, out=out) == 2
            (line,) = problems(capfd)
            assert "notes.txt" in line
        assert (tmp_path / "notes.txt").read_text() == "mine"

    def test_a_folder_that_may_not_be_written(self, recording, out, capfd, monkeypatch):
        monkeypatch.setattr("core.cli.out_folder.os.access", lambda path, mode: False)
        assert predict(recording, out=out) == 2
        (line,) = problems(capfd)
        assert str(out) in line

    def test_a_name_longer_than_any_file_system_takes(self, recording, out, capfd):
        assert predict(recording, out=out / ("x" * 300)) == 2
        assert len(problems(capfd)) == 1

    def test_a_full_disk_leaves_nothing_half_written(self, recording, out, capfd, monkeypatch):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("core.export.pose_csv.PoseCsv.write", full)
        assert predict(recording, out=out, options=["--overlay", "--segmentation"]) == 2
        (line,) = problems(capfd)
        assert "No space left on device" in line
        assert names(out) == []
