"""Show canvases in augmented views: one resampling, then colours and flaws."""

from dataclasses import dataclass, field

from torch import Tensor

from core.training.views.colour import jitter_colours
from core.training.views.spoiling import add_noise, blur, erase
from core.training.views.view_maps import Views
from core.training.views.view_ranges import ColourRanges, ErasingRanges
from core.training.views.warp import warp


@dataclass(frozen=True)
class Appearance:
    """What happens to the pixels of a view besides geometry."""

    colours: ColourRanges = field(default_factory=ColourRanges)
    erasing: ErasingRanges = field(default_factory=ErasingRanges)


def show(canvases: Tensor, views: Views, appearance: Appearance, seeds: Tensor) -> Tensor:
    """Canvases (B, 3, C, C) uint8 in their views: (B, 3, S, S) float32 in [0, 1]."""
    pictures = warp(canvases, views.maps, views.size).div_(255)
    colours = appearance.colours
    if colours.brightness or colours.contrast or colours.saturation or colours.hue:
        pictures = jitter_colours(pictures, colours, seeds)
    if colours.blur and colours.blur_probability:
        pictures = blur(pictures, colours.blur, colours.blur_probability, seeds)
    if colours.noise:
        pictures = add_noise(pictures, colours.noise, seeds)
    return erase(pictures, appearance.erasing, seeds)
