import pytest

from core.errors import BadInput
from core.training.recipe_file import load_recipe, shipped_recipes
from core.training.source.source_recipe import SourceRecipe


def test_shipped_recipes_are_whole_and_learn_from_the_source_alone():
    assert set(shipped_recipes("source")) == {"infants", "paper", "recommended"}
    for name in shipped_recipes("source"):
        steps = load_recipe(SourceRecipe, name).adaptation
        active = {term for term, weight in vars(steps.active_weights).items() if weight}
        assert active == {"source"}
        assert steps.final_network == "student"


def test_the_paper_s_rate_does_not_fall_before_adaptation():
    recipe = load_recipe(SourceRecipe, "paper")
    assert (recipe.steps, recipe.batch) == (40 * 500, 32)
    assert {recipe.adaptation.rate(step) for step in (0, 10_000, 19_999)} == {1e-4}
    assert recipe.architecture == "pose_resnet101"
    assert recipe.framing == "whole"


@pytest.mark.parametrize(
    "line",
    [
        "mode=all",
        "architecture=movenet_thunder",
        "framing=near",
        "seed=-1",
        "steps=0",
        "decay=1",
        "label_loss=hinge",
        "sources=[{share=0}]",
        "sources=[{share=8, unlabelled=['hip']}]",
    ],
)
def test_what_does_not_fit_is_refused(line):
    with pytest.raises(BadInput):
        load_recipe(SourceRecipe, "recommended", [line])


def test_the_shares_of_the_sources_make_a_batch():
    recipe = load_recipe(SourceRecipe, "infants")
    assert sum(rule.share for rule in recipe.sources) == recipe.batch
    assert "left_hip" in recipe.sources[1].unlabelled
    with pytest.raises(BadInput, match="the shares of the sources make 12, not batch=8"):
        load_recipe(SourceRecipe, "infants", ["batch=8"])


def test_a_long_average_soon_forgets_the_beginning():
    steps = load_recipe(SourceRecipe, "infants").adaptation
    decays = [steps.decay_at(step) for step in (0, 90, 10_000)]
    assert decays == [0.1, 0.91, 0.998]
    assert load_recipe(SourceRecipe, "recommended").adaptation.decay_at(500) == 0
