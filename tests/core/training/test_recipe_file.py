from typing import ClassVar

import pytest

from core.errors import BadInput
from core.training.adapt_recipe import AdaptRecipe
from core.training.priors.kp2seg_recipe import Kp2SegRecipe
from core.training.priors.prior_recipe import PriorRecipe
from core.training.recipe_file import Recipe, load_recipe, shipped_recipes

RECIPES = (PriorRecipe, Kp2SegRecipe, AdaptRecipe)


class SmallRecipe(Recipe):
    kind: ClassVar[str] = "small"

    steps: int = 10
    name: str = "plain"
    weights: dict[str, float]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("steps = 5\n[weights]\nprior = 3.0\nsource = 4.0\n")
    return path


@pytest.mark.parametrize(
    ("recipe", "name"), [(one, name) for one in RECIPES for name in shipped_recipes(one.kind)]
)
def test_every_shipped_recipe_is_valid(recipe, name):
    assert load_recipe(recipe, name).steps > 0


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_training_has_the_recipe_that_the_command_takes_by_itself(recipe):
    assert "recommended" in shipped_recipes(recipe.kind)


def test_a_file_gives_values_and_the_model_the_rest(file):
    recipe = load_recipe(SmallRecipe, str(file))
    assert recipe == SmallRecipe(steps=5, weights={"prior": 3.0, "source": 4.0})


def test_later_overrides_are_stronger_and_reach_into_tables(file):
    lines = ["steps=7", "steps = 8", "weights.prior=0.5", "name=two words"]
    recipe = load_recipe(SmallRecipe, str(file), lines)
    assert (recipe.steps, recipe.name) == (8, "two words")
    assert recipe.weights == {"prior": 0.5, "source": 4.0}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("steps", "--set steps: give it as KEY=VALUE"),
        ("=3", "give it as KEY=VALUE"),
        ("a b=3", "is not TOML"),
        ("steps=many", "steps: "),
        ("stepz=3", "stepz is no key of a small recipe; known are: steps, name, weights"),
    ],
)
def test_a_wrong_override_is_told_in_one_line(file, line, sentence):
    with pytest.raises(BadInput, match=sentence) as refusal:
        load_recipe(SmallRecipe, str(file), [line])
    assert "\n" not in str(refusal.value)


def test_a_recipe_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(BadInput, match=r"nothing: no recipe of this name.*quick"):
        load_recipe(PriorRecipe, "nothing")


def test_a_file_that_is_not_toml_is_told(tmp_path):
    (tmp_path / "odd.toml").write_text("steps = ")
    with pytest.raises(BadInput, match=r"odd\.toml: not TOML"):
        load_recipe(SmallRecipe, str(tmp_path / "odd.toml"))
