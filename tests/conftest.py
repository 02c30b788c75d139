"""Every test gets a home of its own, no display, and the threads that two cores can carry."""

import os
from functools import partialmethod
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything can import Qt
os.environ.setdefault("OMP_NUM_THREADS", "1")  # the tests themselves run side by side
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# What takes minutes to prepare is prepared once for all tests of this environment.
os.environ.setdefault("SHIFT_STUDIO_CACHE", str(Path(__file__).parents[1] / ".venv" / "cache"))

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

settings.register_profile("shift", deadline=None)  # a shared core is slow at odd moments
settings.load_profile("shift")

PROJECT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh user folder; worker processes and window settings find it through the environment."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SHIFT_STUDIO_HOME", str(folder / "shift"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    _isolate_window_settings(folder / "config")
    return folder / "shift"


PATIENCE_MS = 30_000  # a machine with other work; a test that passes never waits so long


class PatientQtBot(QtBot):
    """Waits longer than the 5 s that pytest-qt gives."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815 - its name there
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE_MS)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)  # noqa: N815


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with more patience."""
    return PatientQtBot(request)


@pytest.fixture(scope="session")
def demo_recording() -> Path:
    """The bundled demo: 200 frames, 640x480, 20 fps."""
    return PROJECT / "resources" / "demo" / "infant_demo.mp4"


def _isolate_window_settings(folder: Path) -> None:
    """Qt reads XDG_CONFIG_HOME once per process, so its settings folder is set by hand."""
    from PySide6.QtCore import QSettings

    for format_ in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(format_, QSettings.Scope.UserScope, str(folder))
