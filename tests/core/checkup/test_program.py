"""What is said of the installation, of its window and of broken models."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from core.checkup import program
from core.checkup.program import program_facts


def facts_of(name: str):
    return [fact for fact in program_facts() if fact.name == name]


def test_this_installation_is_whole():
    assert [fact for fact in program_facts() if not fact.is_well] == []


def test_the_window_is_found_without_loading_it():
    (fact,) = facts_of("window")
    assert version("PySide6-Essentials") in fact.value


def test_the_toolkit_that_dies_on_python_3_11_is_warned_of(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    monkeypatch.setattr(program, "_version", lambda _: "6.12.0")
    (fact,) = facts_of("window")
    assert "below 6.12" in fact.remedy


def test_a_missing_codec_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program, "_READ", ("h264", "no_such_codec"))
    (fact,) = facts_of("reads video")
    assert fact.value == "h264"
    assert "no_such_codec" in fact.remedy


def test_a_damaged_model_is_named_with_its_reason(home: Path):
    folder = home / "models" / "mine"
    folder.mkdir(parents=True)
    (folder / "card.toml").write_text("name = 3")
    (fact,) = facts_of("model mine")
    assert str(folder) in fact.remedy
