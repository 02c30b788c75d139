import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from core.cli import synthesize as command
from core.cli.main import main
from core.paths import logs_folder
from core.shards.reader import ShardSet
from core.shards.set_request import read_request
from tests.core.synthesis.production.painter import Painter

PROJECT = Path(__file__).parents[3]
STAND_IN = Path(__file__).with_name("synthesis_stand_in.py")
SMALL = ("--size", "32", "--shard-size", "3", "--workers", "1")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture(autouse=True)
def painter(monkeypatch):
    """Painted people, and no minute for a body model; returns what makes another painter."""

    def use(painter):
        monkeypatch.setattr(command, "StageBuilder", lambda device: painter)

    monkeypatch.setattr(command, "_preparing", lambda: "preparing")
    monkeypatch.setattr(command, "find_spec", lambda name: True)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    use(Painter())
    return use


def synthesize(kind, out, *options, count=7):
    return main(["synthesize", kind, "--count", str(count), "--out", str(out), *options])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def said(capfd):
    out, err = capfd.readouterr()
    assert err == ""
    return out.splitlines()


def the_problem(capfd):
    out, err = capfd.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line


def test_infants(out, capfd):
    assert synthesize("infants", out, *SMALL, "--seed", "4", "--strange", "--no-depth") == 0
    (line,) = said(capfd)
    assert re.fullmatch(r".*out: 7 pictures in 3 shards(, [\d.]+ a second)?\.", line)
    first = ShardSet.open(out)[0]
    assert (first.labels.kind, first.labels.seed, first.labels.strange) == ("infant", 4, True)
    assert first.image.shape == (32, 32, 3)
    assert first.depth is None
    assert first.parts is not None


def test_adults_as_the_smallest_pack(out):
    options = ["--format", "webp", "--quality", "60", "--no-depth", "--no-masks", "--skeletons"]
    assert synthesize("adults", out, *SMALL, *options) == 0
    first = ShardSet.open(out)[0]
    assert (first.labels.kind, first.parts, first.full) == ("adult", None, None)


def test_clips(out, capfd):
    options = ["--seconds", "0.5", "--fps", "10", "--width", "64", "--height", "48"]
    assert synthesize("clip", out, *options, count=1) == 0
    assert "5 pictures in 1 shards" in said(capfd)[0]
    assert {"clip-000000.mp4", "clip-000000_truth.csv", "contact_sheet.png"} < set(names(out))
    assert ShardSet.open(out)[4].image.shape == (48, 64, 3)


def test_the_same_command_completes_a_set_and_says_so(out, capfd):
    assert synthesize("infants", out, *SMALL) == 0
    whole = (out / "synthetic-000001.tar").read_bytes()
    (out / "synthetic-000001.tar").unlink()
    said(capfd)
    assert synthesize("infants", out, *SMALL) == 0
    assert said(capfd)[0].endswith("out: 4 of 7 pictures are there, making the rest.")
    assert (out / "synthetic-000001.tar").read_bytes() == whole
    assert synthesize("infants", out, *SMALL) == 0
    assert "complete already" in said(capfd)[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--count", "0"], "'0' is not a whole number between 1 and 10,000,000"),
        (["--count", "-3"], "'-3' is not a whole"),
        (["--count", "1000000000000"], "'1000000000000' is not a whole"),
        (["--count", "9" * 5000], "9' is not a whole number between"),
        (["--count", "many"], "'many' is not a whole"),
        (["--seed", "-1"], "number between"),
        (["--size", "7"], "number between 32 and 2,048"),
        (["--size", "100000"], "number between 32 and 2,048"),
        (["--workers", "0"], "number between"),
        (["--workers", "1000000"], "number between"),
        (["--quality", "101"], "number between 1 and 100"),
        (["--shard-size", "0"], "number between"),
        (["--format", "bmp"], "invalid choice"),
        (["--device", "tpu"], "invalid choice"),
        (["--seconds", "5"], "--seconds is for clips; infants take --size"),
        (["--width", "64"], "--width is for clips"),
    ],
)
def test_absurd_wishes_for_stills_get_a_sentence_each(out, capfd, options, words):
    assert main(["synthesize", "infants", "--count", "3", "--out", str(out), *options]) == 2
    assert words in the_problem(capfd)
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--seconds", "0"], "number between 0.1 and 600"),
        (["--seconds", "nan"], "number between"),
        (["--fps", "fast"], "'fast' is not a number between"),
        (["--fps", "1e9"], "number between 1 and 120"),
        (["--size", "64", "--height", "64"], "leave one of them out"),
        (["--count", "1000000"], "200,000,000 pictures are more than a set can hold"),
    ],
)
def test_absurd_wishes_for_clips_get_a_sentence_each(out, capfd, options, words):
    assert main(["synthesize", "clip", "--count", "3", "--out", str(out), *options]) == 2
    assert words in the_problem(capfd)
    assert not out.exists()


