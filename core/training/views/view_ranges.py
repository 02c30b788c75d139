"""How far augmented views may differ from the plain one."""

from dataclasses import dataclass

Range = tuple[float, float]


@dataclass(frozen=True)
class ViewRanges:
    """Geometry; every draw is uniform.

    Angles in degrees to both sides, translation in shares of the view's side; `crop_area` is the
    share of the plain view that a random-resized crop keeps, at most 1 and of aspect 1.
    """

    rotation: float = 0.0
    shear: float = 0.0
    translation: float = 0.0
    scale: Range = (1.0, 1.0)
    mirror_probability: float = 0.0
    crop_area: Range = (1.0, 1.0)


@dataclass(frozen=True)
class ColourRanges:
    """Factors lie in 1 +- brightness, contrast, saturation; hue turns by up to +- hue (1: full).

    `blur` is the largest sigma in pixels, given to a share `blur_probability` of the samples;
    `noise` the largest standard deviation, of colours in [0, 1].
    """

    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    hue: float = 0.0
    blur: float = 0.0
    blur_probability: float = 0.5
    noise: float = 0.0


@dataclass(frozen=True)
class ErasingRanges:
    """Rectangles of one random colour: how many, with which probability each, side in shares."""

    count: int = 0
    probability: float = 0.5
    side: Range = (0.1, 0.3)


@dataclass(frozen=True)
class OcclusionRule:
    """The authors' adaptive keypoint occlusion: a square over one confident keypoint."""

    probability: float = 0.5
    threshold: float = 0.9
    half_side: int = 10  # pixels of the view


# The authors draw crops of 0.6 to 1.3 of the area anew until one fits (METHOD 1.4).
PAPER_VIEW = ViewRanges(
    rotation=60.0, shear=30.0, translation=0.05, scale=(0.6, 1.3), crop_area=(0.6, 1.0)
)
PAPER_COLOURS = ColourRanges(brightness=0.25, contrast=0.25, saturation=0.25)
