"""Which model a study predicts with, over restarts, roll-backs and damage."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import BadStudy
from core.study.adoption import Adoption
from core.study.study import Study

WHEN = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
ONE, OTHER = "1" * 64, "2" * 64


@pytest.fixture
def study(tmp_path: Path):
    with Study.create(tmp_path / "ward.shift") as made:
        yield made


def test_a_new_study_has_adopted_nothing(study: Study) -> None:
    assert Adoption.of(study).current is None
    assert Adoption.of(study).roll_back() is None


def test_what_was_adopted_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "ward.shift"
    with Study.create(path) as study:
        Adoption.of(study).adopt("first", ONE, WHEN)
        Adoption.of(study).adopt("second", OTHER, WHEN)
    with Study.read(path) as study:
        history = Adoption.of(study).history
    assert [one.name for one in history] == ["first", "second"]
    assert (history[-1].weights_sha256, history[-1].when) == (OTHER, WHEN)


def test_each_roll_back_goes_one_model_back(study: Study) -> None:
    adoption = Adoption.of(study)
    adoption.adopt("first", ONE, WHEN)
    adoption.adopt("second", OTHER, WHEN)
    back = adoption.roll_back()
    assert back is not None
    assert back.name == "first"
    assert adoption.roll_back() is None
    assert adoption.current is None


def test_adopting_what_is_in_use_adds_no_step_to_go_back(study: Study) -> None:
    adoption = Adoption.of(study)
    adoption.adopt("first", ONE, WHEN)
    adoption.adopt("first", ONE, WHEN)
    assert len(adoption.history) == 1
    adoption.adopt("first", OTHER, WHEN)  # another model that took the name
    assert len(adoption.history) == 2


def test_a_damaged_setting_is_told_and_can_be_replaced(study: Study) -> None:
    study.settings.set("adopted_models", [{"name": 3}])
    with pytest.raises(BadStudy, match="choose a model anew"):
        _ = Adoption.of(study).current
    Adoption.of(study).adopt("first", ONE, WHEN)
    now = Adoption.of(study).current
    assert now is not None
    assert now.name == "first"
