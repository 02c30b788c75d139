from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.geometry import Box
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load import PoseNetwork, SegmentationNetwork
from core.pose.pose_track import PoseTrack, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from core.prediction.looker import Looker
from core.training.data.corrected_frames import CorrectedFrames
from core.training.data.target_footage import Footage
from core.verdict.watched import Moment, Watched
from core.verdict.watching import Pair, watch
from tests.core.prediction.conftest import painted, places

LEFT, TOP = 150, 40  # of the region in which the infant lies


class NoOutline(nn.Module):
    """Outlines nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, images: Tensor) -> Tensor:
        return torch.full((len(images), 1, 64, 64), -9.0)


@pytest.fixture
def pair(network: PoseNetwork) -> Pair:
    card = ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL).card
    looker = Looker(network, batch=8)
    return Pair(looker, looker, SegmentationNetwork(card, NoOutline()))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Six pictures of an infant that moves to the right by 2 pixels each time."""
    for number in range(6):
        points = places(centre=(240 + 2 * number, 150), side=130)
        cv2.imwrite(str(tmp_path / f"{number}.png"), painted(points, 400, 300)[..., ::-1])
    return tmp_path


def watched(kept: Footage, pair: Pair, most: int) -> list[Moment]:
    work = watch((kept,), pair, most)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def corrected(frame: int, offset: float) -> CorrectedFrames:
    """Labels some pixels beside where the infant is painted; the head has none."""
    skeleton = shipped_skeleton()
    track = PoseTrack.empty(skeleton, 1)
    coco = shipped_skeleton("coco17")
    painted_there = places(centre=(240 + 2 * frame, 150), side=130)
    for name in skeleton.keypoints:
        if name in coco.keypoints:
            at = skeleton.index(name)
            track.xy[0, at] = painted_there[coco.index(name)] + (offset, 0)
            track.visibility[0, at] = Visibility.SEEN
            track.source[0, at] = Source.HUMAN
    return CorrectedFrames(np.array([frame], np.int64), track)


def test_shows_both_models_the_same_squares_of_spread_frames(pair: Pair, pictures: Path) -> None:
    kept = Footage(pictures, stretches=((1, 6),), length=6)

    moments = watched(kept, pair, most=3)

    assert [one.frame for one in moments] == [1, 3, 5]
    for one in moments:
        assert np.array_equal(one.before.views, one.after.views)
        assert np.isnan(one.before.run).all()  # pictures are no film
        spread = one.before.views[:, shipped_skeleton().limb_indices].std(axis=0)
        assert spread.max() < 0.02


def test_holds_corrected_frames_against_their_labels_inside_a_region(
    pair: Pair, pictures: Path
) -> None:
    kept = Footage(
        pictures,
        roi=Box(LEFT, TOP, 220, 230),
        stretches=((1, 6),),
        corrected=corrected(4, offset=3.0),
        length=6,
    )

    moments = Watched.of(watched(kept, pair, most=2))

    assert moments.frame[moments.is_labelled].tolist() == [4]
    (at,) = np.flatnonzero(moments.is_labelled)
    off = (moments.labels[at] - moments.before.plain[at]) * moments.side[at]
    limbs = shipped_skeleton().limb_indices
    assert np.linalg.norm(off[limbs], axis=-1) == pytest.approx(np.full(12, 3.0), abs=1.2)
    assert np.isnan(moments.labels[at][shipped_skeleton().index("head")]).all()


def test_leaves_out_what_shows_nobody(pair: Pair, pictures: Path) -> None:
    cv2.imwrite(str(pictures / "3.png"), np.zeros((300, 400, 3), np.uint8))
    kept = Footage(pictures, stretches=((2, 4),), length=6)

    assert [one.frame for one in watched(kept, pair, most=2)] == [2]
