"""Outlines through the square around a pose: one look at frames, four at photographs."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load import SegmentationNetwork
from core.pose.pose_track import Pose, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from core.prediction.segmenter import Segmenter

SKELETON = shipped_skeleton()
HEIGHT, WIDTH = 240, 320


class Bright(nn.Module):
    """Takes what is bright for the infant, but is blind in the upper left of what it is shown."""

    def __init__(self, *, blind: bool = False) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.blind = blind
        self.views = 0

    def forward(self, images: Tensor) -> Tensor:
        self.views += len(images)
        size = ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL).card.heatmap_size
        bright = functional.interpolate(images.mean(1, keepdim=True), size=size, mode="area")
        logits = 20 * (bright - bright.mean())
        if self.blind:
            logits[..., : size // 2, : size // 2] = -3
        return logits


def segmenter(module: Bright, batch: int = 8) -> Segmenter:
    card = ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL).card
    return Segmenter(SegmentationNetwork(card, module), SKELETON, batch)


@pytest.fixture
def truth() -> np.ndarray:
    """A shape that is its own mirror image nowhere."""
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[60:180, 130:160] = True
    mask[140:180, 130:220] = True
    return mask


@pytest.fixture
def image(truth: np.ndarray) -> np.ndarray:
    return np.where(truth[..., None], 230, 20).astype(np.uint8).repeat(3, axis=2)


def pose(xy: np.ndarray, confidence: float = 0.9) -> Pose:
    count = len(SKELETON)
    return Pose(
        xy.astype(np.float32),
        np.full(count, confidence, np.float32),
        np.full(count, Visibility.SEEN, np.uint8),
        np.full(count, Source.MODEL, np.uint8),
    )


@pytest.fixture
def upright() -> Pose:
    xy = np.tile([160.0, 120.0], (len(SKELETON), 1))
    for names, y in ((("head", "left_shoulder", "right_shoulder"), 70), (("left_ankle",), 175)):
        xy[list(SKELETON.indices(*names)), 1] = y
    return pose(xy)


def overlap(found: np.ndarray, truth: np.ndarray) -> float:
    return (found & truth).sum() / (found | truth).sum()


@pytest.mark.parametrize("careful", [False, True])
def test_the_outline_lies_on_what_is_shown(image, truth, upright, careful) -> None:
    module = Bright()
    (outline,) = segmenter(module).outlines([image], [upright], careful=careful)
    assert outline is not None
    assert overlap(outline.to_mask(WIDTH, HEIGHT), truth) > 0.93
    assert module.views == (4 if careful else 1)


def test_what_one_look_misses_a_mirrored_one_finds(image, truth, upright) -> None:
    plain = segmenter(Bright(blind=True)).outlines([image], [upright])[0]
    agreed = segmenter(Bright(blind=True)).outlines([image], [upright], careful=True)[0]
    assert plain is not None
    assert agreed is not None
    missed, found = (one.to_mask(WIDTH, HEIGHT) for one in (plain, agreed))
    assert overlap(missed, truth) < 0.8
    assert overlap(found, truth) > 0.93


@pytest.mark.parametrize("careful", [False, True])
def test_little_memory_changes_nothing(image, upright, careful) -> None:
    poses = [upright, Pose.absent(len(SKELETON)), upright]
    images = [image, image, image[:, ::-1].copy()]
    many, few = (
        segmenter(Bright(), batch).outlines(images, poses, careful=careful) for batch in (8, 1)
    )
    assert many[1] is few[1] is None
    for a, b in zip(many[::2], few[::2], strict=True):
        assert a is not None
        assert b is not None
        assert a.encode() == b.encode()


def test_a_doubtful_foot_is_not_cut_off(image, truth, upright) -> None:
    far = upright.xy.copy()
    foot = SKELETON.indices("left_ankle")[0]
    far[foot] = (300, 230)
    confidence = upright.confidence.copy()
    confidence[foot] = 0.25
    reaching = Pose(far, confidence, upright.visibility, upright.source)
    lit = image.copy()
    lit[222:238, 285:315] = 230
    (outline,) = segmenter(Bright()).outlines([lit], [reaching])
    assert outline is not None
    assert outline.to_mask(WIDTH, HEIGHT)[230, 300]
