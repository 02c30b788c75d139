from pathlib import Path

import pytest
import torch

from core.errors import BadInput
from core.models.model_folder import open_model
from core.networks.load import load_pose_network
from core.training.data_source import DataSource
from core.training.loop.events import StepsDone
from core.training.priors.judge_task import JudgeTask
from core.training.recipe_file import load_recipe
from core.training.source.source_recipe import SourceRecipe
from core.training.source.train_source import train_source
from tests.core.datasets.published import write_lsp, write_surreal
from tests.core.shards.conftest import write_set

TINY = ["architecture=pose_resnet18", "batch=2", "precision=full"]


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name in ("surreal", "lsp"):
        (folder / name).mkdir()
    write_surreal(folder / "surreal", crops=1)
    write_lsp(folder / "lsp")
    return [DataSource("surreal", folder / "surreal"), DataSource("lsp", folder / "lsp")]


def recipe(steps: int, *more: str) -> SourceRecipe:
    return load_recipe(SourceRecipe, "paper", [*TINY, f"steps={steps}", *more])


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return load_pose_network(open_model(folder)).module.state_dict()


@pytest.fixture(scope="module")
def trained(sources, tmp_path_factory):
    """Two steps on both sets together."""
    task = JudgeTask(sources, tmp_path_factory.mktemp("runs") / "both")
    return task, list(train_source(task, recipe(2)))


def test_the_card_names_the_data_and_no_parent(trained):
    task, events = trained
    card = open_model(task.model_folder).card
    assert card.name == "both"
    assert card.architecture == "pose_resnet18"
    assert card.training_data == "surreal:train (surreal), lsp:train (lsp)"
    assert card.parent == ""
    told = [event for event in events if isinstance(event, StepsDone)]
    assert [event.step for event in told] == [1, 2]
    assert set(told[0].losses) == {"source", "total"}


def test_batch_norm_has_gathered_statistics_of_its_pictures(trained):
    task, _ = trained
    state = weights(task.model_folder)
    assert int(state["backbone.bn1.num_batches_tracked"]) == 2
    assert float(state["backbone.bn1.running_mean"].abs().max()) > 0


def test_going_on_after_a_stop_ends_with_the_same_weights(trained, sources, tmp_path):
    task = JudgeTask(sources, tmp_path / "both")
    work = train_source(task, recipe(2))
    for event in work:
        if isinstance(event, StepsDone):
            next(work)  # its checkpoint
            break
    work.close()
    for _ in train_source(task, recipe(2)):
        pass
    whole, resumed = weights(trained[0].model_folder), weights(task.model_folder)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_a_base_s_name_and_data_stay_on_the_card(trained, sources, tmp_path):
    base = trained[0].model_folder
    task = JudgeTask(sources[1:], tmp_path / "second")
    for _ in train_source(task, recipe(1), str(base)):
        pass
    card = open_model(task.model_folder).card
    assert card.parent == "both"
    assert "surreal:train" in card.training_data
    assert "Then, with labels: lsp:train (lsp)." in card.training_data
    assert card.licence.startswith("that of its training data; not checked; begun from “")


def test_nobody_has_measured_what_the_new_network_s_confidence_means(tmp_path):
    task = JudgeTask([DataSource("synthetic", write_set(tmp_path / "set"))], tmp_path / "out")
    settings = load_recipe(SourceRecipe, "recommended", ["steps=1", "batch=1"])
    for _ in train_source(task, settings, "infant_pose"):
        pass
    card = open_model(task.model_folder).card
    assert (card.one_look, card.eight_looks) == (None, None)
    assert card.threshold == 0.3


def test_other_data_does_not_go_on_in_the_folder(sources, tmp_path):
    task = JudgeTask(sources, tmp_path / "job")
    work = train_source(task, recipe(2))
    for event in work:
        if isinstance(event, StepsDone):
            break
    work.close()
    with pytest.raises(BadInput, match="another job began here \\(its data, order differ\\)"):
        list(train_source(JudgeTask(sources[:1], task.folder), recipe(2)))
    with pytest.raises(BadInput, match="its recipe differ"):
        list(train_source(task, recipe(3)))
    with pytest.raises(BadInput, match="its recipe, start differ"):
        list(train_source(task, recipe(2, "architecture=pose_resnet50")))


def test_the_average_becomes_the_model_where_one_is_asked_for(trained, sources, tmp_path):
    task = JudgeTask(sources, tmp_path / "average")
    for _ in train_source(task, recipe(2, "decay=0.9")):
        pass
    last, average = weights(trained[0].model_folder), weights(task.model_folder)
    moved = (last["head.weight"] - average["head.weight"]).abs().max()
    assert 0 < moved < 1e-3
    assert torch.allclose(last["backbone.bn1.running_mean"], average["backbone.bn1.running_mean"])


def test_each_source_has_its_share_and_keeps_to_its_rule(sources, tmp_path):
    task = JudgeTask(sources, tmp_path / "shares")
    rules = "sources=[{share=1}, {share=1, unlabelled=['left_hip']}]"
    for _ in train_source(task, recipe(2, rules)):
        pass
    assert sorted(path.name for path in (task.folder / "source").iterdir()) == ["0", "1"]


def test_rules_for_other_sources_are_refused_before_any_work(sources, tmp_path):
    task = JudgeTask(sources, tmp_path / "shares")
    with pytest.raises(BadInput, match="--data names 2 sources, and the recipe has rules for 1"):
        list(train_source(task, recipe(2, "sources=[{share=2}]")))
    assert not task.folder.exists()
