"""From frames to poses: find the infant, then follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.geometry import Box
from core.models.library import ModelLibrary
from core.networks.load import load_pose_network
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import Skeleton
from core.prediction.crop import Crop
from core.prediction.finder import find_infant
from core.prediction.looker import Image, Look, Looker

_PRESENT = 0.15  # mean confidence of the limbs below which no infant is in the frame


@dataclass(frozen=True)
class Predictor:
    """A pose network and the rules by which its looks become poses."""

    looker: Looker
    threshold: float

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of all poses."""
        return self.looker.skeleton

    def predict_image(self, image: Image, roi: Box | None = None) -> Pose:
        """The pose in a single image (H, W, 3) RGB; empty without an infant."""
        return self._pose(find_infant(image, self.looker, roi), image)

    def predict_frames(
        self, images: Sequence[Image], previous: Pose | None, roi: Box | None = None
    ) -> list[Pose]:
        """The poses in consecutive frames; `previous` is the pose before them, if known."""
        poses: list[Pose] = []
        for image in images:
            previous = self._follow(image, previous, roi)
            poses.append(previous)
        return poses

    def _follow(self, image: Image, previous: Pose | None, roi: Box | None) -> Pose:
        if previous is None or previous.is_empty:
            return self.predict_image(image, roi)
        crop = Crop.upright(previous.xy, previous.confidence, self.skeleton)
        (look,) = self.looker.look_at_one(image, [crop])
        return self._pose(look, image)

    def _pose(self, look: Look, image: Image) -> Pose:
        if look.score < _PRESENT:
            return Pose.absent(len(self.skeleton))
        height, width = image.shape[:2]
        inside = ((look.xy >= 0) & (look.xy <= (width, height))).all(axis=1)
        seen = inside & (look.confidence >= self.threshold)
        visibility = np.where(seen, Visibility.SEEN, Visibility.HIDDEN).astype(np.uint8)
        return Pose(look.xy, look.confidence, visibility, np.zeros_like(visibility))


def build_predictor(
    model: str | Path, segmentation: bool = False, device: str = "cpu"
) -> Predictor:
    """A predictor with a model of the library or of a folder; raises BadModel."""
    network = load_pose_network(ModelLibrary.standard().find(model), device)
    return Predictor(Looker(network), network.card.threshold)
