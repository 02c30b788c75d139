"""What a training with labels begins with: a base model, or a fresh network."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch

from core.errors import BadInput, BadModel
from core.models.architecture import FEEDING
from core.models.card import UNKNOWN_HASH, ModelCard
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder
from core.networks.checkpoint_reading import read_checkpoint
from core.networks.load import PoseNetwork, load_pose_network
from core.networks.pose_resnet import Depth, PoseResNet
from core.pose.skeleton import shipped_skeleton
from core.prediction.processor import lay_out_channels_last
from core.training.objectives.heatmap_losses import require_fitting_loss
from core.training.precision import AutocastNetwork, autocast_dtype
from core.training.source.infant_outputs import with_infant_outputs
from core.training.source.source_recipe import FreshArchitecture, SourceRecipe
from core.video.fingerprint import fingerprint

_DEPTHS: Mapping[FreshArchitecture, Depth] = {
    "pose_resnet18": 18,
    "pose_resnet50": 50,
    "pose_resnet101": 101,
}
_SKELETON = "infant16"


@dataclass(frozen=True)
class Start:
    """A base, or None for a fresh network of the recipe's architecture."""

    base: ModelFolder | None
    recipe: SourceRecipe

    @staticmethod
    def of(recipe: SourceRecipe, base: str | None) -> "Start":
        """With this base, or as the recipe says; raises BadInput where the two do not fit."""
        if base is None and recipe.architecture:
            require_fitting_loss(recipe.label_loss, recipe.architecture)
            return Start(None, recipe)
        if recipe.backbone_weights:
            raise BadInput(
                "backbone_weights are for a fresh network; leave --base out and name its "
                "architecture, such as --set architecture=pose_resnet101."
            )
        folder = ModelLibrary.standard().find(base or DEFAULT_POSE_MODEL)
        if recipe.architecture and folder.card.architecture != recipe.architecture:
            raise BadInput(
                f"{folder.path}: a {folder.card.architecture}, where the recipe's architecture is "
                f"{recipe.architecture}; choose another --base, or --set architecture=''."
            )
        require_fitting_loss(recipe.label_loss, folder.card.architecture)
        return Start(folder, recipe)

    @property
    def about(self) -> dict[str, str]:
        """What marks it, for jobs that go on."""
        if self.base is not None:
            return {"base": self.base.card.name, "base_sha256": self.base.card.weights_sha256}
        file = self.recipe.backbone_file
        return {"fresh": self.recipe.architecture, "backbone": fingerprint(file) if file else ""}

    def network(self, device: torch.device) -> AutocastNetwork:
        """A new copy of the network, in the recipe's precision; raises BadInput."""
        dtype = autocast_dtype(self.recipe.precision, device)
        if self.base is not None:
            found = load_pose_network(self.base, device)
            found = with_infant_outputs(found) if self.recipe.skeleton else found
        else:
            found = _fresh(self.recipe, device)
        lay_out_channels_last(found.module)
        return AutocastNetwork(found.card, found.module, dtype)


def _fresh(recipe: SourceRecipe, device: torch.device) -> PoseNetwork:
    """Random weights by the seed (METHOD 1.3), the trunk's from a file if there is one."""
    assert recipe.architecture
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.seed)
        module = PoseResNet(_DEPTHS[recipe.architecture], len(shipped_skeleton(_SKELETON)))
    if recipe.backbone_file:
        _fill_trunk(module, recipe.backbone_file, recipe.architecture)
    return PoseNetwork(_fresh_card(recipe.architecture), module.to(device))


def _fill_trunk(module: PoseResNet, file: Path, architecture: FreshArchitecture) -> None:
    state = read_checkpoint(file).states.get("")
    try:
        module.backbone.load_state_dict(state or {})
    except RuntimeError as error:
        raise BadModel(
            f"{file}: not the weights of torchvision's resnet{_DEPTHS[architecture]}, which is the "
            f"trunk of {architecture}."
        ) from error


def _fresh_card(architecture: FreshArchitecture) -> ModelCard:
    return ModelCard(
        name=architecture,
        title=architecture,
        architecture=architecture,
        **asdict(FEEDING[architecture]),
        training_data="",
        licence="that of its training data; not checked",
        weights_sha256=UNKNOWN_HASH,
        created=datetime.now(UTC).date().isoformat(),
    )