@pytest.mark.parametrize("arguments", [[], ["toddlers"], ["infants"], ["infants", "--count", "3"]])
def test_incomplete_commands(capfd, arguments):
    assert main(["synthesize", *arguments]) == 2
    the_problem(capfd)


def test_other_requests_and_other_folders_are_refused(out, tmp_path, capfd):
    assert synthesize("infants", out, *SMALL) == 0
    said(capfd)
    assert synthesize("infants", out, *SMALL, count=8) == 2
    assert "count 7, not 8" in the_problem(capfd)
    assert synthesize("infants", tmp_path, *SMALL) == 2
    assert "holds other files" in the_problem(capfd)
    assert synthesize("infants", out / "set.json", *SMALL) == 2
    assert "is a file" in the_problem(capfd)


def test_a_small_disk_is_told_before_the_start(out, capfd, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1_000_000_000))
    assert synthesize("infants", out, count=1_000_000) == 2
    assert "the disk has 1 GB free" in the_problem(capfd)
    assert not out.exists()


def test_what_the_machine_lacks_is_the_users_to_mend(out, capfd, painter):
    painter(Painter(refuses_at=4))
    assert synthesize("infants", out, *SMALL) == 2
    assert "this machine has none" in the_problem(capfd)


def test_a_fault_in_a_worker_leaves_a_log_that_names_the_sample(out, capfd, painter):
    painter(Painter(fails_at=4))
    assert synthesize("infants", out, *SMALL) == 1
    line = the_problem(capfd)
    (log,) = logs_folder().iterdir()
    assert str(log) in line
    assert "infants, seed 0, number 4" in line
    assert "no such texture" in log.read_text("utf-8")
    assert "painter.py" in log.read_text("utf-8")


def test_a_missing_extra_is_a_sentence(out, capfd, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    assert synthesize("infants", out, *SMALL) == 2
    assert "pip install 'shift-studio[synthetic]'" in the_problem(capfd)
    assert not out.exists()


def test_help_and_mistakes_need_no_extra():
    code = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['torch', 'anny', 'warp']))\n"  # importing them fails
        "from core.cli.main import main\n"
        "assert main(['synthesize', 'infants', '--count', '0', '--out', 'x']) == 2\n"
        "main(['synthesize', '--help'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=False, timeout=100
    )
    assert result.returncode == 0, result.stderr
    assert b"--strange" in result.stdout


def stand_in(pause, out, count):
    command = [sys.executable, STAND_IN, str(pause), "synthesize", "infants", "--out", out]
    return subprocess.Popen(
        [*command, "--count", str(count), "--size", "32", "--shard-size", "5", "--workers", "2"],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_it_renders_elsewhere(out):
    """The process that answers the user never loads what renders."""
    with stand_in(0, out, 6) as process:
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind")
@pytest.mark.parametrize("moment", ["while loading", "at work"])
def test_ctrl_c_ends_all_of_it_and_leaves_whole_shards(out, moment):
    with stand_in(0.03, out, 1000) as process:
        end = time.monotonic() + 60
        wanted = "set.json" if moment == "while loading" else "synthetic-000001.tar"
        while not (out / wanted).exists():
            assert time.monotonic() < end
            time.sleep(0.005)
        workers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err == b"shift-pose: stopped.\n"
    assert psutil.wait_procs(workers, timeout=5)[1] == []
    assert not [name for name in names(out) if name.startswith(".")]
    assert read_request(out).count == 1000
    for shard in out.glob("*.tar"):
        assert len(ShardSet.open(shard)) == 5
