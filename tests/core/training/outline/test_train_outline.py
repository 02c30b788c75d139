from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import BadInput
from core.models.model_folder import open_model
from core.networks.load import load_segmentation_network
from core.shards.sample import SyntheticSample
from core.shards.set_request import Encoding
from core.shards.shard_writer import ShardWriter, sample_key
from core.training.data.canvas_set import open_canvases
from core.training.data_source import DataSource
from core.training.loop.events import StepsDone
from core.training.outline.outline_recipe import OutlineRecipe
from core.training.outline.train_outline import train_outline
from core.training.priors.judge_task import JudgeTask
from core.training.recipe_file import load_recipe, shipped_recipes
from tests.core.shards.conftest import write_set
from tests.core.shards.painted_sample import painted


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return DataSource("synthetic", write_set(tmp_path_factory.mktemp("data") / "set"))


def recipe(steps: int, *more: str) -> OutlineRecipe:
    return load_recipe(
        OutlineRecipe, "recommended", ["batch=2", "precision=full", f"steps={steps}", *more]
    )


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return load_segmentation_network(open_model(folder)).module.state_dict()


@pytest.fixture(scope="module")
def trained(source, tmp_path_factory):
    task = JudgeTask([source], tmp_path_factory.mktemp("runs") / "outline")
    return task, list(train_outline(task, recipe(2)))


def test_it_goes_on_with_the_shipped_network_and_says_what_it_learnt(trained):
    task, events = trained
    card = open_model(task.model_folder).card
    assert (card.name, card.task, card.parent) == ("outline", "segmentation", "infant_mask")
    assert card.training_data.endswith("Then, with labels: synthetic (set).")
    told = [event for event in events if isinstance(event, StepsDone)]
    assert [event.step for event in told] == [1, 2]
    assert set(told[0].losses) == {"cross_entropy", "dice"}


def test_the_pictures_show_what_the_product_shows_its_segmentation(trained):
    found = open_canvases(trained[0].folder / "source")
    is_inside = found.infant[:, 130:190, 130:190] > 100
    assert is_inside.mean() > 0.3
    assert (found.infant[:, :10] < 100).all()
    assert np.isnan(found.xy).all()


def test_going_on_after_a_stop_ends_with_the_same_weights(trained, source, tmp_path):
    task = JudgeTask([source], tmp_path / "outline")
    work = train_outline(task, recipe(2))
    for event in work:
        if isinstance(event, StepsDone):
            next(work)  # its checkpoint
            break
    work.close()
    for _ in train_outline(task, recipe(2)):
        pass
    whole, resumed = weights(trained[0].model_folder), weights(task.model_folder)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_learning_one_set_by_heart_outlines_it_better(source, tmp_path):
    """From the adult network's weights spoilt a little; plain views, so that few steps suffice."""
    quiet = ["view.rotation=0", "view.translation=0", "erasing.count=0", "decay=0"]
    task = JudgeTask([source], tmp_path / "learnt")
    events = list(train_outline(task, recipe(12, "learning_rate=3e-4", "warm_up=0.1", *quiet)))
    told = [sum(one.losses.values()) for one in events if isinstance(one, StepsDone)]
    assert np.mean(told[-4:]) < np.mean(told[:4])


def test_each_source_has_its_rule_and_others_are_refused(source, tmp_path):
    task = JudgeTask([source, source], tmp_path / "rules")
    rules = "sources=[{share=1}, {share=1, carers=true}]"
    with pytest.raises(BadInput, match="--data names 1 sources, and the recipe has rules for 2"):
        list(train_outline(JudgeTask([source], task.folder), recipe(1, rules)))
    assert not task.folder.exists()
    for _ in train_outline(task, recipe(1, rules)):
        pass
    every, carers = (open_canvases(task.folder / "source" / name) for name in ("0", "1"))
    assert len(carers) < len(every)


def test_a_set_without_silhouettes_and_a_pose_network_are_refused(source, tmp_path):
    whole = painted("infant", 1, 0, (24, 24))
    with ShardWriter(
        tmp_path / "bare.tar", Encoding(parts=False, full=False, depth=False)
    ) as shard:
        shard.write(sample_key(whole), SyntheticSample(whole.labels, whole.image, None, None, None))
    bare = DataSource("synthetic", tmp_path / "bare.tar")
    with pytest.raises(BadInput, match=r"none of its .* pictures shows an infant"):
        list(train_outline(JudgeTask([bare], tmp_path / "one"), recipe(1)))
    with pytest.raises(BadInput, match="a pose network, where a segmentation network is needed"):
        list(train_outline(JudgeTask([source], tmp_path / "two"), recipe(1), "infant_pose"))


def test_shipped_recipes_are_whole():
    assert set(shipped_recipes("outline")) == {"recommended"}
    assert load_recipe(OutlineRecipe, "recommended").steps == 1000
    with pytest.raises(BadInput, match="the shares of the sources make 3, not batch=12"):
        load_recipe(OutlineRecipe, "recommended", ["sources=[{share=3}]"])
