"""Studies from the window: opened, copied, shared, moved, and never losing a correction."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from core.study.study import Study
from tests.app.opened import made_track, write_clip
from tests.app.windows import Studio, StudioMaker, predict_all, show_recording, take


def test_a_folder_without_recordings_is_told(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    studio.ask.answers.append(tmp_path)
    studio.trigger("open_folder")
    qtbot.waitUntil(lambda: "no recording in that folder" in studio.said())


def test_a_study_is_found_again_with_its_recordings(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    first = open_studio()
    first.ask.answers.append(tmp_path / "visit 1")
    first.trigger("new_study")
    show_recording(first, qtbot, clip)
    first.window.close()
    second = open_studio(tmp_path / "visit 1.shift")
    assert [r.name for r in second.session.recordings()] == ["crawl"]
    assert second.desk.preferences.recent_studies == [tmp_path / "visit 1.shift"]
    assert "visit 1" in second.window.windowTitle()


def test_a_second_window_on_one_study_says_so(open_studio: StudioMaker, tmp_path: Path) -> None:
    first = open_studio()
    study = first.session.study
    assert study is not None
    second = open_studio(study.path)
    assert second.session.study is None
    assert "open" in second.said()
    assert study.path.name in second.said()
    assert not second.window.menus.actions["open"].isEnabled()
    assert second.window.menus.actions["new_study"].isEnabled()


def test_a_study_can_be_taken_over_and_the_other_window_says_so(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path
) -> None:
    first = open_studio()
    show_recording(first, qtbot, clip)
    predict_all(first, qtbot, made_track())
    study = first.session.study
    assert study is not None
    second = open_studio(study.path)
    second.ask.answers += [False, True]
    for _ in range(2):
        notice = second.window.banner.notice
        assert notice is not None
        assert notice.on_button is not None
        notice.on_button()
    qtbot.waitUntil(lambda: second.session.can_edit)
    first.session.select_keypoint(1)
    first.session.points.place((5.0, 5.0))
    assert "taken over" in first.said()
    second.session.select_keypoint(1)
    second.session.points.place((9.0, 9.0))
    assert second.session.pending_writes == 0
    first.ask.answers.append(True)  # leave and lose the correction that was never saved


def test_a_displaced_window_saves_nothing_and_can_open_the_study_again(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path
) -> None:
    first = open_studio()
    show_recording(first, qtbot, clip)
    predict_all(first, qtbot, made_track())
    study, recording = first.session.study, first.session.recording
    assert study is not None
    assert recording is not None
    first.session.select_keypoint(1)
    first.session.points.place((5.0, 5.0))
    with Study.open(study.path, take_over=True) as other:
        other.append_edit(recording.id, other.edit_log(recording.id).undo_edits[0], action="undo")
    first.session.undo()
    assert "taken over" in first.said()
    first.ask.answers.append(True)  # leave and lose what was never saved
    first.desk.files.use_study(study.path)
    assert first.session.study is not study
    qtbot.waitUntil(lambda: first.session.can_edit)
    assert first.session.undo_name is None
    first.session.select_keypoint(1)
    first.session.points.place((9.0, 9.0))
    assert first.session.pending_writes == 0


def test_a_broken_study_leaves_the_open_one(studio: Studio, tmp_path: Path) -> None:
    broken = tmp_path / "broken.shift"
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 500)
    before = studio.session.study
    studio.desk.files.take([broken])
    assert studio.session.study is before
    assert "broken.shift" in studio.said()
    assert broken.read_bytes().startswith(b"SQLite format 3\x00\xff")


def test_saving_as_goes_on_in_the_copy(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    show_recording(studio, qtbot, clip)
    studio.session.go_to(7)
    studio.ask.answers.append(tmp_path / "copy.shift")
    with qtbot.waitSignal(studio.session.study_changed):
        studio.trigger("copy_study")
    study = studio.session.study
    assert study is not None
    assert study.path == tmp_path / "copy.shift"
    qtbot.waitUntil(lambda: studio.session.shown == 7)
    assert [r.name for r in studio.session.recordings()] == ["crawl"]


def test_a_new_study_takes_the_place_of_one_if_the_user_says_so(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    with Study.create(tmp_path / "old.shift") as old:
        old.settings.set("threshold", 0.1)
    studio = open_studio()
    studio.ask.answers.append(tmp_path / "old.shift")  # the system's dialog has asked
    studio.trigger("new_study")
    assert studio.session.study is not None
    assert studio.session.study.path == tmp_path / "old.shift"
    assert studio.session.study.settings.get("threshold") is None
    before = studio.session.study
    studio.ask.answers.append(tmp_path / "old.shift")
    studio.trigger("new_study")
    assert "already open" in studio.said()
    assert studio.session.study is before


def test_removing_a_recording_asks_first_and_it_comes_back_with_its_points(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    show_recording(studio, qtbot, clip)
    predict_all(studio, qtbot, made_track())
    studio.ask.answers += [False, True]
    studio.trigger("remove_recording")
    assert studio.session.recordings()
    studio.trigger("remove_recording")
    assert not studio.session.recordings()
    assert studio.window.first_run.isVisible()
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: studio.session.predicted_frames == 40)
    assert len(studio.workers.started) == 1


def test_a_moved_recording_is_found_again(
    open_studio: StudioMaker, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_clip(tmp_path / "before.mp4")
    first = open_studio()
    show_recording(first, qtbot, path)
    first.window.close()
    moved = path.rename(tmp_path / "after.mp4")
    second = open_studio()
    recording = second.session.recordings()[0]
    assert recording.is_missing
    qtbot.waitUntil(
        lambda: [r.badge.text for r in second.window.recordings.rows()] == ["File missing"]
    )
    second.session.select_recording(recording.id)
    second.ask.answers.append(moved)
    second.trigger("find_missing")
    qtbot.waitUntil(lambda: second.session.info is not None)
    assert second.session.recordings()[0].path == moved


def test_one_goes_on_where_one_was(open_studio: StudioMaker, qtbot: QtBot, tmp_path: Path) -> None:
    clips = [write_clip(tmp_path / f"{name}.mp4", 20) for name in "ab"]
    first = open_studio()
    take(first, qtbot, *clips)
    first.session.select_recording(first.session.recordings()[1].id)
    qtbot.waitUntil(lambda: first.session.info is not None)
    first.session.go_to(13)
    first.window.close()
    second = open_studio()
    qtbot.waitUntil(lambda: second.session.shown == 13)
    assert second.session.recording is not None
    assert second.session.recording.name == "b"


@pytest.mark.parametrize("replaces", [False, True])
def test_a_name_without_its_ending_replaces_no_study_unasked(
    studio: Studio, qtbot: QtBot, clip: Path, tmp_path: Path, replaces: bool
) -> None:
    """The system's dialog asks about the name as it was typed, which is that of no file."""
    show_recording(studio, qtbot, clip)
    with Study.create(tmp_path / "precious.shift"):
        pass
    before = (tmp_path / "precious.shift").read_bytes()
    studio.ask.answers += [tmp_path / "precious", replaces]
    if replaces:
        with qtbot.waitSignal(studio.session.study_changed):
            studio.trigger("copy_study")
    else:
        studio.trigger("copy_study")
    assert "precious.shift exists already" in studio.ask.asked[-1].text  # pyright: ignore[reportAttributeAccessIssue]
    assert ((tmp_path / "precious.shift").read_bytes() == before) is not replaces


