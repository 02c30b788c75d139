"""Where things are on this machine, frozen or not: resources, models, jobs, logs."""

import os
import sys
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

APP_NAME = "shift-studio"


def is_frozen() -> bool:
    """Whether this is the PyInstaller build."""
    return bool(getattr(sys, "frozen", False))


def resources_folder() -> Path:
    """The shipped resources: skeletons, models, icons, demo."""
    root = Path(str(getattr(sys, "_MEIPASS", ""))) if is_frozen() else Path(__file__).parents[1]
    return root / "resources"


def user_folder() -> Path:
    """The user's own data; the environment variable SHIFT_STUDIO_HOME overrides it."""
    override = os.environ.get("SHIFT_STUDIO_HOME")
    return Path(override) if override else user_data_path(APP_NAME, appauthor=False)


def user_models_folder() -> Path:
    """Models that the user imported or adapted."""
    return user_folder() / "models"


def jobs_folder() -> Path:
    """Background jobs started from the window."""
    return user_folder() / "jobs"


def logs_folder() -> Path:
    """Log files for bug reports."""
    return user_folder() / "logs"


def cache_folder() -> Path:
    """What can be made again at any time; the variable SHIFT_STUDIO_CACHE overrides it."""
    override = os.environ.get("SHIFT_STUDIO_CACHE")
    return Path(override) if override else user_cache_path(APP_NAME, appauthor=False)


def worker_command() -> list[str]:
    """The start of the command line that runs the core in a process of its own."""
    return [sys.executable] if is_frozen() else [sys.executable, "-m", "core"]
