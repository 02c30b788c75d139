"""Load the frozen networks that a recipe's terms need."""

from core.errors import BadInput
from core.models.library import ModelLibrary
from core.networks.load_judges import load_area, load_prior
from core.networks.style_network import load_style_network
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Judges
from core.training.views.style.style_rule import StyleRule
from core.training.views.style.style_transfer import StyleChange


def loaded_judges(recipe: AdaptRecipe, device: str) -> Judges:
    """Prior, Kp2Seg and style network on a device, each only if it is used.

    Raises:
        BadInput: a term has a weight and the recipe names no network for it.
        BadModel: a network cannot be read.
    """
    weights, library = recipe.active_weights, ModelLibrary.standard()
    for term, key, name in (
        ("prior", "prior_model", recipe.prior_model),
        ("visibility", "kp2seg_model", recipe.kp2seg_model),
    ):
        if getattr(weights, term) and not name:
            raise BadInput(
                f"the recipe gives the {term} term a weight and names no network for it; "
                f"add --set {key}=NAME, or --set weights.{term}=0."
            )
    return Judges(
        load_prior(library.find(recipe.prior_model), device) if weights.prior else None,
        load_area(library.find(recipe.kp2seg_model), device) if weights.visibility else None,
        _style_change(recipe.style, device),
    )


def _style_change(rule: StyleRule, device: str) -> StyleChange | None:
    if rule.kind != "adain":
        return None
    return load_style_network(rule.files, rule.feeding, device)
