"""One window owns a study: a second is refused, a dead one forgotten, a displaced one told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import BadStudy
from core.study.lock import StudyLock
from core.study.study import Study
from tests.core.study.samples import add_clip, move, placed

HOLD = """
import sys
from pathlib import Path
from core.study.study import Study
study = Study.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
study.close()
"""


@contextmanager
def another_window(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def lock_file(path: Path) -> Path:
    return StudyLock(path).path


@pytest.fixture
def closed(study: Study, path: Path) -> Path:
    add_clip(study)
    study.close()
    return path


def test_a_second_process_is_refused_by_name(closed: Path) -> None:
    content = closed.read_bytes()
    with another_window(closed) as process:
        with pytest.raises(BadStudy, match=rf"already open, by .+ \(process {process.pid}\)"):
            Study.open(closed)
        assert closed.read_bytes() == content
        process.communicate()
    Study.open(closed).close()


def test_a_second_window_of_this_process_is_refused(study: Study, path: Path) -> None:
    with pytest.raises(BadStudy, match=rf"process {os.getpid()}"):
        Study.open(path)
    add_clip(study)


def test_another_name_for_the_same_file_is_refused(study: Study, tmp_path: Path) -> None:
    link = tmp_path / "link.shift"
    link.symlink_to(study.path)
    with pytest.raises(BadStudy, match="already open"):
        Study.open(link)


def test_the_lock_of_a_killed_window_is_cleared(closed: Path) -> None:
    with another_window(closed) as process:
        process.kill()
        process.wait()
        assert lock_file(closed).exists()
        Study.open(closed).close()


def test_a_killed_window_whose_parent_has_not_looked_yet(closed: Path) -> None:
    with another_window(closed) as process:
        os.kill(process.pid, 9)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, still in the table
        Study.open(closed).close()


def test_a_new_process_with_the_old_number_is_not_the_owner(closed: Path) -> None:
    with Study.open(closed):
        owner = json.loads(lock_file(closed).read_text())
    owner["started"] -= 1000
    lock_file(closed).write_text(json.dumps(owner))
    Study.open(closed).close()


def test_another_machine_is_named_and_can_be_displaced(closed: Path) -> None:
    with Study.open(closed):
        owner = json.loads(lock_file(closed).read_text())
    owner |= {"machine": "WARD-3", "who": "miriam"}
    lock_file(closed).write_text(json.dumps(owner))
    with pytest.raises(BadStudy, match=r"miriam on WARD-3 since .* take it over .*shift\.lock"):
        Study.open(closed)
    with Study.open(closed, take_over=True) as study:
        add_clip(study, "b.mp4")
    assert not lock_file(closed).exists()


def test_a_displaced_window_cannot_write(study: Study, path: Path) -> None:
    recording = add_clip(study).id
    study.append_edit(recording, move(1, to=placed(1, 1)))
    with Study.open(path, take_over=True) as other:
        with pytest.raises(BadStudy, match=r"taken over by .* can no longer save"):
            study.append_edit(recording, move(2, to=placed(1, 1)))
        assert len(study.edits(recording)) == 1, "looking is still allowed"
        study.close()
        other.append_edit(recording, move(3, to=placed(1, 1)))
        assert other.edit_log(recording).corrections.frames.tolist() == [1, 3]


def test_a_deleted_lock_is_put_back(study: Study, path: Path) -> None:
    lock_file(path).unlink()
    add_clip(study)
    with pytest.raises(BadStudy, match="already open"):
        Study.open(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"who": 3}'])
def test_a_lock_that_cannot_be_read(closed: Path, content: bytes) -> None:
    lock_file(closed).write_bytes(content)
    with pytest.raises(BadStudy, match="already open, by somebody"):
        Study.open(closed)
    Study.open(closed, take_over=True).close()


RACE = """
import sys
from pathlib import Path
from core.errors import BadStudy
from core.study.study import Study
print("ready", flush=True)
sys.stdin.readline()
try:
    study = Study.open(Path(sys.argv[1]))
except BadStudy as error:
    print(error, flush=True)
else:
    print("open", flush=True)
    sys.stdin.readline()
    study.close()
"""


@pytest.mark.parametrize("is_stale", [False, True])
def test_of_windows_that_open_at_once_one_wins(closed: Path, is_stale: bool) -> None:
    if is_stale:
        with another_window(closed) as process:
            process.kill()
    command = [sys.executable, "-c", RACE, str(closed)]
    pipe = subprocess.PIPE
    windows = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    assert {heard(window) for window in windows} == {"ready"}
    for window in windows:
        say(window)
    told = {window.pid: heard(window) for window in windows}
    (winner,) = (pid for pid, answer in told.items() if answer == "open")
    assert all(f"(process {winner})" in answer for pid, answer in told.items() if pid != winner)
    for window in windows:
        window.communicate("done\n")
    Study.open(closed).close()


def heard(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    return window.stdout.readline().strip()


def say(window: subprocess.Popen[str]) -> None:
    assert window.stdin is not None
    window.stdin.write("go\n")
    window.stdin.flush()


def test_reading_needs_no_lock(study: Study, path: Path) -> None:
    recording = add_clip(study)
    with Study.read(path) as reader, Study.read(path):
        assert reader.recordings() == [recording]
        study.append_edit(recording.id, move(1, to=placed(1, 1)))
        assert reader.edit_log(recording.id).corrections.frames.tolist() == [1]
        with pytest.raises(BadStudy, match="opened for reading only"):
            reader.settings.set("a", 1)
    assert lock_file(path).exists()


def test_closing_gives_the_lock_back(study: Study, path: Path) -> None:
    study.close()
    study.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_displaced_window_cannot_write_once_the_other_is_closed_either(
    study: Study, path: Path
) -> None:
    recording = add_clip(study).id
    first = move(1, to=placed(1, 1))
    study.append_edit(recording, first)
    assert not study.is_lost
    with Study.open(path, take_over=True) as other:
        assert study.is_lost
        other.append_edit(recording, move(3, to=placed(1, 1)))
    assert not lock_file(path).exists()
    for action in ("do", "undo"):
        with pytest.raises(BadStudy, match=r"taken over by .* open it again"):
            study.append_edit(recording, first, action=action)
    assert study.is_lost
    study.close()
    with Study.open(path) as again:
        assert again.edit_log(recording).corrections.frames.tolist() == [1, 3]


def test_somebody_who_took_over_and_wrote_nothing_is_no_harm(study: Study, path: Path) -> None:
    recording = add_clip(study).id
    Study.open(path, take_over=True).close()
    study.append_edit(recording, move(1, to=placed(1, 1)))
    assert not study.is_lost


def test_a_window_that_has_not_written_is_displaced_too(study: Study, path: Path) -> None:
    recording = add_clip(study).id
    study.close()
    with Study.open(path) as waiting:
        with Study.open(path, take_over=True) as other:
            other.append_edit(recording, move(1, to=placed(1, 1)))
        with pytest.raises(BadStudy, match="taken over"):
            waiting.append_edit(recording, move(2, to=placed(1, 1)))


def test_a_write_that_fails_takes_its_claim_back(study: Study, path: Path) -> None:
    recording = add_clip(study).id
    study.close()
    with Study.open(path) as again:
        with pytest.raises(KeyError):
            again.set_roi(999, None)
        again.append_edit(recording, move(1, to=placed(1, 1)))
    with Study.open(path) as again:
        assert len(again.edits(recording)) == 1
