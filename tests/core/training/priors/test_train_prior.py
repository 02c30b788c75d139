import numpy as np
import pytest
import torch

from core.errors import BadInput
from core.models.model_folder import open_model
from core.networks.load_judges import load_prior
from core.networks.pose_prior import PosePrior
from core.training.data_source import DataSource
from core.training.loop.events import Saved
from core.training.priors.bone_noise import pose_bones, turned_bones
from core.training.priors.judge_task import JudgeTask
from core.training.priors.plausibility import distances, roc_auc
from core.training.priors.prior_recipe import PriorRecipe
from core.training.priors.train_prior import train_prior
from tests.core.training.priors.trained import poses, small_prior_folder, write_poses

RECIPE = PriorRecipe(steps=50, batch=48, noisy_poses=1500, learning_rate=2e-3, held_out=0.25)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_poses(tmp_path_factory.mktemp("data") / "poses.npz", 120)


def task(data, folder) -> JudgeTask:
    return JudgeTask([DataSource("poses", data)], folder)


def finish(work):
    try:
        while True:
            next(work)
    except StopIteration as finished:
        return finished.value


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    return finish(train_prior(task(data, tmp_path_factory.mktemp("out") / "mine"), RECIPE))


def test_a_trained_prior_knows_unseen_poses_from_disturbed_ones(trained):
    prior = load_prior(trained)
    assert isinstance(prior, PosePrior)
    bones = pose_bones(torch.from_numpy(poses(100, seed=9)))
    noisy = turned_bones(bones, 40, torch.Generator().manual_seed(0))
    assert roc_auc(distances(prior, bones), distances(prior, noisy)) > 0.9
    with torch.inference_mode():
        likely, unlikely = prior.plausibility(bones), prior.plausibility(noisy)
    assert likely.mean() > 0.6 > 0.4 > unlikely.mean()


def test_it_leaves_a_log_and_curves(trained):
    folder = trained.path.parent
    last = (folder / "log.csv").read_text().splitlines()[-1]
    assert last.startswith(f"{RECIPE.steps},")
    assert (folder / "tensorboard").is_dir()


def test_the_model_says_what_it_is(trained):
    card = open_model(trained.path).card
    assert (card.task, card.architecture, card.name) == ("prior", "pose_prior", "mine")
    assert set(card.scores) == {"auc_15", "auc_30", "auc_60"}
    assert card.scores["auc_60"] > 90
    assert card.training_data == "poses (poses.npz)"
    assert trained.weights_file.stat().st_size < 3e6


def test_stopped_anywhere_and_resumed_it_ends_with_the_same_weights(data, trained, tmp_path):
    work = train_prior(task(data, tmp_path / "mine"), RECIPE)
    for event in work:
        if isinstance(event, Saved) and event.step >= 27:
            break
    work.close()
    resumed = finish(train_prior(task(data, tmp_path / "mine"), RECIPE))
    assert resumed.read_weights() == trained.read_weights()


def test_another_recipe_does_not_go_on_with_the_training(data, tmp_path):
    work = train_prior(task(data, tmp_path), RECIPE)
    next(event for event in work if isinstance(event, Saved))
    work.close()
    other = RECIPE.model_copy(update={"learning_rate": 1e-4})
    with pytest.raises(BadInput, match="other settings"):
        finish(train_prior(task(data, tmp_path), other))


def test_folders_that_do_not_fit_are_refused_before_any_work(data, tmp_path):
    with pytest.raises(BadInput, match="no training to go on with"):
        task(data, tmp_path).check(resume=True)
    small_prior_folder(tmp_path / "model")
    with pytest.raises(BadInput, match="holds a finished model"):
        task(data, tmp_path).check(resume=False)


@pytest.mark.parametrize("staging", ["summed", "separate"])
def test_the_authors_form_is_trained_too(data, tmp_path, staging):
    recipe = RECIPE.model_copy(update={"form": "authors", "staging": staging, "steps": 6})
    model = finish(train_prior(task(data, tmp_path / "theirs"), recipe))
    assert model.card.architecture == "pose_prior_authors"


def test_a_prior_is_fine_tuned_from_another(data, tmp_path, trained):
    recipe = RECIPE.model_copy(update={"steps": 1, "learning_rate": 1e-9,
                                       "start_from": str(trained.path)})  # fmt: skip
    tuned = finish(train_prior(task(data, tmp_path / "tuned"), recipe))
    bones = pose_bones(torch.from_numpy(poses(20, seed=3)))
    with torch.inference_mode():
        assert torch.allclose(load_prior(tuned)(bones), load_prior(trained)(bones), atol=1e-4)
    assert tuned.card.parent == str(trained.path)
    wrong = recipe.model_copy(update={"form": "authors"})
    with pytest.raises(BadInput, match="not a prior of form 'authors'"):
        finish(train_prior(task(data, tmp_path / "other"), wrong))


def test_too_few_poses_are_refused(tmp_path):
    data = write_poses(tmp_path / "few.npz", 30)
    with pytest.raises(BadInput, match="30 poses of 30 sources are too few"):
        finish(train_prior(task(data, tmp_path / "out"), RECIPE))


def test_stages_begin_with_far_poses_and_end_with_clean_ones():
    assert RECIPE.buckets(0) == ("far",)
    assert RECIPE.buckets(15) == ("far", "near")
    assert RECIPE.buckets(49) == ("far", "near", "clean")
    assert np.mean([len(RECIPE.buckets(step)) for step in range(50)]) == pytest.approx(
        2.33, abs=0.1
    )
