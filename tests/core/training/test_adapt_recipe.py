import pytest

from core.errors import BadInput
from core.training.adapt_recipe import AdaptRecipe
from core.training.recipe_file import load_recipe, shipped_recipes


@pytest.mark.parametrize("name", ["quick", "recommended", "thorough", "paper"])
def test_shipped_recipes_are_whole(name):
    assert name in shipped_recipes("adapt")
    recipe = load_recipe(AdaptRecipe, name)
    assert recipe.steps > 0
    assert recipe.weights.source > 0


def test_the_papers_rate_falls_after_four_and_after_nineteen_epochs():
    recipe = load_recipe(AdaptRecipe, "paper")
    rates = [round(recipe.rate(500 * epoch), 9) for epoch in range(30)]
    assert rates == [1e-4] * 4 + [1e-5] * 15 + [1e-6] * 11


@pytest.mark.parametrize("line", ["weights.priorr=0", "student_view.turn=3", "decay=1", "batch=0"])
def test_what_does_not_fit_is_refused(line):
    with pytest.raises(BadInput):
        load_recipe(AdaptRecipe, "quick", [line])


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["style.kind=adain"], "style.encoder=FILE"),
        (["style.kind=adain", "style.encoder=vgg.pth"], "style.decoder=FILE"),
        (["style.kind=colour", "weights.source=0"], "the source's term has no weight"),
        (["style.kind=fourier", "mode=oracle"], "the source's term has no weight"),
        (["style.kind=colour", "style.strength=[0.5, 0.1]"], "give the lower one first"),
        (["style.kind=painted"], "style.kind"),
        (["style.share=0.5"], "style.share is no key"),
    ],
)
def test_a_style_that_cannot_be_is_refused_in_one_sentence(lines, sentence):
    with pytest.raises(BadInput, match=sentence) as caught:
        load_recipe(AdaptRecipe, "quick", lines)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["quick", "recommended", "thorough", "paper"])
def test_shipped_recipes_change_no_style(name):
    assert load_recipe(AdaptRecipe, name).style.kind == "none"
