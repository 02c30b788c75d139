"""The choice in an adaptation's job: begin it, and write the model that it ends with."""

from pathlib import Path
from typing import Any

from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder, write_model_folder
from core.networks.load import PoseNetwork
from core.networks.load_judges import load_area, load_prior
from core.training.adapt_recipe import AdaptRecipe
from core.training.adaptation import Judges
from core.training.adapted_model import write_adapted_model
from core.training.choice.choosing import ChoiceRule, Chooser
from core.training.choice.evidence import MARGIN
from core.training.choice.examination import Examination
from core.training.choice.records import Examined, load_weights
from core.training.data.canvas_set import CanvasSet
from core.training.written_weights import card_name


def begin_choice(
    network: PoseNetwork, held_out: CanvasSet | None, recipe: AdaptRecipe, folder: Path
) -> Chooser | None:
    """A chooser for the network that becomes the model, which still has the base's weights.

    None where the recipe takes the last step, or nothing could be held out. The prior and the
    Kp2Seg that the recipe names are heard too, whether or not they train.

    Raises:
        BadInput, BadModel: a network that the recipe names cannot be used.
    """
    if recipe.choice == "last" or held_out is None or not len(held_out):
        return None
    device = next(network.module.parameters()).device
    examination = Examination(network, held_out, _judges(recipe, str(device)))
    rule = ChoiceRule(recipe.final_network, recipe.choose_every, recipe.steps, recipe.save_every)
    return Chooser(examination, network, rule, folder)


def write_chosen_model(
    folder: Path, network: PoseNetwork, base: ModelFolder, created: str, best: Examined | None
) -> ModelFolder:
    """The best step's weights as a model; the base's own where no step beat it.

    `best` None takes the network as it is. Its job's folder, `folder`'s parent, has the weights.

    Raises:
        BadModel: `folder` is already there, or the base is damaged.
        NoSpace: it cannot be written.
    """
    if best is not None and best.step == 0:
        names = {"name": card_name(folder), "parent": base.card.name}
        return write_model_folder(folder, base.card.model_copy(update=names), base.read_weights())
    if best is not None:
        load_weights(folder.parent, network.module)
    return write_adapted_model(folder, network, base, created)


def told_choice(chooser: Chooser | None, recipe: AdaptRecipe, last: int) -> dict[str, Any]:
    """Which step became the model and why, for the job's result; `last` is where it ended."""
    if chooser is None:
        wanted = recipe.choice == "last"
        why = (
            "the recipe takes the last step"
            if wanted
            else "the target has too few pictures to hold some out, so the last step was taken"
        )
        return {"rule": "last", "step": last, "why": why}
    best, base = chooser.best, chooser.base
    return {
        "rule": "label_free",
        "step": best.step,
        "why": _reason(best, base),
        "held_out": chooser.held_out,
        "examined": chooser.count,
        "score": best.score,
        "base_score": base.score,
        "evidence": best.evidence.named(),
        "base_evidence": base.evidence.named(),
    }


def _reason(best: Examined, base: Examined) -> str:
    if best.step == 0:
        return (
            f"no step scored more than the base model by {MARGIN}, without labels, on the "
            "held-out pictures; the base model is kept as it is"
        )
    return (
        f"of all that was examined, step {best.step} scored highest on the held-out pictures, "
        f"without labels: {best.score:.3f}, the base model {base.score:.3f}"
    )


def _judges(recipe: AdaptRecipe, device: str) -> Judges:
    library = ModelLibrary.standard()
    prior, area = recipe.prior_model, recipe.kp2seg_model
    return Judges(
        load_prior(library.find(prior), device) if prior else None,
        load_area(library.find(area), device) if area else None,
    )
