"""`shift-pose models compare`: what it says, what it leaves, and what it refuses."""

from pathlib import Path

import pytest

from core.cli.main import main
from core.verdict import compare as comparing
from core.verdict.compare import CompareTask
from core.verdict.report import VERDICT_FILE
from core.verdict.report_file import read_report

ADULTS, INFANTS = "movenet_thunder", "infant_pose"


@pytest.fixture
def few_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = comparing.compare_models
    monkeypatch.setattr(
        comparing,
        "compare_models",
        lambda task: usual(CompareTask(**{**vars(task), "most": 4})),
    )


@pytest.mark.usefixtures("few_frames")
def test_it_names_the_models_and_leaves_a_report(tmp_path, demo_recording, capsys):
    out = tmp_path / "compared"
    command = ["models", "compare", ADULTS, INFANTS, str(demo_recording), "--out", str(out)]
    assert main(command) == 0
    report = read_report(out / VERDICT_FILE)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == report.sentence
    assert "SHIFT infant pose" in said[0]
    assert [line.strip() for line in said[1:-1]] == list(report.reasons)
    assert (out / report.video).is_file()


@pytest.mark.parametrize(
    ("models", "sentence"),
    [
        ((INFANTS, INFANTS), "are the same model"),
        ((INFANTS, "nobody"), "nobody: no model of this name"),
        ((INFANTS, "kp2seg"), "where a pose network is needed"),
    ],
)
def test_it_refuses_in_a_sentence(tmp_path, demo_recording, capsys, models, sentence):
    out = tmp_path / "compared"
    assert main(["models", "compare", *models, str(demo_recording), "--out", str(out)]) != 0
    assert sentence in capsys.readouterr().err
    assert not list(out.iterdir())


def test_a_folder_in_use_is_left_alone(tmp_path: Path, demo_recording, capsys):
    (tmp_path / "note.txt").write_text("mine")
    command = ["models", "compare", ADULTS, INFANTS, str(demo_recording), "--out", str(tmp_path)]
    assert main(command) != 0
    assert "is not empty" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["note.txt"]
