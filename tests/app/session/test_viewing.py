"""Recordings come, go, break and are looked through, over a real study."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.session import recording_intake
from app.session.session import Session
from core.errors import BadStudy, BadVideo
from core.geometry import Box
from core.pose.pose_track import Visibility
from core.video.frame import Frame
from tests.app.opened import (
    FRAMES,
    add_prediction,
    add_recording,
    made_track,
    reopened,
    wait_until_shown,
    write_clip,
)


def test_adding_shows_the_recording(opened: Session, clip: Path):
    assert opened.recording is not None
    assert opened.recording.path == clip.resolve()
    assert opened.frame_count == FRAMES
    assert not opened.is_opening
    assert opened.predicted_frames == 0
    assert opened.pose(0).is_empty


def test_several_files_of_which_one_is_broken(session: Session, qtbot: QtBot, tmp_path: Path):
    bad = tmp_path / "notes.mp4"
    bad.write_text("this is no video")
    good = [write_clip(tmp_path / f"{name}.mp4", 5) for name in ("a", "b")]
    with qtbot.waitSignal(session.recordings_added) as added:
        session.add_recordings([bad, *good])
    recordings, sentences = added.args
    assert [recording.name for recording in recordings] == ["a", "b"]
    assert len(sentences) == 1
    assert "notes.mp4" in sentences[0]
    assert session.recording is not None
    assert session.recording.name == "a"


def test_a_missing_video_still_shows_its_poses(session: Session, qtbot: QtBot, tmp_path: Path):
    path = write_clip(tmp_path / "gone.mp4")
    add_recording(session, qtbot, path)
    add_prediction(session, qtbot, made_track())
    moved = path.rename(tmp_path / "elsewhere.mp4")
    with qtbot.waitSignal(session.video_failed):
        session.select_recording(session.recordings()[0].id)
    qtbot.waitUntil(lambda: session.can_edit)
    assert "gone.mp4" in (session.video_problem or "")
    session.go_to(7)
    assert session.shown == 7
    assert not session.pose(7).is_empty
    session.relink(session.recordings()[0].id, moved)
    qtbot.waitUntil(lambda: session.info is not None)
    assert session.video_problem is None


def test_choosing_quickly_shows_the_last_choice(session: Session, qtbot: QtBot, tmp_path: Path):
    for number in range(4):
        add_recording(session, qtbot, write_clip(tmp_path / f"{number}.mp4", 5 + number))
    ids = [recording.id for recording in session.recordings()]
    for chosen in (ids * 3)[:10]:
        session.select_recording(chosen)
    qtbot.waitUntil(lambda: session.info is not None and session.can_edit)
    assert session.recording is not None
    assert session.recording.id == ids[1]
    assert session.frame_count == 6


def test_a_study_that_cannot_be_opened_leaves_the_open_one(opened: Session, tmp_path: Path):
    before = opened.study
    broken = tmp_path / "broken.shift"
    broken.write_bytes(b"\x00" * 200)
    with pytest.raises(BadStudy):
        opened.open_study(broken)
    assert opened.study is before
    assert opened.recording is not None


def test_box_and_threshold_are_remembered(predicted: Session, qtbot: QtBot):
    predicted.set_roi(Box(10, 20, 50, 60))
    predicted.set_threshold(0.55)
    predicted.keep_threshold()
    again = reopened(predicted, qtbot)
    assert again.recording is not None
    assert again.recording.roi == Box(10, 20, 50, 60)
    assert again.threshold == 0.55
    again.close()


def test_removing_the_recording_on_screen_empties_the_stage(predicted: Session):
    assert predicted.recording is not None
    predicted.remove_recording(predicted.recording.id)
    assert predicted.recording is None
    assert predicted.recordings() == []
    assert predicted.frame_count == 0


def test_tab_goes_around_the_points(opened: Session):
    opened.select_next_keypoint()
    assert opened.keypoint == 0
    opened.select_next_keypoint(-1)
    assert opened.keypoint == len(opened.skeleton) - 1


def test_low_frames_are_found_and_a_correction_clears_them(predicted: Session, qtbot: QtBot):
    assert predicted.next_low()
    assert predicted.frame == 10
    wait_until_shown(predicted, qtbot, 10)
    for keypoint in predicted.skeleton.limb_indices.tolist():
        predicted.select_keypoint(keypoint)
        predicted.points.set_visibility(Visibility.SEEN)
    assert predicted.frame_scores()[10] == 1.0
    assert predicted.next_low()
    assert predicted.frame == 11
    assert predicted.next_corrected(-1)
    assert predicted.frame == 10
    assert not predicted.next_corrected()


def test_another_file_under_the_same_name_is_noticed(
    session: Session, qtbot: QtBot, tmp_path: Path
):
    path = write_clip(tmp_path / "visit.mp4", 10)
    add_recording(session, qtbot, path)
    session.select_recording(None)
    write_clip(path, 12)
    with qtbot.waitSignal(session.problem) as told:
        session.select_recording(session.recordings()[0].id)
    assert "visit.mp4: this is not the file that was added" in told.args[0]


def test_after_a_wild_scrub_the_picture_is_the_wanted_one(opened: Session, qtbot: QtBot):
    pictures: list[Frame] = []
    opened.image_ready.connect(pictures.append)
    rng = np.random.default_rng(1)
    for _ in range(6):
        for frame in rng.integers(0, FRAMES, 30).tolist():
            opened.go_to(frame)
            qtbot.wait(1)
        qtbot.waitUntil(lambda: opened.shown == opened.frame)
        last = pictures[-1]
        assert last.index == opened.frame
        grey = float(np.median(last.image[60:]))
        assert abs(grey - (20 + 5 * (last.index % 40))) < 3


def test_a_file_that_became_shorter_shows_its_last_frame(
    session: Session, qtbot: QtBot, tmp_path: Path
):
    path = write_clip(tmp_path / "film.mp4", 40)
    add_recording(session, qtbot, path)
    other = write_clip(tmp_path / "other.mp4", 5)
    add_recording(session, qtbot, other)
    write_clip(path, 9)
    session.select_recording(session.recordings()[0].id)
    session.go_to(30)
    wait_until_shown(session, qtbot, 8)
    assert session.frame == 8


def test_a_refused_file_leaves_the_stage_as_it_was(
    session: Session, qtbot: QtBot, tmp_path: Path, clip: Path, monkeypatch: pytest.MonkeyPatch
):
    add_recording(session, qtbot, clip)
    session.go_to(7)
    refused = write_clip(tmp_path / "refused.mp4", 5)

    def refuse(*_: object) -> None:
        raise BadVideo("refused.mp4: cannot be indexed.")

    monkeypatch.setattr(recording_intake, "open_video", refuse)
    with qtbot.waitSignal(session.recordings_added) as added:
        session.add_recordings([refused, refused])
    assert added.args == [[], ["refused.mp4: cannot be indexed."] * 2]
    assert session.recording is not None
    assert session.recording.name == "crawl"
    wait_until_shown(session, qtbot, 7)


def test_a_refused_file_leaves_an_empty_stage_empty(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    refused = write_clip(tmp_path / "refused.mp4", 5)

    def refuse(*_: object) -> None:
        raise BadVideo("refused.mp4: cannot be indexed.")

    monkeypatch.setattr(recording_intake, "open_video", refuse)
    with qtbot.waitSignal(session.recordings_added):
        session.add_recordings([refused])
    assert session.recording is None
    assert not session.is_opening
