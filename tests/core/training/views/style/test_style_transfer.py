"""Which pictures change, and by which seed."""

import pytest
import torch
from pydantic import ValidationError
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode

from core.training.views.style.style_rule import StyleRule
from core.training.views.style.style_transfer import StyleTransfer, style_transfer

SEEDS = torch.arange(40) * 7919


def pictures(seed: int, count: int = 40, size: int = 16) -> Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randint(0, 256, (count, 3, size, size), generator=chance, dtype=torch.uint8)


def transfer(kind: str) -> StyleTransfer:
    found = style_transfer(StyleRule.model_validate({"kind": kind, "window": 0.2}))
    assert found is not None
    return found


def painted(pictures: Tensor, styles: Tensor, strength: Tensor) -> Tensor:
    """The style itself, at its strength: shows who was whose partner."""
    return torch.lerp(pictures, styles, strength.view(-1, 1, 1, 1))


@pytest.mark.parametrize("kind", ["colour", "fourier"])
def test_about_the_share_changes_and_the_others_keep_every_byte(kind):
    before = pictures(1)
    found = transfer(kind)(before, pictures(2), 0.5, SEEDS)
    changed = (found != before).flatten(1).any(1)
    assert found.dtype == torch.uint8
    assert 10 <= int(changed.sum()) <= 30


@pytest.mark.parametrize("kind", ["colour", "fourier"])
def test_a_draw_depends_on_the_seed_and_neither_on_place_nor_batch(kind):
    whole = transfer(kind)(pictures(1), pictures(2), 0.5, SEEDS)
    part = transfer(kind)(pictures(1)[11:19], pictures(2)[11:19], 0.5, SEEDS[11:19])
    assert torch.equal(whole[11:19], part)
    others = transfer(kind)(pictures(1), pictures(2), 0.5, SEEDS + 1)
    assert not torch.equal(whole, others)


def test_partners_are_those_of_the_same_place_counted_round():
    rule = StyleRule(kind="adain", encoder="a", decoder="b", strength=(1, 1))
    found = style_transfer(rule, painted)
    assert found is not None
    styles = pictures(2, 3)
    assert torch.equal(found(pictures(1, 7), styles, 1.0, SEEDS[:7]), styles[[0, 1, 2, 0, 1, 2, 0]])


def test_strengths_fill_their_range():
    black, white = torch.zeros_like(pictures(1)), torch.full_like(pictures(1), 255)
    found = StyleTransfer(painted, (0.2, 0.6))(black, white, 1.0, SEEDS)[:, 0, 0, 0] / 255
    assert 0.19 < float(found.min()) < 0.3
    assert 0.5 < float(found.max()) < 0.61


def test_nothing_that_was_given_changes_and_nothing_has_a_gradient():
    before, styles = pictures(1), pictures(2)
    kept = before.clone(), styles.clone()
    for kind in ("colour", "fourier"):
        assert not transfer(kind)(before, styles, 1.0, SEEDS).requires_grad
    assert torch.equal(before, kept[0])
    assert torch.equal(styles, kept[1])


def test_nothing_asks_for_a_value():
    """A tensor without data: whoever reads a number from it, or branches on it, fails."""
    with FakeTensorMode(allow_non_fake_inputs=True):
        for kind in ("colour", "fourier"):
            assert transfer(kind)(pictures(1), pictures(2), 0.5, SEEDS).shape == (40, 3, 16, 16)


def test_no_style_is_nothing_and_adain_wants_its_network():
    assert style_transfer(StyleRule()) is None
    with pytest.raises(ValueError, match="without the network"):
        style_transfer(StyleRule(kind="adain", encoder="a", decoder="b"))


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"kind": "adain"}, "style.encoder"),
        ({"kind": "adain", "encoder": "vgg.pth"}, "style.decoder"),
        ({"strength": [0.7, 0.2]}, "from 0.7 down to 0.2"),
        ({"strength": [0, 1.5]}, "less than or equal to 1"),
        ({"window": 0}, "greater than 0"),
        ({"kind": "gatys"}, "Input should be"),
        ({"kinds": "colour"}, "not permitted"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(table, sentence):
    with pytest.raises(ValidationError, match=sentence):
        StyleRule.model_validate(table)
