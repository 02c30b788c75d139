"""The choice inside a whole adaptation of the shipped network."""

import json

import pytest

from core.cli.main import main
from core.models.library import ModelLibrary
from core.models.model_folder import open_model
from core.training.choice.records import read_table


@pytest.mark.slow
def test_a_spoiled_adaptation_ends_with_the_base_model_and_says_so(
    tmp_path, demo_recording, capsys
):
    job = tmp_path / "ward"
    settings = ["steps=2", "batch=2", "save_every=2", "frames=36", "learning_rate=1e-2", "decay=0"]
    changes = [word for setting in settings for word in ("--set", setting)]
    command = ["adapt", str(demo_recording), "--out", str(job), "--recipe", "quick", *changes]
    assert main(command) == 0
    assert "the base model, which is kept as it is" in capsys.readouterr().err
    assert [row.step for row in read_table(job)] == [0, 2]
    choice = json.loads((job / "result.json").read_text())["choice"]
    assert (choice["rule"], choice["step"], choice["held_out"]) == ("label_free", 0, 8)
    base = ModelLibrary.standard().find("movenet_thunder")
    assert open_model(job / "model").read_weights() == base.read_weights()
