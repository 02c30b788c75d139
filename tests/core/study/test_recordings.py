"""Recordings are references: found again when moved, never copied, never mixed up."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.study.study import Study
from tests.core.study.samples import add_clip, add_prediction, move, placed, video_info


def test_a_recording_is_known_after_reopening(study: Study, path: Path) -> None:
    added = add_clip(study)
    study.set_roi(added.id, Box(1, 2.5, 3, 4))
    study.close()
    with Study.open(path) as reopened:
        (recording,) = reopened.recordings()
    assert recording.path == path.parent / "clip.mp4"
    assert (recording.name, recording.width, recording.height) == ("clip", 640, 480)
    assert (recording.frame_count, recording.duration) == (100, 4.0)
    assert recording.roi == Box(1, 2.5, 3, 4)
    assert recording.added == added.added
    assert not recording.is_missing


def test_adding_twice_is_adding_once(study: Study) -> None:
    first, second = add_clip(study), add_clip(study)
    assert first == second
    assert len(study.recordings()) == 1


def test_names_are_unique(study: Study) -> None:
    names = [add_clip(study, f"{folder}/clip.mp4").name for folder in ("a", "b", "x/b", "y/b")]
    assert names == ["clip", "b_clip", "b_clip_2", "b_clip_3"]


def test_removing_keeps_predictions_and_edits(study: Study) -> None:
    recording = add_clip(study)
    prediction = add_prediction(study, recording.id, 10)
    study.append_edit(recording.id, move(3, to=placed(1, 2)))
    study.remove_recording(recording.id)
    assert study.recordings() == []
    assert study.summaries() == {}
    assert [r.id for r in study.recordings(removed=True)] == [recording.id]
    study.restore_recording(recording.id)
    assert study.recordings() == [recording]
    assert [info.id for info in study.predictions(recording.id)] == [prediction]
    assert len(study.edit_log(recording.id).undo_edits) == 1


def test_adding_a_removed_recording_brings_it_back(study: Study) -> None:
    recording = add_clip(study)
    study.remove_recording(recording.id)
    assert add_clip(study).id == recording.id
    assert [r.id for r in study.recordings()] == [recording.id]


def test_another_file_at_the_same_place_is_another_recording(study: Study) -> None:
    recording = add_clip(study)
    study.remove_recording(recording.id)
    recording.path.write_bytes(b"something else altogether")
    other = study.add_recording(recording.path, video_info(recording.path))
    assert other.id != recording.id


@pytest.mark.parametrize("is_removed", [False, True])
def test_adding_a_moved_recording_is_finding_it(
    study: Study, tmp_path: Path, is_removed: bool
) -> None:
    recording = add_clip(study)
    study.append_edit(recording.id, move(3, to=placed(1, 2)))
    if is_removed:
        study.remove_recording(recording.id)
    moved = recording.path.rename(tmp_path / "renamed.mp4")
    found = study.add_recording(moved, video_info(moved))
    assert (found.id, found.path, found.name) == (recording.id, moved, "clip")
    assert study.recordings() == [found]
    assert study.summaries()[found.id].corrected_frames == 1


def test_a_copy_beside_its_original_is_a_recording_of_its_own(study: Study, tmp_path: Path) -> None:
    recording = add_clip(study)
    copy = shutil.copy(recording.path, tmp_path / "copy.mp4")
    assert study.add_recording(copy, video_info(copy)).id != recording.id


def test_names_are_unique_where_case_does_not_count_and_keep_dots_of_folders(study: Study) -> None:
    assert [add_clip(study, name).name for name in ("a/Kick.mp4", "b/kick.mp4")] == [
        "Kick",
        "b_kick",
    ]
    names = []
    for visit in ("P01.visit1", "P01.visit2"):
        folder = study.path.parent / visit
        folder.mkdir()
        (folder / "0.png").write_bytes(visit.encode())
        names.append(study.add_recording(folder, video_info(folder, 1)).name)
    assert names == ["P01.visit1", "P01.visit2"]


def test_study_and_videos_moved_together(study: Study, path: Path, tmp_path: Path) -> None:
    add_clip(study, "videos/clip.mp4")
    study.close()
    moved = tmp_path / "elsewhere"
    shutil.move(path.parent, moved)
    with Study.open(moved / path.name) as reopened:
        (recording,) = reopened.recordings()
    assert recording.path == moved / "videos" / "clip.mp4"
    assert not recording.is_missing


def test_study_moved_alone(study: Study, path: Path, tmp_path: Path) -> None:
    recording = add_clip(study)
    study.close()
    (tmp_path / "desk").mkdir()
    moved = path.rename(tmp_path / "desk" / path.name)
    with Study.open(moved) as reopened:
        assert reopened.recordings()[0].path == recording.path


def test_a_missing_recording_says_so(study: Study) -> None:
    recording = add_clip(study)
    recording.path.unlink()
    (missing,) = study.recordings()
    assert missing.is_missing
    assert missing.path == recording.path


def test_another_file_in_the_place_of_a_recording_is_noticed(study: Study) -> None:
    recording = add_clip(study)
    assert not study.has_changed(recording.id)
    recording.path.write_bytes(b"another film under the same name")
    assert study.has_changed(recording.id)
    recording.path.unlink()
    with pytest.raises(BadVideo):
        study.has_changed(recording.id)


def test_relink_one(study: Study, tmp_path: Path) -> None:
    recording = add_clip(study)
    moved = recording.path.rename(tmp_path / "renamed.mp4")
    relinked = study.relink(recording.id, moved)
    assert (relinked.path, relinked.is_missing) == (moved, False)
    assert study.recordings() == [relinked]
    assert relinked.name == recording.name


def test_relink_refuses_another_recording(study: Study, tmp_path: Path) -> None:
    recording = add_clip(study)
    other = tmp_path / "other.mp4"
    other.write_bytes(b"other")
    with pytest.raises(BadInput, match=r"other\.mp4: its content is not that of .*clip"):
        study.relink(recording.id, other)
    with pytest.raises(BadVideo, match=r"gone\.mp4"):
        study.relink(recording.id, tmp_path / "gone.mp4")
    assert study.recordings() == [recording]


def test_relink_a_whole_folder(study: Study, tmp_path: Path) -> None:
    clips = [add_clip(study, f"day{day}/clip.mp4") for day in range(3)]
    stays = add_clip(study, "stays.mp4")
    archive = tmp_path / "archive"
    for clip in clips[:2]:
        (archive / clip.path.parent.name).mkdir(parents=True)
        clip.path.rename(archive / clip.path.parent.name / clip.path.name)
    clips[2].path.unlink()
    (archive / "wrong").mkdir()
    (archive / "wrong" / "clip.mp4").write_bytes(b"same name, other content")
    found = study.relink_folder(archive)
    assert [r.path for r in found] == [archive / f"day{day}" / "clip.mp4" for day in range(2)]
    assert [r.is_missing for r in study.recordings()] == [False, False, True, False]
    assert study.recording(stays.id) == stays


def test_a_folder_of_images_is_relinked(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    (folder / "000.png").write_bytes(b"png")
    recording = study.add_recording(folder, video_info(folder, 1))
    moved = folder.rename(tmp_path / "away")
    (tmp_path / "away2").mkdir()
    moved = moved.rename(tmp_path / "away2" / "frames")
    assert [r.path for r in study.relink_folder(tmp_path)] == [moved]
    assert study.recording(recording.id).path == moved


def test_a_link_to_a_file_is_the_file(study: Study, tmp_path: Path) -> None:
    recording = add_clip(study)
    link = tmp_path / "link.mp4"
    link.symlink_to(recording.path)
    assert study.add_recording(link, video_info(link)).id == recording.id


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file names that are not text")
def test_a_name_that_is_no_text_is_refused(study: Study) -> None:
    odd = study.path.parent / os.fsdecode(b"caf\xe9.mp4")
    odd.write_bytes(b"x")
    with pytest.raises(BadInput, match="rename it"):
        study.add_recording(odd, video_info(odd))
    assert study.recordings() == []


def test_times_outlive_the_video(study: Study) -> None:
    path = study.path.parent / "images"
    path.mkdir()
    times = np.cumsum(np.random.default_rng(1).uniform(0.001, 0.1, 5000)) - 0.001
    names = tuple(f"{i:04}.png" for i in range(5000))
    info = video_info(path)
    info = type(info)(path, 8, 8, times, True, "images", (), names)
    recording = study.add_recording(path, info)
    path.rmdir()
    assert np.abs(study.times(recording.id) - times).max() < 1e-9
    assert study.file_names(recording.id) == names
    assert study.file_names(add_clip(study).id) is None


def test_thumbnail(study: Study, path: Path) -> None:
    recording = add_clip(study)
    assert study.thumbnail(recording.id) is None
    study.set_thumbnail(recording.id, b"\x89PNG...")
    study.set_thumbnail(recording.id, b"\x89PNG!")
    study.close()
    with Study.open(path) as reopened:
        assert reopened.thumbnail(recording.id) == b"\x89PNG!"


def test_unknown_ids_are_key_errors(study: Study) -> None:
    for call in (
        study.recording,
        study.remove_recording,
        study.times,
        study.prediction,
        lambda i: study.set_roi(i, None),
    ):
        with pytest.raises(KeyError):
            call(99)
