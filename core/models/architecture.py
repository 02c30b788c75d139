"""The networks that the program knows, and how each wants to be fed."""

from dataclasses import dataclass
from typing import Literal, get_args

PoseArchitecture = Literal["movenet_thunder", "pose_resnet18", "pose_resnet50", "pose_resnet101"]
SegmentationArchitecture = Literal[
    "blazepose_full_mask", "blazepose_heavy_mask", "deeplabv3_resnet50"
]
PriorArchitecture = Literal["pose_prior", "pose_prior_authors"]
Kp2SegArchitecture = Literal["kp2seg", "kp2seg_authors"]
Architecture = PoseArchitecture | SegmentationArchitecture | PriorArchitecture | Kp2SegArchitecture
Task = Literal["pose", "segmentation", "prior", "kp2seg"]

POSE_ARCHITECTURES: tuple[PoseArchitecture, ...] = get_args(PoseArchitecture)
SEGMENTATION_ARCHITECTURES: tuple[SegmentationArchitecture, ...] = get_args(
    SegmentationArchitecture
)
TASK: dict[Architecture, Task] = {
    **dict.fromkeys(POSE_ARCHITECTURES, "pose"),
    **dict.fromkeys(SEGMENTATION_ARCHITECTURES, "segmentation"),
    **dict.fromkeys(get_args(PriorArchitecture), "prior"),
    **dict.fromkeys(get_args(Kp2SegArchitecture), "kp2seg"),
}

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Feeding:
    """What an architecture takes and gives; a card states the same for one model."""

    skeleton: str  # of the keypoints that it gives (pose) or takes (prior, kp2seg); else ""
    input_size: int  # of a picture, 0 where it takes keypoints
    heatmap_size: int  # 0 where it gives a number
    mean: Colour
    std: Colour
    threshold: float


_ZERO, _HALF, _ONE = (0.0, 0.0, 0.0), (0.5, 0.5, 0.5), (1.0, 1.0, 1.0)
_IMAGENET_MEAN, _IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_RESNET = Feeding("infant16", 256, 64, _IMAGENET_MEAN, _IMAGENET_STD, 0.3)
_BLAZEPOSE = Feeding("", 256, 256, _ZERO, _ONE, 0.5)
_PRIOR = Feeding("infant16", 0, 0, _ZERO, _ONE, 0.5)
_KP2SEG = Feeding("infant16", 0, 64, _ZERO, _ONE, 0.5)

FEEDING: dict[Architecture, Feeding] = {
    "movenet_thunder": Feeding("coco17", 256, 64, _HALF, _HALF, 0.3),
    "pose_resnet18": _RESNET,
    "pose_resnet50": _RESNET,
    "pose_resnet101": _RESNET,
    "blazepose_full_mask": _BLAZEPOSE,
    "blazepose_heavy_mask": _BLAZEPOSE,
    "deeplabv3_resnet50": Feeding("", 256, 256, _IMAGENET_MEAN, _IMAGENET_STD, 0.5),
    "pose_prior": _PRIOR,
    "pose_prior_authors": _PRIOR,
    "kp2seg": _KP2SEG,
    "kp2seg_authors": _KP2SEG,
}
assert set(FEEDING) == set(TASK)
