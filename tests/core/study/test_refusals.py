"""What is no study of ours is refused in a sentence, and stays as it was to the last byte."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import BadStudy, NoSpace
from core.study.schema import APPLICATION_ID
from core.study.study import Study
from tests.core.study.samples import add_clip, add_prediction, move, placed


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("Dear colleague,\n" * 50, encoding="utf-8")


def make_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


def make_noise(path: Path) -> None:
    path.write_bytes(os.urandom(20000))


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 1196444487")  # GeoPackage
        connection.execute("CREATE TABLE setting (name, value)")


def make_unmarked(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE setting (name, value)")


def make_foreign_with_log(path: Path) -> None:
    """A database in use by another program, its newest rows still in a write-ahead log."""
    wal = path.with_name("wal source")
    with closing(sqlite3.connect(wal)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE other (x)")
        path.write_bytes(wal.read_bytes())
        log = wal.with_name(f"{wal.name}-wal").read_bytes()
        path.with_name(f"{path.name}-wal").write_bytes(log)


def make_other_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE setting (name, value)")


def make_truncated(path: Path) -> None:
    make_study(path)
    path.write_bytes(path.read_bytes()[:20000])


def make_newer(path: Path) -> None:
    make_study(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")


def make_newer_after_crash(path: Path) -> None:
    """A newer program died while writing; only that program may undo what it left."""
    make_newer(path)
    path.with_name(f"{path.name}-journal").write_bytes(b"journal of the future" * 100)


def make_study(path: Path) -> None:
    with Study.create(path) as study:
        recording = add_clip(study)
        add_prediction(study, recording.id, 100, outlines=True)
        study.append_edit(recording.id, move(3, to=placed(1, 2)))


CASES: dict[Callable[[Path], None], str] = {
    make_empty: "the file is empty",
    make_text: "not a study file",
    make_short: "not a study file",
    make_noise: "not a study file",
    make_foreign: "a database of another program",
    make_unmarked: "a database of another program",
    make_foreign_with_log: "a database of another program",
    make_other_tables: "damaged",
    make_truncated: "damaged",
    make_newer: r"newer version of SHIFT Studio \(file version 2.* update the program",
    make_newer_after_crash: "newer version",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("opened_by", [Study.open, Study.read])
def test_refused_and_untouched(tmp_path: Path, make, opened_by) -> None:
    path = tmp_path / "my study.shift"
    make(path)
    before = contents(tmp_path)
    with pytest.raises(BadStudy, match=CASES[make]) as caught:
        opened_by(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert contents(tmp_path) == before


def test_a_missing_study(tmp_path: Path) -> None:
    with pytest.raises(BadStudy, match=r"gone\.shift: there is no such study file"):
        Study.open(tmp_path / "gone.shift")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_instead_of_a_study(tmp_path: Path) -> None:
    with pytest.raises(BadStudy, match="cannot be read"):
        Study.open(tmp_path)


def test_a_new_study_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "taken.shift"
    path.write_text("taken")
    with pytest.raises(BadStudy, match="there is a file of this name already"):
        Study.create(path)
    assert path.read_text() == "taken"


def test_a_new_study_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoSpace, match=r"new\.shift: cannot be written"):
        Study.create(tmp_path / "file" / "new.shift")


def test_a_new_study_beside_the_journal_of_a_deleted_one(tmp_path: Path) -> None:
    path = tmp_path / "study.shift"
    path.with_name("study.shift-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 200)
    with Study.create(path) as study:
        add_clip(study)
    with Study.open(path) as study:
        assert len(study.recordings()) == 1
