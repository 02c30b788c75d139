"""The command line as a process of its own: what a shell, and a person at it, sees."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
STAND_IN = Path(__file__).with_name("stand_in.py")


@pytest.fixture
def shell(monkeypatch):
    """Run `python -m core` with arguments, as a shell would."""

    def run(*arguments):
        command = [sys.executable, "-m", "core", *map(str, arguments)]
        return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False, timeout=100)

    return run


def test_mixed_ugly_input(shell, tmp_path):
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "Tagebuch ü.mov").write_text("Liebes Tagebuch")
    bad = [tmp_path / "empty.mp4", tmp_path / "Tagebuch ü.mov", tmp_path / "missing.avi"]
    result = shell("predict", *bad, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert result.stdout == b""
    lines = result.stderr.decode("utf-8").splitlines()
    assert [any(path.name in line for line in lines) for path in bad] == [True] * 3
    assert len(lines) == 3
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes file names that are not text")
def test_a_name_that_is_no_text(shell, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.mp4"
    Path(os.fsdecode(path)).write_bytes(b"")
    result = shell("predict", os.fsdecode(path), "--out", tmp_path / "out")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_shell_that_knows_only_ascii(tmp_path):
    (tmp_path / "ü.mp4").write_bytes(b"")
    result = subprocess.run(
        [sys.executable, "-m", "core", "predict", str(tmp_path / "ü.mp4"), "--out", str(tmp_path)],
        cwd=PROJECT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert result.returncode == 2
    assert rb"\xfc.mp4" in result.stderr


def test_a_reader_that_has_heard_enough(tmp_path):
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "core", "models", "list"]
    result = subprocess.run(
        command, cwd=PROJECT, stdout=write, stderr=subprocess.PIPE, check=False, timeout=100
    )
    os.close(write)
    assert result.returncode == 0
    assert result.stderr == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_stops_it_finds_nothing_half_written(recording, tmp_path, number):
    out = tmp_path / "out"
    command = [sys.executable, str(STAND_IN), "0.2", "predict", str(recording), "--out", str(out)]
    options = ["--overlay", "--segmentation"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 60
        while not (out.exists() and any(out.glob(".waiting-*/*.chunk"))):
            assert time.monotonic() < end
            time.sleep(0.01)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err == b"shift-pose: stopped.\n"
    assert list(out.iterdir()) == []
