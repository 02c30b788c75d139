from pathlib import Path

import pytest

from core.errors import BadInput
from core.models.library import ModelLibrary
from core.training.data.target_footage import Footage
from core.verdict.compare import CompareTask, compare_models
from core.verdict.report import VERDICT_FILE, VerdictReport
from core.verdict.report_file import read_report

ADULTS, INFANTS = "movenet_thunder", "infant_pose"


def compared(task: CompareTask) -> VerdictReport:
    work = compare_models(task)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def test_compares_two_models_on_a_whole_recording(tmp_path: Path, demo_recording: Path) -> None:
    report = compared(CompareTask(tmp_path, ADULTS, INFANTS, (Footage(demo_recording),), most=4))

    assert read_report(tmp_path / VERDICT_FILE) == report
    titles = [ModelLibrary.standard().find(name).card.title for name in (ADULTS, INFANTS)]
    assert [report.base, report.model] == titles
    assert all(title in report.sentence for title in titles)
    assert "keep the old model" not in report.sentence
    told = [number.words for number in report.overall]
    assert any(f"“{titles[0]}” was sure" in words for words in told)
    assert not any("old model" in words for words in told)
    assert len(report.pictures) == report.held_out == 4
    assert (tmp_path / report.video).is_file()


def test_a_model_is_not_compared_with_itself(tmp_path: Path, demo_recording: Path) -> None:
    task = CompareTask(tmp_path, INFANTS, INFANTS, (Footage(demo_recording),))
    with pytest.raises(BadInput, match="are the same model"):
        compared(task)
    assert not list(tmp_path.iterdir())
