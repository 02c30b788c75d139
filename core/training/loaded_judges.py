"""Load the frozen networks that a recipe's terms need."""

from core.errors import BadInput
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load_judges import load_area, load_prior
from core.networks.style_network import load_style_network
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Judges
from core.training.views.style.style_rule import StyleRule
from core.training.views.style.style_transfer import StyleChange
from core.video.fingerprint import fingerprint


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


def judges_mark(recipe: AdaptRecipe) -> dict[str, str]:
    """What tells the networks that a recipe uses from any others, for jobs that go on."""
    weights, library = recipe.active_weights, ModelLibrary.standard()
    used = [DEFAULT_SEGMENTATION_MODEL]
    used += [recipe.prior_model] if weights.prior else []
    used += [recipe.kp2seg_model] if weights.visibility else []
    marks = {name: library.find(name).card.weights_sha256 for name in used}
    files = recipe.style.files if recipe.style.kind == "adain" else ()
    return marks | {str(file): fingerprint(file) for file in files}


def _style_change(rule: StyleRule, device: str) -> StyleChange | None:
    if rule.kind != "adain":
        return None
    return load_style_network(rule.files, rule.feeding, device)
