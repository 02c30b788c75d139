"""A replaced file is old or new, whatever happens while it is written."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.atomic_file import replacing, sweep, write_bytes, write_text
from core.errors import NoSpace

OLD, NEW = "what was there before", "what comes instead"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "result.csv"
    path.write_text(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_writing_replaces(target: Path) -> None:
    write_text(target, "Säugling\n")
    assert target.read_bytes() == "Säugling\n".encode()
    write_bytes(target, b"\x00\xff")
    assert target.read_bytes() == b"\x00\xff"
    assert names(target.parent) == ["result.csv"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b" / "c.txt", NEW)
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == NEW


def test_the_temporary_file_is_a_neighbour_with_the_same_suffix(target: Path) -> None:
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
        assert temporary.suffix == ".csv"
        assert temporary.name.startswith(".")
        temporary.write_text(NEW)
        assert target.read_text() == OLD
    assert target.read_text() == NEW


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt()])
def test_an_exception_leaves_the_old_content(target: Path, error: BaseException) -> None:
    def fail() -> None:
        with replacing(target) as temporary:
            temporary.write_text("half of")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert target.read_text() == OLD
    assert names(target.parent) == ["result.csv"]


KILLED = """
import os, sys
from pathlib import Path
import core.atomic_file as atomic_file
step = sys.argv[2]
if step == "replace":
    Path.replace = lambda *_: os._exit(9)
elif step == "fsync":
    atomic_file._fsync = lambda *_: os._exit(9)
with atomic_file.replacing(Path(sys.argv[1])) as temporary:
    temporary.write_text("what comes")
    if step == "write":
        os._exit(9)
"""


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_death_at_any_step_leaves_the_old_content(target: Path, step: str) -> None:
    command = [sys.executable, "-c", KILLED, str(target), step]
    assert subprocess.run(command, check=False).returncode == 9
    assert target.read_text() == OLD
    write_text(target, NEW)
    assert target.read_text() == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_a_refused_write_leaves_the_old_content(target: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(NoSpace) as caught:
            write_text(target, "x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(caught.value).startswith(f"{target}: cannot be written (")
    assert target.read_text() == OLD
    assert names(target.parent) == ["result.csv"]


def test_no_folder_can_be_made_below_a_file(target: Path) -> None:
    with pytest.raises(NoSpace, match=r"below\.txt: cannot be written"):
        write_text(target / "below.txt", NEW)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    with pytest.raises(NoSpace, match="taken"):
        write_text(tmp_path / "taken", NEW)
    assert names(tmp_path) == ["taken"]


def test_a_name_as_long_as_can_be(tmp_path: Path) -> None:
    target = tmp_path / ("n" * 251 + ".csv")
    write_text(target, NEW)
    assert target.read_text() == NEW


@pytest.mark.skipif(os.name != "posix", reason="checks the permission bits of POSIX")
def test_permissions(tmp_path: Path) -> None:
    private, fresh = tmp_path / "private", tmp_path / "fresh"
    private.write_text(OLD)
    private.chmod(0o600)
    write_text(private, NEW)
    assert private.stat().st_mode & 0o777 == 0o600
    before = os.umask(0o027)
    try:
        write_text(fresh, NEW)
    finally:
        os.umask(before)
    assert fresh.stat().st_mode & 0o777 == 0o640


def test_a_reader_never_sees_a_half(target: Path) -> None:
    contents = [letter * 200_000 for letter in "ab"]
    write_text(target, contents[0])
    done = threading.Event()

    def write() -> None:
        for number in range(60):
            write_text(target, contents[number % 2])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert target.read_text() in contents
    writer.join()


def test_sweeping_takes_half_written_files_and_no_others(tmp_path: Path) -> None:
    kept = [tmp_path / "part.pt", tmp_path / ".hidden", tmp_path / "a" / "b.part.npy"]
    left = [tmp_path / ".0123456789ab.part.pt", tmp_path / "a" / ".0123456789ab.part"]
    (tmp_path / "a").mkdir()
    for file in kept + left:
        file.touch()
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    assert all(file.exists() for file in kept)
    assert not any(file.exists() for file in left)
