"""`shift-pose doctor`: every fact a line, what to mend on stderr, exit status 2 for it."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from core.checkup import machine, program, speed
from core.checkup.fact import Fact
from core.cli import doctor


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> list[Fact]:
    """The facts that the check-up will find; tests add to them."""
    found = [Fact("Python", "3.11")]
    monkeypatch.setattr(program, "program_facts", lambda: found)
    monkeypatch.setattr(machine, "machine_facts", list)
    monkeypatch.setattr(speed, "speed_fact", lambda: Fact("self-test", "12 frames a second"))
    return found


def test_a_sound_machine_exits_0(facts: list[Fact], capsys: pytest.CaptureFixture[str]):
    assert doctor.run(Namespace(json=None)) == 0
    assert capsys.readouterr() == ("Python: 3.11\nself-test: 12 frames a second\n", "")


def test_what_has_to_be_mended_is_one_line_and_exits_2(
    facts: list[Fact], capsys: pytest.CaptureFixture[str]
):
    facts.append(Fact("disk", "0.1 GiB free", "make room."))
    assert doctor.run(Namespace(json=None)) == 2
    assert capsys.readouterr().err == "shift-pose: disk: make room.\n"


def test_the_file_holds_the_same_facts(facts: list[Fact], tmp_path: Path):
    doctor.run(Namespace(json=tmp_path / "facts.json"))
    content = json.loads((tmp_path / "facts.json").read_text())
    assert content["Python"] == {"value": "3.11", "remedy": ""}
    assert list(content) == ["Python", "self-test"]
