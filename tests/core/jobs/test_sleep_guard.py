"""The computer is kept awake by what the system has for it, and only as long as needed."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from core.jobs.sleep_guard import keeping_command, kept_awake

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="stands in for systemd's program")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of this name that does something else."""
    program = folder / "systemd-inhibit"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


@linux_only
def test_a_keeper_lives_as_long_as_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "exec sleep 60")
    before = children()
    with kept_awake() as is_awake:
        assert is_awake
        assert children() - before
    assert children() <= before


@linux_only
def test_a_system_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with kept_awake() as is_awake:
        assert not is_awake


@linux_only
def test_a_system_without_such_a_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert keeping_command(1) is None
    with kept_awake() as is_awake:
        assert not is_awake


@linux_only
def test_the_keeper_goes_with_the_worker_however_that_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "exit 0")
    command = keeping_command(4711)
    assert command is not None
    assert "--pid=4711" in command
