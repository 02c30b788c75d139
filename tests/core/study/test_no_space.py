"""A write that the disk refuses changes nothing, says why, and works when made again."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest

from core.errors import BadStudy, NoSpace
from core.geometry import Box
from core.study.database import Database
from core.study.study import Study
from tests.core.study.samples import add_clip, add_prediction, make_chunk, move, placed, video_info

resource = pytest.importorskip("resource")  # POSIX

Trouble = Callable[[Study], AbstractContextManager[None]]


@contextmanager
def page_limit(study: Study) -> Iterator[None]:
    """SQLite itself finds no room for another page: SQLITE_FULL."""
    set_page_limit(study, 1)  # it never goes below what there is
    yield
    set_page_limit(study, 2**30)


def set_page_limit(study: Study, pages: int) -> None:
    with study._database.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")


@contextmanager
def file_size_limit(study: Study) -> Iterator[None]:
    """The system refuses to let the study grow: an input/output error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (study.path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full_disk(study: Study) -> Iterator[None]:
    with full_disk_at(study.path.parent):
        yield


@contextmanager
def full_disk_at(folder: Path) -> Iterator[None]:
    filler = folder / "more filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def lost_drive(study: Study) -> Iterator[None]:
    """The folder is gone for a while, as when a cable is pulled."""
    folder = study.path.parent
    away = folder.rename(folder.with_name("away"))
    try:
        yield
    finally:
        assert not folder.exists(), "nothing was made up in its place"
        away.rename(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; only root on Linux can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("filling a small disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def everything(study: Study, recording: int, prediction: int) -> object:
    """All that a study says, comparable."""
    track = study.load_track(prediction, 128)
    return (
        [study.recordings(removed=removed) for removed in (False, True)],
        study.predictions(recording),
        track.xy.tobytes(),
        study.edits(recording),
        list(study.edit_log(recording).undo_edits),
        list(study.edit_log(recording).redo_edits),
        study.settings.get("notes"),
        study.thumbnail(recording),
        study.summaries(),
    )


def check_every_call(study: Study, trouble: Trouble) -> None:
    clip = add_clip(study)
    recording, prediction = clip.id, add_prediction(study, clip.id, 64)
    edits = [move(frame, to=placed(frame, 1)) for frame in range(40)]
    for edit in edits[:2]:
        study.append_edit(recording, edit)
    other = study.path.parents[1] / "other.mp4"
    other.write_bytes(b"other")
    big = "a long note " * 3000

    def add_many_edits() -> None:
        for edit in edits[2:]:
            study.append_edit(recording, edit)

    calls: dict[str, Callable[[], object]] = {
        "append_edit": add_many_edits,
        "undo": lambda: study.append_edit(recording, edits[-1], action="undo"),
        "add_recording": lambda: study.add_recording(other, video_info(other, 20000)),
        "add_chunk": lambda: study.add_chunk(prediction, make_chunk(64, 64, outlines=True)),
        "begin": lambda: study.begin_prediction(recording, "m", "h", {"notes": big}),
        "finish": lambda: study.finish_prediction(prediction, [big]),
        "setting": lambda: study.settings.set("notes", big),
        "thumbnail": lambda: study.set_thumbnail(recording, big.encode()),
        "roi": lambda: study.set_roi(recording, Box(1, 2, 3, 4)),
        "remove": lambda: study.remove_recording(recording),
        "restore": lambda: study.restore_recording(recording),
    }
    refused = {name for name, call in calls.items() if refuses(study, call, trouble, recording)}
    assert refused >= {"append_edit", "add_chunk", "begin", "finish", "setting", "thumbnail"}


def refuses(study: Study, call: Callable[[], object], trouble: Trouble, recording: int) -> bool:
    """Make a call in trouble and again without; a call that fits into the file may succeed."""
    edits = len(study.edits(recording))
    before = everything(study, recording, 1)
    with trouble(study):
        try:
            call()
        except NoSpace as error:
            told = str(error)
        else:
            return False
    assert told.startswith(f"{study.path}: could not be ")
    now = everything(study, recording, 1)
    assert now == before or len(study.edits(recording)) > edits, "only whole edits came through"
    call()
    return True


@pytest.mark.parametrize("trouble", [page_limit, file_size_limit, lost_drive])
def test_every_call_survives_a_refused_write(study: Study, trouble: Trouble) -> None:
    study.close()
    with Study.open(study.path) as reopened:
        check_every_call(reopened, trouble)


def test_every_call_survives_a_full_disk(small_disk: Path) -> None:
    with Study.create(small_disk / "study.shift") as study:
        check_every_call(study, full_disk)


def test_a_study_on_a_read_only_disk_can_be_read_only(small_disk: Path) -> None:
    path = small_disk / "study.shift"
    with Study.create(path) as study:
        recording = add_clip(study)
    content = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(BadStudy, match=r"study\.shift.*opened where it can be saved"):
        Study.open(path)
    with Study.read(path) as reader:
        assert reader.recordings() == [recording]
    assert path.read_bytes() == content


def test_a_full_disk_takes_no_new_study_and_no_copy(small_disk: Path, study: Study) -> None:
    add_prediction(study, add_clip(study).id, 1000)
    target = small_disk / "study.shift"
    Study.create(target).close()
    before = target.read_bytes()
    (small_disk / "filler").write_bytes(bytes(1_300_000))
    add_prediction(study, add_clip(study, "b.mp4").id, 3000)
    with pytest.raises(NoSpace, match=r"study\.shift"):
        study.copy_to(target)
    assert target.read_bytes() == before
    with pytest.raises(NoSpace, match=r"new\.shift"), full_disk_at(small_disk):
        Study.create(small_disk / "new.shift")
    assert sorted(p.name for p in small_disk.iterdir()) == ["filler", "study.shift"]


def test_a_write_that_failed_after_it_was_done_is_not_done_twice(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = add_clip(study).id
    edits = [move(frame, to=placed(frame, 1)) for frame in range(2)]
    calls = [(edits[0], "do"), (edits[1], "do"), (edits[1], "undo"), (edits[1], "redo")]
    for number, (edit, action) in enumerate(calls):
        when = datetime(2026, 11, 22, 12, number, tzinfo=UTC)
        with monkeypatch.context() as patch:
            patch.setattr(Database, "writing", done_but_failed(Database.writing))
            with pytest.raises(NoSpace):
                study.append_edit(recording, edit, action=action, when=when)
        study.append_edit(recording, edit, action=action, when=when)
    assert [entry.action for entry in study.edits(recording)] == [action for _, action in calls]
    assert list(study.edit_log(recording).undo_edits) == edits


def done_but_failed(writing: Callable[[Database], AbstractContextManager[Connection]]):
    """A drive that goes away between the end of the transaction and its confirmation."""

    @contextmanager
    def failing(database: Database) -> Iterator[Connection]:
        with writing(database) as connection:
            yield connection
        raise NoSpace("the drive went away")

    return failing


def test_a_study_replaced_by_another_program(study: Study, path: Path) -> None:
    recording = add_clip(study)
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    with pytest.raises(BadStudy, match="another program has replaced the file"):
        study.append_edit(recording.id, move(1, to=placed(1, 1)))
