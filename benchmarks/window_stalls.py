"""How long the window's event loop stands still while one works with very long recordings.

A study of a hundred recordings: one of two hours at 1280x720, one of a million frames, and 98
short ones, all predicted. A timer beats every 5 ms; the longest time between two beats is the
stall. On a busy machine the window's thread also waits for a processor: on Linux that part is
known and taken off in "without queueing"; what is left is computing, the disk, and other threads
of the window. "Own work" is what the thread itself computed in one beat.

Run: .venv/bin/python benchmarks/window_stalls.py [--quick]
"""

import gc
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.ask import Ask
from app.main_window import MainWindow
from app.preferences import Preferences
from app.session.session import Session
from app.studio import Surroundings, build_window, dress
from benchmarks.long_recordings import add_predicted, made_chunk, write_video
from core.study.study import Study

QUICK = "--quick" in sys.argv
TWO_HOURS = 2 * 60 * 25 * (1 if QUICK else 60)
MILLION = 20_000 if QUICK else 1_000_000
SHORT_ONES = 10 if QUICK else 98
BEAT_MS = 5
SCHEDSTAT = Path("/proc/thread-self/schedstat")


class Heart:
    """Beats every 5 ms and remembers every pause: seconds of wall clock, computing, queueing."""

    def __init__(self) -> None:
        self.timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.beat)
        self.reset()
        self.timer.start()

    def reset(self) -> None:
        self.last = self.now()
        self.pauses: list[np.ndarray] = []

    def beat(self) -> None:
        now = self.now()
        self.pauses.append(now - self.last)
        self.last = now

    def now(self) -> np.ndarray:
        return np.array([time.perf_counter(), time.thread_time(), seconds_queued()])


def seconds_queued() -> float:
    """How long this thread has waited for a processor; 0 where the system does not tell."""
    try:
        return int(SCHEDSTAT.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Bench:
    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session: Session = window.desk.session
        self.heart = Heart()
        self.rng = np.random.default_rng(5)

    def wait(self, ready: Callable[[], bool], seconds: float = 120) -> float:
        """Let the window live until something is the case; how long it took."""
        loop, start = QEventLoop(), time.perf_counter()
        while not ready():
            if time.perf_counter() - start > seconds:
                raise TimeoutError
            QTimer.singleShot(2, loop.quit)
            loop.exec()
        return time.perf_counter() - start

    def repeat(self, times: int, act: Callable[[], object], every_ms: int = 15) -> None:
        """Do something many times, as a hand on a key does, inside the event loop."""
        done: list[int] = []
        timer = QTimer(interval=every_ms)

        def once() -> None:
            done.append(1)
            act()
            if len(done) == times:
                timer.stop()

        timer.timeout.connect(once)
        timer.start()
        self.wait(lambda: len(done) == times)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        self.wait_quietly(0.3)
        self.heart.reset()
        yield
        self.wait_quietly(0.3)
        wall, work, queued = 1000 * np.array(self.heart.pauses).T
        stall = wall - queued
        print(
            f"{name:44} stall {stall.max():6.1f} ms without queueing"
            f" ({wall.max():6.1f} with; own work {work.max():5.1f}),"
            f" over 50 ms: {(stall > 50).sum()} of {len(stall)}",
            flush=True,
        )

    def wait_quietly(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() > end)

    def choose(self, recording_id: int) -> float:
        """Select a recording and wait for its first picture; how long that took."""
        seen: list[object] = []
        connection = self.session.image_ready.connect(seen.append)
        self.session.select_recording(recording_id)
        seconds = self.wait(lambda: bool(seen))
        self.session.image_ready.disconnect(connection)
        return seconds

    def wait_until_open(self) -> float:
        return self.wait(lambda: self.session.info is not None and self.session.can_edit)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SHIFT_STUDIO_HOME"] = str(folder / "home")
        ids = build(folder)
        application = QApplication([])
        preferences = Preferences.of_user(folder / "home")
        dress(application, preferences)
        surroundings = Surroundings(folder / "home", folder / "jobs", folder / "logs")
        window = build_window(application, surroundings, preferences, Ask())
        window.resize(1440, 900)
        window.show()
        gc.collect()
        gc.freeze()  # as the program does at its start
        bench = Bench(window)
        work(bench, folder / "large.shift", ids)
        window.desk.session.close()


def build(folder: Path) -> list[int]:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} cores, load {load:.1f} by others; making a study ...", flush=True)
    rng = np.random.default_rng(0)
    two_hours = write_video(folder / "two_hours.mp4", frames=TWO_HOURS, fps=25, size=(1280, 720))
    million = write_video(folder / "million.mp4", frames=MILLION, fps=100, size=(160, 120))
    with Study.create(folder / "large.shift") as study:
        ids = [add_predicted(study, path, rng) for path in (two_hours, million)]
        for number in range(SHORT_ONES):
            short = write_video(folder / f"{number}.mp4", frames=100, fps=25, size=(640, 480))
            ids.append(add_predicted(study, short, rng))
    return ids


