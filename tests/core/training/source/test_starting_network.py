import pytest
import torch

from core.errors import BadInput, BadModel
from core.networks.torchvision_shim import torchvision_models
from core.training.recipe_file import load_recipe
from core.training.source.source_recipe import SourceRecipe
from core.training.source.starting_network import Start

CPU = torch.device("cpu")


def recipe(*changes):
    return load_recipe(SourceRecipe, "paper", ["architecture=pose_resnet18", *changes])


@pytest.fixture(scope="module")
def trunk(tmp_path_factory):
    torch.manual_seed(7)
    state = torchvision_models().resnet18(weights=None).state_dict()
    path = tmp_path_factory.mktemp("weights") / "resnet18.pth"
    torch.save(state, path)
    return path, state


def test_a_fresh_network_is_drawn_by_the_seed_as_the_authors_do():
    first, again, other = (
        Start.of(recipe(f"seed={seed}"), None).network(CPU).module.state_dict()
        for seed in (1, 1, 2)
    )
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["head.weight"], other["head.weight"])
    for name in ("head.weight", "upsampling.0.weight", "upsampling.6.weight"):
        assert float(first[name].std()) == pytest.approx(1e-3, rel=0.1)
        assert abs(float(first[name].mean())) < 1e-4
    assert not first["head.bias"].any()


def test_drawing_leaves_the_callers_chance_alone():
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    Start.of(recipe(), None).network(CPU)
    assert torch.equal(torch.rand(1), expected)


def test_the_trunk_comes_from_a_file(trunk):
    path, state = trunk
    start = Start.of(recipe(f"backbone_weights={path}"), None)
    module = start.network(CPU).module
    assert torch.equal(module.backbone.conv1.weight, state["conv1.weight"])
    assert float(module.head.weight.detach().std()) == pytest.approx(1e-3, rel=0.1)
    assert start.about["backbone"] != Start.of(recipe(), None).about["backbone"]


def test_another_trunk_is_refused_in_a_sentence(trunk, tmp_path):
    path, _ = trunk
    other = recipe("architecture=pose_resnet50", f"backbone_weights={path}")
    with pytest.raises(BadModel, match=r"resnet18\.pth: not the weights of torchvision's resnet50"):
        Start.of(other, None).network(CPU)
    with pytest.raises(BadInput, match=r"none\.pth"):
        Start.of(recipe(f"backbone_weights={tmp_path / 'none.pth'}"), None).network(CPU)


def test_a_base_goes_on_and_must_fit_the_recipe():
    plain = load_recipe(SourceRecipe, "recommended")
    start = Start.of(plain, None)
    assert start.about["base"] == "infant_pose"
    assert start.network(CPU).card.skeleton == "infant16"
    with pytest.raises(BadInput, match="a movenet_thunder, where the recipe's architecture is"):
        Start.of(recipe(), "movenet_thunder")
    with pytest.raises(BadInput, match="the maps of pose_resnet18 are no chances"):
        Start.of(recipe("label_loss=entropy"), None)
    with pytest.raises(BadInput, match="backbone_weights are for a fresh network"):
        Start.of(load_recipe(SourceRecipe, "recommended", ["backbone_weights=x"]), None)


@pytest.mark.parametrize(("name", "skeleton"), [("infants", "infant16"), ("recommended", "coco17")])
def test_a_base_gives_the_16_where_the_recipe_wants_them(name, skeleton):
    start = Start.of(load_recipe(SourceRecipe, name), "movenet_thunder")
    first, second = (start.network(CPU) for _ in range(2))
    assert first.card.skeleton == skeleton
    assert first.module is not second.module
