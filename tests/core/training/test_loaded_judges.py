"""A job that goes on has the judges that it began with."""

import pytest

from core.models.library import ModelLibrary
from core.training.adapt_recipe import AdaptRecipe
from core.training.loaded_judges import judges_mark
from core.training.recipe_file import load_recipe


@pytest.mark.parametrize(("term", "judge"), [("prior", "infant_prior"), ("visibility", "kp2seg")])
def test_the_mark_tells_the_judges_that_are_used(term: str, judge: str) -> None:
    without = judges_mark(load_recipe(AdaptRecipe, "quick", []))
    recipe = load_recipe(AdaptRecipe, "quick", ["mode=all", f"weights.{term}=0.01"])
    card = ModelLibrary.standard().find(judge).card
    assert judge not in without
    assert judges_mark(recipe)[judge] == card.weights_sha256
