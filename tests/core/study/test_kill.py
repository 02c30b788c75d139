"""A window killed at any moment loses nothing that it had been told was saved."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from core.study import study_file
from core.study.schema import SCRIPTS
from core.study.study import Study
from tests.core.study.samples import add_clip, make_chunk, move, placed, same_track

# Edits at random and says so after each: one line for each call that has returned.
WINDOW = """
import json, random, sys
from pathlib import Path
from core.study import study_file
from core.study.schema import SCRIPTS
from core.study.study import Study
from tests.core.study.samples import make_chunk, move, placed

study, chance = Study.open(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
(recording,) = study.recordings()
(prediction,) = study.predictions(recording.id)
history = study.edit_log(recording.id)
frames = prediction.frames
print("open", flush=True)
while True:
    action = chance.choice(["do", "do", "undo", "redo", "chunk", "setting"])
    if action == "chunk":
        study.add_chunk(prediction.id, make_chunk(frames, 8))
        frames += 8
    elif action == "setting":
        study.settings.set("last", chance.random())
    else:
        ready = {"undo": history.undo_edits, "redo": history.redo_edits}.get(action)
        if ready is not None and not ready:
            continue
        at = chance.randrange(10**6)
        edit = ready[-1] if ready else move(at, at % 16, to=placed(at, chance.random()))
        study.append_edit(recording.id, edit, action=action)
        history.apply(edit, action)
        action = [action, edit.name]
    print(json.dumps(action), flush=True)
"""


def kill_at_random(path: Path, *, seed: int, rng: np.random.Generator) -> list[object]:
    """Let a window work for a moment, kill it, and return what it had been told was saved."""
    command = [sys.executable, "-c", WINDOW, str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0, 0.15))  # the random moment itself, not a wait for something
        window.send_signal(signal.SIGKILL)
        return [json.loads(line) for line in window.stdout if line.endswith("\n")]


@dataclass
class Saved:
    """What the killed windows had been told was saved."""

    edits: list[list[str]] = field(default_factory=list)
    frames: int = 0

    def add(self, told: list[object]) -> None:
        self.edits += [call for call in told if isinstance(call, list)]
        self.frames += 8 * told.count("chunk")


def check_nothing_lost(path: Path, saved: Saved) -> None:
    """Every acknowledged call is in the study, and at most the one that was under way."""
    with Study.open(path) as study:
        (recording,) = study.recordings()
        (info,) = study.predictions(recording.id)
        edits = [[entry.action, entry.edit.name] for entry in study.edits(recording.id)]
        assert edits[: len(saved.edits)] == saved.edits
        more = len(edits) - len(saved.edits), (info.frames - saved.frames) // 8
        assert more in ((0, 0), (0, 1), (1, 0))
        study.edit_log(recording.id)
        track = study.load_track(info.id, info.frames)
        for start in range(0, info.frames, 8):
            assert same_track(track.part(start, start + 8), make_chunk(start, 8).track)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    saved.edits, saved.frames = edits, info.frames


def kill_again_and_again(path: Path, times: int) -> None:
    with Study.create(path) as study:
        study.begin_prediction(add_clip(study, frames=10**6).id, "m", "h", {})
    rng, saved = np.random.default_rng(times), Saved()
    for seed in range(times):
        saved.add(kill_at_random(path, seed=seed, rng=rng))
        check_nothing_lost(path, saved)
    assert len(saved.edits) > times, "the windows came to work at all"


def test_ten_killed_windows(path: Path) -> None:
    kill_again_and_again(path, 10)


@pytest.mark.soak
def test_a_hundred_killed_windows(path: Path) -> None:
    kill_again_and_again(path, 100)


# Dies inside a transaction whose pages SQLite has already begun to write into the study.
HALF_WRITTEN = """
import os, sys
from pathlib import Path
from core.study import study_file
from core.study.schema import SCRIPTS
from core.study.study import Study
from tests.core.study.samples import make_chunk
study = Study.open(Path(sys.argv[1]))
with study._database.writing() as connection:
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    for value in range(400):
        connection.execute("INSERT INTO setting VALUES (?, ?, 0)", (f"half {value}", "x" * 2000))
    os._exit(1)
"""


@pytest.mark.parametrize("opened_by", [Study.open, Study.read])
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_half_written_transaction_is_rolled_back(
    study: Study, path: Path, opened_by, is_cut: bool
) -> None:
    recording = add_clip(study)
    study.append_edit(recording.id, move(3, to=placed(1, 2)))
    study.close()
    before, journal = path.read_bytes(), path.with_name(f"{path.name}-journal")
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(path)], check=False)
    assert journal.exists()
    assert path.read_bytes() != before, "the study really was half written"
    if is_cut:  # the first page is written, those that it already counts are not
        with path.open("rb+") as file:
            file.seek(28)
            file.write((path.stat().st_size // 4096 + 50).to_bytes(4, "big"))
    with opened_by(path) as reopened:
        assert reopened.recordings() == [recording]
        assert len(reopened.edits(recording.id)) == 1
    assert not journal.exists()
    assert path.read_bytes() == before


def test_a_window_killed_while_it_copies(study: Study, path: Path, tmp_path: Path) -> None:
    add_clip(study)
    study.close()
    target = tmp_path / "copy.shift"
    target.write_bytes(b"what was there before")
    script = (
        "import os, sys; from pathlib import Path; from core.study import recordings\n"
        "from core.study.study import Study\n"
        "recordings.rebase = lambda *_, **__: os._exit(1)\n"
        "Study.open(Path(sys.argv[1])).copy_to(Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, str(path), str(target)]
    assert subprocess.run(command, check=False).returncode == 1
    assert target.read_bytes() == b"what was there before"


MIGRATING = """
import os, sys
from pathlib import Path
from core.study import study_file
from core.study.schema import SCRIPTS
replace, left = Path.replace, [int(sys.argv[2])]
def dying(source, target):
    left[0] -= 1
    return replace(source, target) if left[0] >= 0 else os._exit(9)
Path.replace = dying
scripts = [*SCRIPTS, "ALTER TABLE recording ADD COLUMN age_weeks INTEGER;"]
study_file.open_locked(Path(sys.argv[1]), take_over=False, scripts=scripts)
"""


@pytest.mark.parametrize("replaced", [0, 1, 2, 3])
def test_a_window_killed_while_it_migrates(study: Study, path: Path, replaced: int) -> None:
    recording = add_clip(study)
    study.append_edit(recording.id, move(3, to=placed(1, 2)))
    study.close()
    command = [sys.executable, "-c", MIGRATING, str(path), str(replaced)]
    assert subprocess.run(command, check=False).returncode == (9 if replaced < 3 else 0)
    scripts = [*SCRIPTS, "ALTER TABLE recording ADD COLUMN age_weeks INTEGER;"]
    database, lock = study_file.open_locked(path, take_over=False, scripts=scripts)
    with database.reading() as connection:
        assert connection.execute("SELECT age_weeks FROM recording").fetchall() == [(None,)]
        assert connection.execute("SELECT count(*) FROM edit").fetchone() == (1,)
    database.close()
    lock.give_back()