def test_a_moved_folder_of_images_is_found_again(
    open_studio: StudioMaker, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    for number in range(3):
        shade = np.full((48, 64, 3), 60 * number, np.uint8)
        Image.fromarray(shade).save(folder / f"{number}.png")
    first = open_studio()
    show_recording(first, qtbot, folder)
    first.window.close()
    moved = folder.rename(tmp_path / "after")
    second = open_studio()
    recording = second.session.recordings()[0]
    second.session.select_recording(recording.id)
    second.ask.answers.append(moved)
    second.trigger("find_missing")
    qtbot.waitUntil(lambda: second.session.info is not None)
    assert second.session.recordings()[0].path == moved


def test_jobs_follow_a_study_that_is_renamed_and_not_a_copy(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    with Study.create(tmp_path / "ward.shift"):
        pass
    first = open_studio(tmp_path / "ward.shift")
    show_recording(first, qtbot, clip)
    qtbot.waitUntil(lambda: len(first.workers.started) == 1)
    first.ask.answers.append(tmp_path / "copy.shift")
    with qtbot.waitSignal(first.session.study_changed):
        first.trigger("copy_study")
    assert not first.desk.watcher.jobs()
    assert "stays with ward.shift; open that study" in first.said()
    first.window.close()
    (tmp_path / "copy.shift").unlink()
    (tmp_path / "ward.shift").rename(tmp_path / "june.shift")
    second = open_studio(tmp_path / "june.shift")
    assert [job.kind for job in second.desk.watcher.jobs()] == ["predict"]
