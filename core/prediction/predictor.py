"""From frames to poses: the networks, and the rules by which what they see becomes a pose."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from core.geometry import Box
from core.models.card import ModelCard
from core.models.library import ModelLibrary
from core.models.model_folder import ModelFolder
from core.models.trust import Trust
from core.networks.load import load_pose_network, load_segmentation_network
from core.pose.pose_track import Pose, Visibility
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton
from core.prediction.consensus import agreed_look
from core.prediction.crop import Body, Crop
from core.prediction.finder import find_infant
from core.prediction.follower import FOUND, follow
from core.prediction.looker import Image, Look, Looker
from core.prediction.processor import fastest_dtype, lay_out_channels_last
from core.prediction.region import Region
from core.prediction.segmenter import Segmenter

_BATCH = 8  # squares at a time; more gain nothing on a CPU and cost memory


@dataclass(frozen=True)
class Predictor:
    """Finds and follows one infant with a pose network, and outlines it if there is another."""

    looker: Looker  # at photographs
    segmenter: Segmenter | None = None
    swift: Looker | None = None  # at the frames of recordings, if another is quicker there

    @property
    def card(self) -> ModelCard:
        """The pose network's card."""
        return self.looker.network.card

    @property
    def segmentation_card(self) -> ModelCard | None:
        """The segmentation network's card, None without segmentation."""
        return self.segmenter.network.card if self.segmenter else None

    @property
    def skeleton(self) -> Skeleton:
        """The skeleton of all poses."""
        return self.looker.skeleton

    def crop_of(self, pose: Pose) -> Crop:
        """The upright square around a pose that this predictor has found."""
        return Body.of_pose(pose, self.skeleton, self.card.one_look).upright

    @property
    def batch(self) -> int:
        """How many squares the network looks at together."""
        return self.looker.batch

    def with_batch(self, batch: int) -> "Predictor":
        """The same with another batch, for machines with little memory."""
        segmenter = None
        if self.segmenter is not None:
            segmenter = Segmenter(self.segmenter.network, self.skeleton, batch)
        swift = self.swift and Looker(self.swift.network, batch)
        return Predictor(Looker(self.looker.network, batch), segmenter, swift)

    def predict_image(self, image: Image, roi: Box | None = None, *, careful: bool = True) -> Pose:
        """The pose in a single image (H, W, 3) RGB, or in a region of it; empty without an infant.

        A `careful` one takes the consensus of eight looks at the infant once it is found.

        Raises BadInput if the region lies outside the image.
        """
        region = Region.of(roi, image)
        shown = region.of_image(image)
        look = find_infant(shown, self.looker)
        if look.score < FOUND:
            return self._pose(None, region, image)
        if careful:
            agreed = agreed_look(shown, look, self.looker)
            return self._pose(agreed, region, image, self.card.eight_looks)
        return self._pose(look, region, image, self.card.one_look)

    def predict_frames(
        self, images: Sequence[Image], previous: Pose | None, roi: Box | None = None
    ) -> list[Pose]:
        """The poses in consecutive frames of one size; `previous` is the pose before them, if any.

        Raises BadInput if the region lies outside the frame.
        """
        region = Region.of(roi, images[0])
        before = None
        if previous is not None and not previous.is_empty:
            body = Body.of_pose(previous, self.skeleton, self.card.one_look)
            before = Body(region.from_frame(body.xy), body.confidence, self.skeleton)
        views = [region.of_image(image) for image in images]
        looks = follow(views, before, self.swift or self.looker)
        trust = self.card.one_look
        return [
            self._pose(look, region, image, trust)
            for look, image in zip(looks, images, strict=True)
        ]

    def outlines(
        self, images: Sequence[Image], poses: Sequence[Pose], *, careful: bool = False
    ) -> tuple[Silhouette | None, ...]:
        """The silhouettes that belong to the poses; nothing without segmentation.

        A `careful` one takes four looks at the infant.
        """
        return self.segmenter.outlines(images, poses, careful=careful) if self.segmenter else ()

    def _pose(
        self, look: Look | None, region: Region, image: Image, trust: Trust | None = None
    ) -> Pose:
        """A point counts as seen if the network is sure of it and it lies inside the frame.

        Its confidence is the chance that it is right, as far as the network's card tells that.
        """
        if look is None:
            return Pose.absent(len(self.skeleton))
        xy, raw = region.to_frame(look.body.xy), look.body.confidence
        confidence = raw if trust is None else trust.share_right(raw)
        height, width = image.shape[:2]
        inside = ((xy >= 0) & (xy <= (width, height))).all(axis=1)
        seen = inside & (confidence >= self.card.threshold)
        visibility = np.where(seen, Visibility.SEEN, Visibility.HIDDEN).astype(np.uint8)
        return Pose(xy, confidence, visibility, np.zeros_like(visibility))


def build_predictor(
    model: str | Path, segmentation: str | Path | None = None, device: str = "cpu"
) -> Predictor:
    """A predictor with models of the library or of folders, on a device; raises BadModel.

    Without a model for the `segmentation` there are no silhouettes.
    """
    folder, dtype = ModelLibrary.standard().find(model), fastest_dtype(device)
    looker = _looker(folder, device, torch.float32)
    swift = None if dtype is torch.float32 else _looker(folder, device, dtype)
    if segmentation is None:
        return Predictor(looker, None, swift)
    mask_folder = ModelLibrary.standard().find(segmentation)
    network = load_segmentation_network(mask_folder, device, dtype)
    lay_out_channels_last(network.module)
    return Predictor(looker, Segmenter(network, looker.skeleton, _BATCH), swift)


def _looker(folder: ModelFolder, device: str, dtype: torch.dtype) -> Looker:
    network = load_pose_network(folder, device, dtype)
    lay_out_channels_last(network.module)
    return Looker(network, _BATCH)
