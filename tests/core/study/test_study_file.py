"""Studies are copied whole, brought up to date with a copy kept, and shared by threads."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import BadInput, BadStudy, NoSpace
from core.study import database, study_file
from core.study.schema import SCRIPTS
from core.study.study import Study
from tests.core.study.samples import (
    add_clip,
    add_prediction,
    make_chunk,
    move,
    placed,
    same_track,
)

NEXT_VERSION = "ALTER TABLE recording ADD COLUMN age_weeks INTEGER; DROP TABLE thumbnail;"


@pytest.fixture
def filled(study: Study) -> Study:
    recording = add_clip(study, "videos/clip.mp4")
    add_prediction(study, recording.id, 100, outlines=True)
    study.append_edit(recording.id, move(3, to=placed(1, 2)))
    study.settings.set("threshold", 0.25)
    return study


def test_a_copy_is_a_study_of_its_own(filled: Study, tmp_path: Path) -> None:
    target = tmp_path / "other place" / "copy.shift"
    filled.copy_to(target)
    (original,) = filled.recordings()
    with Study.open(target) as copy:
        (recording,) = copy.recordings()
        assert recording == original
        assert copy.edits(1) == filled.edits(1)
        assert same_track(copy.load_track(1, 100), filled.load_track(1, 100))
        assert copy.settings.get("threshold") == 0.25
        copy.append_edit(1, move(9, to=placed(1, 2)))
    assert filled.edit_log(1).corrections.frames.tolist() == [3]
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_a_copy_finds_recordings_from_its_own_place(filled: Study, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "copy.shift"
    filled.copy_to(target)
    tmp_path.joinpath("elsewhere").rename(tmp_path / "moved")  # relative paths would break
    with Study.open(tmp_path / "moved" / "copy.shift") as copy:
        assert not copy.recordings()[0].is_missing


def test_a_copy_replaces_a_file_and_the_journal_of_its_crash(filled: Study, tmp_path: Path) -> None:
    target = tmp_path / "copy.shift"
    with Study.create(target) as old:
        add_clip(old, "old.mp4")
    target.with_name("copy.shift-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 99)
    filled.copy_to(target)
    with Study.open(target) as copy:
        assert [r.name for r in copy.recordings()] == ["clip"]


def test_a_copy_over_itself_is_refused(filled: Study) -> None:
    with pytest.raises(BadInput, match="choose another name"):
        filled.copy_to(filled.path)


def test_a_copy_over_a_study_that_is_open_is_refused(filled: Study, tmp_path: Path) -> None:
    with Study.create(tmp_path / "busy.shift") as busy:
        with pytest.raises(BadStudy, match="already open"):
            filled.copy_to(busy.path)
        assert busy.recordings() == []


def test_copying_while_another_thread_edits(filled: Study, tmp_path: Path) -> None:
    filled.set_thumbnail(1, bytes(40 * 2**20))  # some steps of the copy
    stop = threading.Event()

    def edit() -> None:
        frame = 10
        while not stop.is_set():
            filled.append_edit(1, move(frame, to=placed(1, 2)))
            frame += 1

    with ThreadPoolExecutor(1) as pool:
        editing = pool.submit(edit)
        try:
            for number in range(3):
                filled.copy_to(tmp_path / f"{number}.shift")
        finally:
            stop.set()
        editing.result()
    edits = filled.edits(1)
    for number in range(3):
        with Study.read(tmp_path / f"{number}.shift") as copy:
            copied = copy.edits(1)
            assert copied == edits[: len(copied)]
            assert copy.thumbnail(1) == bytes(40 * 2**20)


def test_threads_share_a_study(study: Study) -> None:
    recordings = [add_clip(study, f"{i}.mp4", 10**6).id for i in range(4)]
    predictions = [study.begin_prediction(i, "m", "h", {}) for i in recordings]

    def work(recording: int, prediction: int) -> bool:
        for step in range(15):
            study.add_chunk(prediction, make_chunk(8 * step, 8, outlines=True))
            study.append_edit(recording, move(step, to=placed(step, recording)))
            study.silhouette(prediction, 8 * step + 1)
            study.summaries()
            track = study.load_track(prediction, 8 * step + 8)
        return same_track(track.part(112, 120), make_chunk(112, 8).track)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, recordings, predictions))
    for recording in recordings:
        assert study.edit_log(recording).corrections.frames.tolist() == list(range(15))


@pytest.fixture
def old(filled: Study) -> Path:
    filled.close()
    return filled.path


def test_an_older_study_is_brought_up_to_date_and_kept(old: Path) -> None:
    before = old.read_bytes()
    migrated, lock = study_file.open_locked(old, take_over=False, scripts=[*SCRIPTS, NEXT_VERSION])
    with migrated.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT name, age_weeks FROM recording").fetchall() == [
            ("clip", None)
        ]
        assert connection.execute("SELECT count(*) FROM edit").fetchone() == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            connection.execute("DELETE FROM edit")
    with migrated.writing() as connection:
        connection.execute("UPDATE recording SET age_weeks = 12")
    migrated.close()
    lock.give_back()
    kept = old.with_name(f"{old.stem} (version 1).shift")
    assert sorted(p.name for p in old.parent.iterdir()) == sorted([old.name, kept.name, "videos"])
    with Study.open(kept) as study:
        assert len(study.edits(1)) == 1
    assert old.read_bytes() != before
    with pytest.raises(BadStudy, match="newer version"):
        Study.open(old)


def test_a_step_that_fails_leaves_the_older_study(old: Path) -> None:
    before = old.read_bytes()
    broken = "ALTER TABLE recording ADD COLUMN age_weeks INTEGER; SELECT nonsense FROM nowhere;"
    with pytest.raises(sqlite3.OperationalError):
        study_file.open_locked(old, take_over=False, scripts=[*SCRIPTS, broken])
    assert old.read_bytes() == before
    with Study.open(old) as study:
        assert len(study.edits(1)) == 1


def test_how_the_file_is_written(study: Study, path: Path) -> None:
    with study._database.writing() as connection:
        journal_mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    assert journal_mode == "delete"
    assert synchronous >= 2, "at least FULL"
    with closing(sqlite3.connect(path)) as foreign:
        assert foreign.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert foreign.execute("PRAGMA application_id").fetchone() == (0x53484654,)
        assert foreign.execute("PRAGMA user_version").fetchone() == (len(SCRIPTS),)


def test_a_closed_study_takes_nothing_and_leaves_no_lock(study: Study, path: Path) -> None:
    recording = add_clip(study)
    prediction = add_prediction(study, recording.id, 10)
    study.close()
    for call in (
        study.recordings,
        lambda: study.append_edit(recording.id, move(1, to=placed(1, 1))),
        lambda: study.load_track(prediction, 10),
    ):
        with pytest.raises(BadStudy, match="was closed"):
            call()
    assert {p.name for p in path.parent.iterdir()} == {path.name, "clip.mp4"}


def test_a_file_in_use_is_not_called_damaged(
    filled: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as backup_program:
        backup_program.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BadStudy, match="another program is using the file"):
            Study.read(filled.path)
    Study.read(filled.path).close()


def test_a_write_that_fails_while_a_copy_is_made(filled: Study, tmp_path: Path) -> None:
    filled.set_thumbnail(1, bytes(40 * 2**20))
    failures: list[str] = []

    def fail() -> None:
        with filled._database.writing() as connection:
            failures.append("failed")
            connection.execute("INSERT INTO setting VALUES ('half', 'done', 0)")
            raise NoSpace("full")

    with ThreadPoolExecutor(1) as pool:
        copying = pool.submit(filled.copy_to, tmp_path / "copy.shift")
        while not copying.done():
            with pytest.raises(NoSpace):
                fail()
        copying.result()
    assert failures
    with Study.read(tmp_path / "copy.shift") as copy:
        assert copy.settings.get("half") is None
        assert copy.edits(1) == filled.edits(1)


def test_settings(study: Study, path: Path) -> None:
    assert study.settings.get("threshold", 0.3) == 0.3
    values = {"threshold": 0.5, "notes": "Säugling", "jobs": {"a": [1, None]}, "on": True}
    for name, value in values.items():
        study.settings.set(name, value)
    study.settings.set("threshold", 0.25)
    study.close()
    with Study.open(path) as reopened:
        found = {name: reopened.settings.get(name) for name in values}
    assert found == values | {"threshold": 0.25}
