import subprocess
import sys
from pathlib import Path

import pytest

from core.cli import main as command_line
from core.cli.attempt import BAD_INPUT, FAULT, STOPPED, attempt, worst
from core.cli.commands import COMMANDS
from core.cli.main import main
from core.errors import BadInput, BadStudy, JobFailed, NoSpace, Stopped
from core.paths import logs_folder


@pytest.fixture
def command(monkeypatch):
    """Make `shift-pose fail` raise an error."""

    def raising(error):
        def run(args):
            raise error

        def add_parser(commands):
            commands.add_parser("fail").set_defaults(run=run)

        monkeypatch.setattr(command_line, "COMMANDS", {"fail": add_parser})

    return raising


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInput("a.mp4: odd."), 2),
        (BadStudy("a.shift: broken."), 2),
        (NoSpace("out: full."), 2),
        (Stopped("stopped."), 3),
        (KeyboardInterrupt(), 3),
        (JobFailed("it ended."), 1),
        (ZeroDivisionError("oops"), 1),
    ],
)
def test_every_kind_of_error_has_its_status_and_one_line(command, capfd, error, status):
    command(error)
    assert main(["fail"]) == status
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("shift-pose: ")


def test_a_sentence_in_several_lines_comes_in_one(command, capfd):
    command(BadInput("a.mp4:\n  is odd;\tmend it."))
    main(["fail"])
    assert capfd.readouterr().err == "shift-pose: a.mp4: is odd; mend it.\n"


def test_a_fault_leaves_a_log_with_its_traceback(command, capfd):
    command(ZeroDivisionError("oops"))
    main(["fail"])
    (log,) = logs_folder().iterdir()
    assert str(log) in capfd.readouterr().err
    text = log.read_text("utf-8")
    assert "ZeroDivisionError: oops" in text
    assert "Traceback" in text
    assert sys.version in text


def test_a_fault_without_room_for_its_log_is_still_one_line(command, capfd, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SHIFT_STUDIO_HOME", str(tmp_path / "file"))
    command(ZeroDivisionError("oops"))
    assert main(["fail"]) == FAULT
    err = capfd.readouterr().err
    assert "ZeroDivisionError: oops" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["predict"],
        ["predict", "a.mp4"],
        ["predict", "a.mp4", "--out"],
        ["predict", "a.mp4", "--out", "o", "--csv", "tall"],
        ["predict", "a.mp4", "--out", "o", "--roi", "1,2,3"],
        ["predict", "a.mp4", "--out", "o", "--roi", "1,2,0,4"],
        ["predict", "a.mp4", "--out", "o", "--roi", "1,2,nan,4"],
        ["predict", "a.mp4", "--out", "o", "--roi", "left"],
        ["predict", "a.mp4", "--ou", "o"],
        ["export", "a.shift", "--out", "o"],
        ["export", "a.shift", "--out", "o", "--format", "xlsx"],
        ["models"],
        ["worker"],
    ],
)
def test_bad_usage_is_one_line(capfd, arguments):
    assert main(arguments) == BAD_INPUT
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


def test_help_shows_every_command_but_the_worker(capfd):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    text = capfd.readouterr().out
    assert all(name in text for name in COMMANDS if name != "worker")
    assert "worker" not in text


def test_the_version_is_told(capfd):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capfd.readouterr().out.startswith("SHIFT Studio ")


def test_the_worst_status_counts():
    assert worst([]) == 0
    assert worst([0, 2, 0]) == BAD_INPUT
    assert worst([2, 1, 0]) == FAULT


def test_a_wish_to_stop_ends_every_attempt(capfd):
    def stop():
        raise Stopped("stopped.")

    with pytest.raises(Stopped):
        attempt(stop)
    assert capfd.readouterr().err == ""
    assert STOPPED == 3


def test_the_commands_load_neither_torch_nor_qt():
    code = (
        "import sys, core.__main__, core.cli.commands\n"
        "heavy = {'torch', 'torchvision', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    project = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=project, check=True, timeout=60)
