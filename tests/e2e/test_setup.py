"""The set-up script names what is missing, exactly, to somebody who may not install it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are for Linux")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A bare checkout as far as the script is concerned."""
    folder = tmp_path / "checkout"
    (folder / ".ci").mkdir(parents=True)
    for name in (".ci/setup", ".ci/debian-packages.txt", "pyproject.toml", "constraints.txt"):
        shutil.copy(PROJECT / name, folder / name)
    return folder


PYTHON = f"""
case "$1" in
-m) mkdir -p .venv/bin && cp stand-ins/pip .venv/bin/python ;;
*) exec "{sys.executable}" "$@" ;;
esac
"""
EVERYTHING = "sed 's/^/installed /' .ci/debian-packages.txt"


def set_up(checkout: Path, **commands: str) -> subprocess.CompletedProcess[str]:
    """Run the script; the named system commands, Python and pip are shell lines of ours."""
    stand_ins = checkout / "stand-ins"
    stand_ins.mkdir(exist_ok=True)
    pip = 'case "$*" in *install*) echo "$@" >> installed ;; esac'
    for name, body in {"python": PYTHON, "pip": pip, **commands}.items():
        command = stand_ins / name.replace("_", "-")
        command.write_text(f"#!/bin/sh\n{body}\n")
        command.chmod(0o755)
    return subprocess.run(
        [checkout / ".ci/setup"],
        env=os.environ | {"PATH": f"{stand_ins}:{os.environ['PATH']}", "PYTHON": "python"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_user_gets_the_exact_line_and_status_2(checkout: Path):
    ended = set_up(checkout, id="echo 1000", dpkg_query=f"{EVERYTHING} | grep -v libegl1")
    assert ended.returncode == 2
    last = ended.stderr.splitlines()[-1]
    assert last.endswith("sudo apt-get install --no-install-recommends -y libegl1")


def test_a_package_that_another_one_provides_is_not_missed(checkout: Path):
    provided = f"{EVERYTHING} | sed 's/ libegl1$/ other libfoo (= 1), libegl1 (= 1.7)/'"
    ended = set_up(checkout, dpkg_query=provided)
    assert (ended.returncode, "libegl1" in ended.stderr) == (0, False)


def test_root_installs_what_is_missing_and_refreshes_the_lists_if_need_be(checkout: Path):
    ended = set_up(
        checkout,
        id="echo 0",
        dpkg_query=f"{EVERYTHING} | grep -v libegl1",
        apt_get='echo "$@" >> asked; [ -e lists ] && exit; [ "$1" = update ] && touch lists',
    )
    assert ended.returncode == 0
    install, update, again = (checkout / "asked").read_text().splitlines()
    assert "-y libegl1" in install
    assert "update" in update
    assert again == install


def test_an_environment_is_filled_once_and_again_when_a_pin_changes(checkout: Path):
    counts: list[int] = []
    for change in ("", "", "# a new pin"):
        with (checkout / "constraints.txt").open("a") as pins:
            pins.write(change)
        assert set_up(checkout, dpkg_query=EVERYTHING).returncode == 0
        counts.append(len((checkout / "installed").read_text().splitlines()))
    assert counts == [1, 1, 2]


def test_settings_of_the_linters_do_not_count(checkout: Path):
    set_up(checkout, dpkg_query=EVERYTHING)
    settings = (checkout / "pyproject.toml").read_text()
    (checkout / "pyproject.toml").write_text(
        settings.replace("line-length = 100", "line-length = 99")
    )
    set_up(checkout, dpkg_query=EVERYTHING)
    assert len((checkout / "installed").read_text().splitlines()) == 1
