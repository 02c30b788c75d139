"""How long the window's event loop stands still while a model is adapted in the background.

The demo, and a real adaptation of it in a worker of its own; stalls are measured as in
`benchmarks/window_stalls.py`. In one more phase a job tells as much as a fast graphics card would:
25 steps a second, and a picture every second.

Run: .venv/bin/python benchmarks/adapting_stalls.py
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication

from app.ask import Ask
from app.main_window import MainWindow
from app.preferences import Preferences
from app.studio import Surroundings, build_window, dress
from benchmarks.window_stalls import Bench
from core.jobs.events import Pictured, Trained
from core.jobs.folder import JobFolder
from core.jobs.status import JobState
from core.paths import resources_folder

SETTINGS = "frames=40\nbatch=4\nsteps=400\nsave_every=20\nlog_every=1\nheld_out=0\nchoice=last"
FAST_STEPS = 25  # a second


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["SHIFT_STUDIO_HOME"] = name
        application = QApplication([])
        preferences = Preferences.of_user(home)
        preferences.predict_on_open = False
        dress(application, preferences)
        window = build_window(
            application, Surroundings(home, home / "jobs", home / "logs"), preferences, Ask()
        )
        window.resize(1440, 900)
        window.show()
        bench = Bench(window)
        try:
            work(bench, window)
        finally:
            window.desk.watcher.stop_all()
            window.close()


def work(bench: Bench, window: MainWindow) -> None:
    desk, session = window.desk, window.desk.session
    desk.files.use_default_study(Path(os.environ["SHIFT_STUDIO_HOME"]))
    desk.files.take([resources_folder() / "demo" / "infant_demo.mp4"])
    bench.wait_until_open()
    with bench.phase("open the page of choice"):
        desk.adapting.choose()
    desk.station.choose.experts.settings.setPlainText(SETTINGS)
    with bench.phase("order, and frames are chosen"):
        desk.station.choose.adapt_button.click()
        bench.wait_quietly(5.0)
    key = desk.watcher.jobs()[0].key
    head = desk.station.run.head
    bench.wait(lambda: "Step" in head.big.text(), seconds=400)
    with bench.phase("the page of the run, 15 s of training"):
        bench.wait_quietly(15.0)
    with bench.phase("such a page, 25 steps a second"):
        folder, told = JobFolder(desk.watcher.folder(key)), iter(range(1000, 2000))
        sheet = next((folder.path / "pictures").glob("*.jpg"))
        bench.repeat(10 * FAST_STEPS, lambda: tell(folder, next(told), sheet.name), every_ms=40)
    with bench.phase("back at the stage: play for 5 s"):
        desk.adapting.leave()
        desk.playback.play()
        bench.wait_quietly(5.0)
        desk.playback.pause()
    with bench.phase("scrub"):
        bench.repeat(100, lambda: session.go_to(int(bench.rng.integers(0, 200))), every_ms=30)
    with bench.phase("pause it"):
        desk.watcher.stop(key)
        bench.wait(lambda: desk.watcher.jobs()[0].state is JobState.STOPPED, seconds=60)


def tell(folder: JobFolder, step: int, picture: str) -> None:
    """As a worker on a graphics card would."""
    losses = {"source": 1 / step, "consistency": 2 / step, "total": 3 / step}
    folder.event_log.append(Trained(step=step, total=2000, losses=losses, rate=1e-4))
    if step % FAST_STEPS == 0:
        folder.event_log.append(Pictured(step=step, file=f"pictures/{picture}"))


if __name__ == "__main__":
    main()
