"""What is said of folders that can and cannot be written."""

from pathlib import Path

import pytest

from core.checkup.machine import machine_facts


def test_a_sound_machine_has_facts_and_no_remedy(home: Path):
    facts = {fact.name: fact for fact in machine_facts()}
    assert facts["user folder"].value == str(home)
    assert "GiB" in facts["memory"].value
    assert facts["user folder"].is_well


def test_a_user_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SHIFT_STUDIO_HOME", str(tmp_path / "file" / "home"))
    (fact,) = [fact for fact in machine_facts() if not fact.is_well]
    assert fact.name == "user folder"
    assert str(tmp_path / "file" / "home") in fact.remedy
