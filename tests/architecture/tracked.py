"""The files that belong to the project, as git knows them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def tracked_files() -> list[Path]:
    """Every tracked file that is still there, absolute."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, text=True
    ).stdout
    paths = (PROJECT / name for name in listing.split("\0") if name)
    return [path for path in paths if path.is_file()]


def python_files(*folders: str) -> list[Path]:
    """Tracked Python files below these top folders."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.relative_to(PROJECT).parts[0] in folders
    ]


def module_names(*folders: str) -> Iterator[str]:
    """Import names of the modules below these top folders."""
    for path in python_files(*folders):
        parts = path.relative_to(PROJECT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
