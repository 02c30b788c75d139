"""Fresh processes: the window never loads torch, and nothing in the core loads Qt."""

import subprocess
import sys

import pytest

from tests.architecture.tracked import PROJECT, module_names

STRANGERS = {"app": ("torch", "torchvision"), "core": ("PySide6", "shiboken6", "pyqtgraph")}


def loaded_after(statement: str, *, packages: tuple[str, ...]) -> set[str]:
    """Which of these packages a fresh interpreter holds after the statement."""
    code = f"{statement}\nimport sys\nprint(*({set(packages)} & sys.modules.keys()))"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


@pytest.mark.parametrize("folder", ["app", "core"])
def test_every_module_loads_without_the_other_world(folder: str):
    names = sorted(module_names(folder))
    statement = "\n".join(f"import {name}" for name in names)
    assert loaded_after(statement, packages=STRANGERS[folder]) == set()


def test_the_window_alone_leaves_torch_out():
    assert loaded_after("import app.main_window", packages=("torch", "torchvision")) == set()


def test_the_command_line_starts_without_torch():
    statement = "import core.__main__, core.cli.commands"
    assert loaded_after(statement, packages=("torch", "torchvision", "PySide6")) == set()
