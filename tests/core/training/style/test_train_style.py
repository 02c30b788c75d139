"""A narrow decoder learns in seconds, and is what adaptation accepts."""

from pathlib import Path

import pytest
import torch
from torch import nn

from core.errors import BadInput
from core.networks.style_network import (
    StyleDecoder,
    StyleEncoder,
    StyleNetwork,
    load_decoder,
    load_encoder,
)
from core.training.batch import BatchSource
from core.training.loop.events import Saved, StepsDone
from core.training.loop.order import Order
from core.training.recipe_file import load_recipe, shipped_recipes
from core.training.style.style_learner import StyleLearner
from core.training.style.style_recipe import StyleRecipe
from core.training.style.style_task import StyleTask
from core.training.style.train_style import initial_decoder, train_style
from tests.core.training import toy
from tests.core.training.priors.trained import write_shard

NARROW = (4, 6, 8, 8)


@pytest.fixture(scope="module")
def encoder_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "vgg_normalised.pth"
    torch.save(lively(StyleEncoder).state_dict(), path)
    return path


def lively(kind: type[StyleEncoder | StyleDecoder]) -> nn.Module:
    """Random weights through which the signal stays as strong as it is."""
    torch.manual_seed(0)
    module = kind(NARROW)
    for layer in module:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
    return module


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> list[str]:
    folder = tmp_path_factory.mktemp("data")
    one, other = (write_shard(folder / f"{seed}.tar", 6, seed) for seed in (1, 2))
    return [f"synthetic={one}", f"synthetic={other}"]


def recipe(encoder: Path, **changes: object) -> StyleRecipe:
    table = {"steps": 6, "batch": 2, "size": 32, "learning_rate": 1e-3, "framing": "whole"}
    return StyleRecipe.model_validate({**table, "encoder": str(encoder), **changes})


def finish(work):
    told = []
    try:
        while True:
            told.append(next(work))
    except StopIteration as finished:
        return finished.value, told


def learner(encoder: Path, **changes: object) -> StyleLearner:
    settings = recipe(encoder, **changes)
    sets = toy.canvases(4, seed=3), toy.canvases(4, seed=5)
    batches = [BatchSource(one, Order(n, 4), torch.device("cpu")) for n, one in enumerate(sets)]
    module = initial_decoder(settings, NARROW)
    return StyleLearner(load_encoder(encoder, NARROW), module, (batches[0], batches[1]), settings)


@pytest.mark.parametrize(
    ("term", "weights"),
    [
        ("content", {"style": 0}),
        ("style", {"content": 0, "style_distance": "moments"}),
        ("style", {"content": 0, "style_distance": "gram"}),
    ],
)
def test_each_term_alone_is_descended(encoder_file, term, weights, tmp_path):
    begun = tmp_path / "decoder.pth"
    torch.save(lively(StyleDecoder).state_dict(), begun)
    fitted = learner(encoder_file, decoder=str(begun), learning_rate=3e-3, **weights)
    losses = [fitted.step(0)[term] for _ in range(20)]  # the same pictures again and again
    assert losses[-1] < 0.7 * losses[0]


def test_the_rate_falls_as_the_authors(encoder_file):
    fitted = learner(encoder_file, learning_rate=1e-5, decay=5e-5)
    assert fitted.rate(0) == 1e-5
    assert fitted.rate(20000) == pytest.approx(5e-6)


def test_both_directions_are_rendered(encoder_file):
    fitted = learner(encoder_file)
    turned = set()
    for number in range(8):
        contents, styles = fitted._pictures(number)
        assert contents.shape == styles.shape == (2, 3, 32, 32)
        source = fitted._shown(fitted._source.batch(number, 2))
        turned |= {bool((one == other).all()) for one, other in zip(contents, source, strict=True)}
    assert turned == {True, False}


def test_the_encoder_stays_as_it_is(encoder_file):
    fitted = learner(encoder_file)
    fitted.step(0)
    for name, tensor in torch.load(encoder_file, weights_only=True).items():
        assert torch.equal(fitted._encoder.state_dict()[name], tensor)


def test_a_decoder_is_trained_from_two_sets_and_can_be_loaded(data, encoder_file, tmp_path):
    task = StyleTask.parse(data, tmp_path / "style")
    path, told = finish(train_style(task, recipe(encoder_file), NARROW))
    assert path == tmp_path / "style" / "decoder.safetensors"
    assert any(isinstance(one, StepsDone) and set(one.losses) == {"content", "style"}
               for one in told)  # fmt: skip
    network = StyleNetwork(load_encoder(encoder_file, NARROW), load_decoder(path, NARROW))
    assert (
        network(torch.rand(1, 3, 32, 32), torch.rand(1, 3, 32, 32), torch.ones(1)).isfinite().all()
    )
    with pytest.raises(BadInput, match="holds a finished decoder"):
        task.check(resume=False)


def test_stopped_and_resumed_it_ends_with_the_same_weights(data, encoder_file, tmp_path):
    whole, _ = finish(
        train_style(StyleTask.parse(data, tmp_path / "a"), recipe(encoder_file), NARROW)
    )
    task = StyleTask.parse(data, tmp_path / "b")
    work = train_style(task, recipe(encoder_file), NARROW)
    for event in work:
        if isinstance(event, Saved) and event.step >= 3:
            break
    work.close()
    with pytest.raises(BadInput, match="another job began here"):
        finish(train_style(task, recipe(encoder_file, seed=1), NARROW))
    resumed, _ = finish(train_style(task, recipe(encoder_file), NARROW))
    assert resumed.read_bytes() == whole.read_bytes()


def test_it_goes_on_from_a_decoder_that_is_named(encoder_file, tmp_path):
    torch.manual_seed(9)
    decoder = StyleDecoder(NARROW)
    torch.save(decoder.state_dict(), tmp_path / "decoder.pth")
    begun = initial_decoder(recipe(encoder_file, decoder=str(tmp_path / "decoder.pth")), NARROW)
    assert all(torch.equal(begun.state_dict()[n], t) for n, t in decoder.state_dict().items())


def test_what_is_missing_is_told(data, encoder_file, tmp_path):
    with pytest.raises(BadInput, match="--set encoder=FILE"):
        finish(train_style(StyleTask.parse(data, tmp_path), StyleRecipe(steps=1), NARROW))
    with pytest.raises(BadInput, match="there is no such file"):
        finish(train_style(StyleTask.parse(data, tmp_path), recipe(tmp_path / "gone.pth"), NARROW))
    for few in (data[:1], ["recording=a.mp4", data[0]]):
        with pytest.raises(BadInput, match="labelled source first"):
            StyleTask.parse(few, tmp_path)
    assert StyleTask.parse([data[0], "recording=a.mp4"], tmp_path).recordings == (Path("a.mp4"),)


@pytest.mark.parametrize("name", ["recommended", "paper"])
def test_shipped_recipes_are_whole(name):
    assert name in shipped_recipes("style")
    assert load_recipe(StyleRecipe, name).batch == 16