def work(bench: Bench, study: Path, ids: list[int]) -> None:
    session = bench.session
    with bench.phase("open the study"):
        session.open_study(study)
        bench.wait_quietly(3.0)
    with bench.phase("choose the two-hour recording"):
        first = bench.choose(ids[0])
        ready = first + bench.wait_until_open()
    print(f"{'':6}first picture after {first:.2f} s, every frame after {ready:.2f} s")
    browse(bench, "two hours")
    with bench.phase("two hours: play for 5 s"):
        bench.window.desk.playback.play()
        bench.wait_quietly(5.0)
        bench.window.desk.playback.pause()
    with bench.phase("switch between recordings"):
        order = itertools.cycle([*ids, *ids[::-1]])
        bench.repeat(100, lambda: session.select_recording(next(order)), every_ms=60)
        bench.wait_until_open()
    with bench.phase("choose the recording of a million frames"):
        bench.choose(ids[1])
        bench.wait_until_open()
    browse(bench, "million frames")
    correct(bench)
    grow(bench, ids[-1])


def browse(bench: Bench, name: str) -> None:
    session, plot = bench.session, bench.window.timeline.plot
    with bench.phase(f"{name}: step on and back"):
        bench.repeat(150, lambda: session.step(1))
        bench.repeat(60, lambda: session.step(-1))
    with bench.phase(f"{name}: scrub anywhere"):
        bench.repeat(150, lambda: session.go_to(int(bench.rng.integers(session.frame_count))))
    with bench.phase(f"{name}: next frame to check"):
        bench.repeat(60, session.next_low)
    with bench.phase(f"{name}: zoom the timeline"):
        bench.repeat(40, lambda: plot.zoom_by(1.2, session.frame))
        bench.repeat(40, lambda: plot.zoom_by(0.8, session.frame))
    with bench.phase(f"{name}: drag the threshold"):
        bench.repeat(60, lambda: session.set_threshold(float(bench.rng.random())))
        session.set_threshold(0.3)
    with bench.phase(f"{name}: zoom the picture"):
        bench.repeat(30, lambda: bench.window.desk.view.zoom_by(1.1))
        bench.repeat(30, lambda: bench.window.desk.view.zoom_by(0.9))
        bench.window.desk.view.fit()


def correct(bench: Bench) -> None:
    session, points = bench.session, bench.session.points
    session.select_keypoint(10)

    def drag() -> None:
        session.select_next_keypoint()
        points.place((float(bench.rng.integers(150)), float(bench.rng.integers(100))))

    with bench.phase("million frames: correct points"):
        bench.repeat(100, drag, every_ms=30)
    with bench.phase("million frames: nudge"):
        bench.repeat(60, lambda: points.nudge(1, 0), every_ms=30)
    with bench.phase("million frames: undo and redo"):
        bench.repeat(80, session.undo, every_ms=30)
        bench.repeat(80, session.redo, every_ms=30)


def grow(bench: Bench, recording_id: int) -> None:
    session = bench.session
    bench.choose(recording_id)
    bench.wait_until_open()
    prediction = session.predictions.begin(
        recording_id, model_name="movenet_thunder", model_hash="1", settings={}
    )
    starts = iter(range(0, 64 * 60, 64))

    def chunk() -> None:
        made = made_chunk(next(starts), 64, (640, 480), bench.rng)
        session.predictions.adopt(recording_id, prediction, made)

    with bench.phase("predictions come in while one looks"):
        bench.repeat(60, chunk, every_ms=75)


if __name__ == "__main__":
    main()
