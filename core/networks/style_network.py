"""Arbitrary style transfer by adaptive instance normalisation (Huang & Belongie, ICCV 2017).

Encoder and decoder have the layout of the reference implementation in PyTorch, whose state dicts
(`vgg_normalised.pth`, `decoder.pth`) number the layers of a plain sequence.
"""

from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

import torch
from torch import Tensor, nn

from core.errors import BadModel
from core.networks.checkpoint_reading import State, read_checkpoint

Widths = tuple[int, int, int, int]
StyleFeeding = Literal["rgb", "imagenet"]

WIDTHS: Final[Widths] = (64, 128, 256, 512)  # VGG-19's
_DEPTHS = (2, 2, 4, 1)  # convolutions of each width until relu4_1
_EPSILON = 1e-5
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class StyleEncoder(nn.Sequential):
    """VGG-19, scaled so that its features have mean 1, up to relu4_1; padded by reflection.

    The first layer, one pixel wide, brings RGB in [0, 1] to what VGG was trained on.
    """

    def __init__(self, widths: Widths = WIDTHS) -> None:
        """Random weights; fill them with `load_state_dict`."""
        layers: list[nn.Module] = [nn.Conv2d(3, 3, 1)]
        ends: list[int] = []
        for stage, (inputs, width) in enumerate(pairwise((3, *widths))):
            for number in range(_DEPTHS[stage]):
                layers += _convolution(width if number else inputs, width)
                if number == 0:
                    ends.append(len(layers))
            layers.append(nn.MaxPool2d(2, ceil_mode=True))
        super().__init__(*layers[:-1])
        self._ends = ends

    def levels(self, pictures: Tensor) -> list[Tensor]:
        """Features at relu1_1, relu2_1, relu3_1, relu4_1: (B, widths[i], H / 2^i, W / 2^i)."""
        found, x = [], pictures
        for number, layer in enumerate(self, start=1):
            x = layer(x)
            if number in self._ends:
                found.append(x)
        return found


class StyleDecoder(nn.Sequential):
    """From features of relu4_1 to pictures: the encoder mirrored, pooling undone by copies."""

    def __init__(self, widths: Widths = WIDTHS) -> None:
        """Random weights; fill them with `load_state_dict`."""
        layers: list[nn.Module] = []
        for depth, (width, following) in zip(
            _DEPTHS[::-1], pairwise((*widths[::-1], 3)), strict=True
        ):
            for number in range(depth):
                layers += _convolution(width, width if number < depth - 1 else following)
            layers.append(nn.Upsample(scale_factor=2, mode="nearest"))
        super().__init__(*layers[:-2])  # no growing and no ReLU behind the picture


class StyleNetwork(nn.Module):
    """Pictures in the style of others; `feeding` says what the decoder was trained on.

    rgb: values in [0, 1], as the reference implementation and `shift-pose train style`; imagenet:
    less the mean and over the deviation of ImageNet, as UDAPE's and SHIFT's decoders.
    """

    mean: Tensor
    std: Tensor

    def __init__(
        self, encoder: StyleEncoder, decoder: StyleDecoder, feeding: StyleFeeding = "rgb"
    ) -> None:
        """Both frozen, in evaluation mode."""
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        is_plain = feeding == "rgb"
        self.register_buffer("mean", _column((0.0, 0.0, 0.0) if is_plain else _MEAN))
        self.register_buffer("std", _column((1.0, 1.0, 1.0) if is_plain else _STD))
        self.eval().requires_grad_(False)

    def forward(self, pictures: Tensor, styles: Tensor, strength: Tensor) -> Tensor:
        """Pictures and styles (B, 3, H, W) in [0, 1], strength (B,) -> (B, 3, H, W) in [0, 1].

        Strength 0 is the picture as the decoder renders it, which is not quite the picture.
        """
        features = self._encoded(pictures)
        other = adapt_statistics(features, self._encoded(styles))
        mixed = torch.lerp(features, other, strength.view(-1, 1, 1, 1))
        height, width = pictures.shape[-2:]
        rendered = self.decoder(mixed)[..., :height, :width].float()
        return (rendered * self.std + self.mean).clamp(0, 1)

    def _encoded(self, pictures: Tensor) -> Tensor:
        return self.encoder((pictures - self.mean) / self.std).float()


def adapt_statistics(features: Tensor, styles: Tensor) -> Tensor:
    """AdaIN: features (B, C, h, w) with the mean and deviation, over the places, of others."""
    mean, std = moments(features)
    other_mean, other_std = moments(styles)
    return (features - mean) * (other_std / std) + other_mean


def moments(features: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation over the places, (B, C, 1, 1) each."""
    variance, mean = torch.var_mean(features, dim=(2, 3), keepdim=True)
    return mean, (variance + _EPSILON).sqrt()


def load_style_network(
    files: tuple[Path, Path], feeding: StyleFeeding = "rgb", device: torch.device | str = "cpu"
) -> StyleNetwork:
    """The network from the files of an encoder and a decoder; raises BadModel."""
    encoder, decoder = load_encoder(files[0]), load_decoder(files[1])
    return StyleNetwork(encoder, decoder, feeding).to(device)


def load_encoder(path: Path, widths: Widths = WIDTHS) -> StyleEncoder:
    """An encoder; its file may go on to relu5_4, as `vgg_normalised.pth` does. Raises BadModel."""
    with torch.device("meta"):
        encoder = StyleEncoder(widths)
    state = {name: t for name, t in _read_state(path).items() if not _is_beyond(name, len(encoder))}
    _fill(encoder, state, path, "the VGG-19 of vgg_normalised.pth")
    return encoder


def load_decoder(path: Path, widths: Widths = WIDTHS) -> StyleDecoder:
    """A decoder, the authors' or ours; raises BadModel."""
    with torch.device("meta"):
        decoder = StyleDecoder(widths)
    _fill(decoder, _read_state(path), path, "an AdaIN decoder")
    return decoder


def _read_state(path: Path) -> State:
    states = read_checkpoint(path).states
    if "" not in states:
        raise BadModel(f"{path}: holds a student and a teacher, not a network for style.")
    return {name: tensor.float() for name, tensor in states[""].items()}


def _fill(module: nn.Module, state: State, path: Path, wanted: str) -> None:
    try:
        module.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise BadModel(f"{path}: not the weights of {wanted}; choose another file.") from error


def _is_beyond(name: str, count: int) -> bool:
    number = name.partition(".")[0]
    return number.isdecimal() and int(number) >= count


def _convolution(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    return nn.ReflectionPad2d(1), nn.Conv2d(inputs, outputs, 3), nn.ReLU()


def _column(values: tuple[float, float, float]) -> Tensor:
    return torch.tensor(values).view(3, 1, 1)
