import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput, NoSpace
from core.training.log.csv_log import CsvLog

PROJECT = Path(__file__).parents[4]
WRITER = """
import sys
from pathlib import Path
from core.training.log.csv_log import CsvLog
log = CsvLog(Path(sys.argv[1]), 0)
for step in range(10**9):
    log.seconds += 0.5
    log.add(step, 1e-4, {"source": 1 / 3, "total": 2.0}, 12.5)
    if step == 20:
        print("at work", flush=True)
"""


def written(path: Path, steps, *, first: int = 0, losses=("total",)) -> CsvLog:
    log = CsvLog(path, first)
    for step in steps:
        log.seconds += 2.0
        log.add(step, 1e-4, dict.fromkeys(losses, step / 7), 8.0)
    return log


def test_a_row_holds_all_numbers(tmp_path):
    log = CsvLog(tmp_path / "log.csv", 10)
    log.seconds = 1.5
    log.add(10, 2.5e-5, {"source": 0.25, "total": 1 / 3}, None)
    log.add(20, 2.5e-5, {"source": 0.125, "total": 1e-12}, 31.25)
    assert (tmp_path / "log.csv").read_text() == (
        "step,rate,loss_source,loss_total,seconds,pictures_per_second\n"
        "10,2.5e-05,0.25,0.333333,1.500,\n"
        "20,2.5e-05,0.125,1e-12,1.500,31.25\n"
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 40), st.integers(0, 50))
def test_a_resumed_training_leaves_the_table_of_an_unbroken_one(tmp_path_factory, killed, resumed):
    folder = tmp_path_factory.mktemp("log")
    resumed = min(resumed, killed)
    written(folder / "broken.csv", range(killed))
    log = written(folder / "broken.csv", range(resumed, 42), first=resumed)
    whole = written(folder / "whole.csv", range(42))
    assert (folder / "broken.csv").read_bytes() == (folder / "whole.csv").read_bytes()
    assert log.seconds == whole.seconds


def test_a_line_that_was_cut_off_goes(tmp_path):
    path = tmp_path / "log.csv"
    written(path, range(5))
    whole = path.read_bytes()
    path.write_bytes(whole + b"5,0.0001,0.7")
    written(path, [5], first=5)
    assert list(pd.read_csv(path)["step"]) == [0, 1, 2, 3, 4, 5]


def test_a_loss_that_comes_later_gets_a_column(tmp_path):
    log = written(tmp_path / "log.csv", [1, 2])
    log.add(3, 1e-4, {"total": 1.0, "prior": 0.5}, 8.0)
    log.add(4, 1e-4, {"total": 1.0}, 8.0)
    table = pd.read_csv(tmp_path / "log.csv")
    assert table["loss_prior"].isna().tolist() == [True, True, False, True]
    assert table["seconds"].tolist() == [2.0, 4.0, 4.0, 4.0]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\n1\n", b"step;rate\n1;2\n", b"step,rate,seconds\n1,2,3\n",
     b"step,rate,seconds,pictures_per_second\nx,1,2,3\n",
     b"step,rate,seconds,pictures_per_second\n1,1,2\n"],
)  # fmt: skip
def test_another_file_of_this_name_is_not_touched(tmp_path, content):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="move it away"):
        CsvLog(path, 5)
    assert path.read_bytes() == content


def test_a_table_that_cannot_be_written_is_told(tmp_path):
    log = written(tmp_path / "job" / "log.csv", [1])
    (tmp_path / "job" / "log.csv").unlink()
    (tmp_path / "job" / "log.csv").mkdir()
    with pytest.raises(NoSpace, match=r"log\.csv: cannot be written"):
        log.add(2, 1e-4, {"total": 1.0}, None)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_process_leaves_a_whole_table(tmp_path):
    for delay in (0.0, 0.003, 0.011):
        path = tmp_path / f"{delay}.csv"
        command = [sys.executable, "-c", WRITER, str(path)]
        process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, env=os.environ)
        assert process.stdout is not None
        with process:
            assert process.stdout.readline() == b"at work\n"
            time.sleep(delay)
            process.kill()
        assert path.read_bytes().endswith(b"12.5\n")
        table = pd.read_csv(path)
        assert table["step"].tolist() == list(range(len(table)))
        assert not table.isna().any(axis=None)
