import pytest
import torch

from core.errors import BadInput
from core.training import precision
from core.training.precision import AutocastNetwork, autocast_dtype
from tests.core.training import toy

CPU, CARD = torch.device("cpu"), torch.device("cuda")


@pytest.fixture
def cpu_multiplies(monkeypatch):
    def choose(dtype):
        monkeypatch.setattr(precision, "fastest_dtype", lambda device: dtype)

    return choose


@pytest.fixture
def card_has_bf16(monkeypatch):
    def choose(has_it):
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: has_it)

    return choose


def test_auto_is_bf16_where_the_processor_multiplies_it(cpu_multiplies):
    cpu_multiplies(torch.bfloat16)
    assert autocast_dtype("auto", CPU) == autocast_dtype("bf16", CPU) == torch.bfloat16
    assert autocast_dtype("full", CPU) is None
    cpu_multiplies(torch.float32)
    assert autocast_dtype("auto", CPU) is None


def test_auto_is_bf16_where_the_card_multiplies_it(card_has_bf16):
    card_has_bf16(True)
    assert autocast_dtype("auto", CARD) == torch.bfloat16
    assert autocast_dtype("fp16", CARD) == torch.float16
    card_has_bf16(False)
    assert autocast_dtype("auto", CARD) is None
    with pytest.raises(BadInput, match="take fp16 or auto"):
        autocast_dtype("bf16", CARD)


def test_what_a_processor_would_only_emulate_is_refused(cpu_multiplies):
    cpu_multiplies(torch.float32)
    with pytest.raises(BadInput, match=r"bf16.*take full or auto"):
        autocast_dtype("bf16", CPU)
    cpu_multiplies(torch.bfloat16)
    with pytest.raises(BadInput, match="fp16"):
        autocast_dtype("fp16", CPU)


def test_only_the_products_of_the_network_are_rounded():
    module = toy.network(1).module
    pictures = torch.rand(2, 3, 64, 64)
    plain, rounded = (AutocastNetwork(toy.CARD, module, d) for d in (None, torch.bfloat16))
    assert torch.equal(plain.heatmaps(pictures), toy.network(1).heatmaps(pictures))
    maps = rounded.heatmaps(pictures)
    assert maps.dtype == torch.float32
    assert 0 < (maps - plain.heatmaps(pictures)).abs().max() < 0.02
    assert next(module.parameters()).dtype == torch.float32
    assert not torch.is_autocast_enabled("cpu")
