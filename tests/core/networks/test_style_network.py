"""AdaIN in the layout of its reference implementation, narrow where that is enough."""

import pytest
import torch
from torch import Tensor, nn

from core.errors import BadInput, BadModel
from core.networks.style_network import (
    WIDTHS,
    StyleDecoder,
    StyleEncoder,
    StyleNetwork,
    adapt_statistics,
    load_decoder,
    load_encoder,
    load_style_network,
    moments,
)

NARROW = (4, 6, 8, 10)
ENCODER_LAYERS = {  # number in the reference's sequence: channels in and out
    0: (3, 3), 2: (3, 64), 5: (64, 64), 9: (64, 128), 12: (128, 128), 16: (128, 256),
    19: (256, 256), 22: (256, 256), 25: (256, 256), 29: (256, 512),
}  # fmt: skip
DECODER_LAYERS = {
    1: (512, 256), 5: (256, 256), 8: (256, 256), 11: (256, 256), 14: (256, 128),
    18: (128, 128), 21: (128, 64), 25: (64, 64), 28: (64, 3),
}  # fmt: skip


def shapes(module: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}


def expected(layers: dict[int, tuple[int, int]]) -> dict[str, tuple[int, ...]]:
    found = {}
    for number, (inputs, outputs) in layers.items():
        side = 1 if number == 0 else 3
        found[f"{number}.weight"] = (outputs, inputs, side, side)
        found[f"{number}.bias"] = (outputs,)
    return found


def narrow(seed: int = 1) -> tuple[StyleEncoder, StyleDecoder]:
    """Random networks whose pictures are no black ones."""
    torch.manual_seed(seed)
    encoder, decoder = StyleEncoder(NARROW), StyleDecoder(NARROW)
    with torch.no_grad():
        for layer in (*encoder, *decoder):
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight)
        last = decoder[-1]
        assert isinstance(last, nn.Conv2d)
        last.weight.mul_(0.2)
        last.bias.fill_(0.5)
    return encoder, decoder


def pictures(seed: int, size: int = 32) -> Tensor:
    return torch.rand(2, 3, size, size, generator=torch.Generator().manual_seed(seed))


def test_the_layout_is_that_of_the_published_files():
    with torch.device("meta"):
        encoder, decoder = StyleEncoder(WIDTHS), StyleDecoder(WIDTHS)
        levels = encoder.levels(torch.empty(1, 3, 64, 64))
        assert decoder(levels[-1]).shape == (1, 3, 64, 64)
    assert shapes(encoder) == expected(ENCODER_LAYERS)
    assert shapes(decoder) == expected(DECODER_LAYERS)
    assert [tuple(level.shape[1:]) for level in levels] == [
        (64, 64, 64), (128, 32, 32), (256, 16, 16), (512, 8, 8),
    ]  # fmt: skip


def test_levels_are_taken_behind_the_first_relu_of_each_width():
    encoder, _ = narrow()
    levels = encoder.levels(pictures(1))
    assert torch.equal(levels[-1], encoder(pictures(1)))
    for level, end in zip(levels, (4, 11, 18, 31), strict=True):
        assert torch.equal(level, nn.Sequential(*list(encoder)[:end])(pictures(1)))


def test_statistics_become_those_of_the_style():
    features, styles = torch.rand(2, 5, 9, 9), 3 * torch.rand(2, 5, 7, 7)
    found, wanted = moments(adapt_statistics(features, styles)), moments(styles)
    assert torch.allclose(found[0], wanted[0], atol=1e-4)
    assert torch.allclose(found[1], wanted[1], atol=1e-3)


def test_strength_blends_features_for_each_picture():
    encoder, decoder = narrow()
    network = StyleNetwork(encoder, decoder)
    found = network(pictures(1), pictures(2), torch.tensor([0.0, 1.0]))
    plain = decoder(encoder(pictures(1))).clamp(0, 1)
    whole = decoder(adapt_statistics(encoder(pictures(1)), encoder(pictures(2)))).clamp(0, 1)
    assert torch.allclose(found[0], plain[0], atol=1e-5)
    assert torch.allclose(found[1], whole[1], atol=1e-5)
    assert not torch.allclose(found[1], plain[1], atol=1e-5)


def test_an_imagenet_decoder_sees_and_gives_scaled_colours():
    encoder, decoder = narrow()
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    mean, std = mean.view(3, 1, 1), std.view(3, 1, 1)
    found = StyleNetwork(encoder, decoder, "imagenet")(pictures(1), pictures(2), torch.zeros(2))
    wanted = decoder(encoder((pictures(1) - mean) / std)) * std + mean
    assert torch.allclose(found, wanted.clamp(0, 1), atol=1e-5)


@pytest.mark.parametrize("size", [32, 50])
def test_pictures_keep_their_size_and_range(size):
    found = StyleNetwork(*narrow())(pictures(1, size), pictures(2, size), torch.ones(2))
    assert found.shape == (2, 3, size, size)
    assert 0 <= float(found.min()) <= float(found.max()) <= 1
    assert not found.requires_grad


def test_an_encoder_that_goes_on_to_relu5_is_cut(tmp_path):
    encoder, _ = narrow()
    whole = encoder.state_dict() | {
        "32.weight": torch.rand(10, 10, 3, 3),
        "32.bias": torch.rand(10),
    }
    torch.save(whole, tmp_path / "vgg_normalised.pth")
    found = load_encoder(tmp_path / "vgg_normalised.pth", NARROW)
    assert torch.equal(found(pictures(1)), encoder(pictures(1)))


def test_a_decoder_is_read_plain_and_from_data_parallel(tmp_path):
    _, decoder = narrow()
    state = {f"module.{name}": tensor for name, tensor in decoder.state_dict().items()}
    torch.save(state, tmp_path / "decoder.pth.tar")
    found = load_decoder(tmp_path / "decoder.pth.tar", NARROW)
    assert all(torch.equal(found.state_dict()[n], t) for n, t in decoder.state_dict().items())


def test_files_that_do_not_fit_are_told_in_one_sentence(tmp_path):
    encoder, decoder = narrow()
    torch.save(encoder.state_dict(), tmp_path / "vgg.pth")
    torch.save(decoder.state_dict(), tmp_path / "decoder.pth")
    torch.save({"student": encoder.state_dict(), "teacher": {}}, tmp_path / "pair.pth")
    with pytest.raises(BadInput, match=r"gone\.pth: there is no such file"):
        load_encoder(tmp_path / "gone.pth")
    with pytest.raises(BadModel, match=r"vgg\.pth: not the weights of the VGG-19"):
        load_encoder(tmp_path / "vgg.pth")  # too narrow
    with pytest.raises(BadModel, match=r"vgg\.pth: not the weights of an AdaIN decoder"):
        load_decoder(tmp_path / "vgg.pth", NARROW)
    with pytest.raises(BadModel, match=r"decoder\.pth: not the weights of the VGG-19"):
        load_style_network((tmp_path / "decoder.pth", tmp_path / "decoder.pth"))
