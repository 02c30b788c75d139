"""The self-test predicts the bundled recording for real."""

from pathlib import Path

import pytest

from core.checkup import speed
from core.checkup.speed import speed_fact


def test_it_counts_frames_and_finds_the_infant():
    fact = speed_fact()
    assert fact.is_well
    assert "frames a second" in fact.value


def test_an_installation_without_resources_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speed, "resources_folder", lambda: tmp_path)
    assert str(tmp_path) in speed_fact().remedy
