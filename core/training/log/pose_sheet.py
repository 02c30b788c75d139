"""A contact sheet of what a network finds in a few frames, and what it is held against."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.export.pose_drawing import PosePainter, paint_silhouette
from core.geometry import Affine
from core.networks.kp2seg import AREA_SIZE
from core.networks.load import PoseNetwork
from core.pose.palette import HALO, SILHOUETTE
from core.pose.pose_track import Pose, Visibility
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton
from core.prediction.heatmap_decoding import decode_heatmaps
from core.training.batch import Batch
from core.training.choice.predictions import evaluating
from core.training.data.canvas import CANVAS
from core.training.objectives.network_points import NetworkPoints
from core.training.objectives.pose_losses import MaskBand
from core.training.views.view_maps import plain_maps
from core.training.views.warp import warp

PANEL = 256  # side of a panel in pixels
GAP = 4  # pixels between panels
_INFANT_TINT, _FREE_TINT = 0.45, 0.7

Area = Callable[[Tensor], Tensor]
Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class PoseSheet:
    """Draws one row for each frame, in the plain view, as `network` is at that moment.

    From left to right: the network's keypoints; the mask as the visibility term reads it, the
    infant tinted, dark what is charged to nobody; and, with an `area` (see
    `core.training.adaptation.Judges`), the silhouette that these keypoints would fill.
    """

    network: PoseNetwork
    frames: Batch
    area: Area | None = None

    def draw(self) -> Picture:
        """The sheet, RGB (H, W, 3); the network's weights, statistics and modes stay."""
        with torch.no_grad(), evaluating(self.network.module):
            poses, xy = self._poses()
            silhouettes = self._silhouettes(xy)
        tints = self._masks()
        rows = []
        for number, picture in enumerate(self._plain(PANEL)):
            panels = [self._posed(picture, poses[number]), _tinted(picture, tints[number])]
            if silhouettes:
                panels.append(picture.copy())
                paint_silhouette(panels[-1], silhouettes[number])
            rows.append(np.hstack([_framed(panel) for panel in panels]))
        return np.vstack(rows)

    def _poses(self) -> tuple[list[Pose], Tensor]:
        """What the network finds: poses in panels, and its keypoints (B, K, 2) in its own input."""
        card = self.network.card
        pictures = warp(self.frames.pictures, self._maps(card.input_size), card.input_size) / 255
        peaks = decode_heatmaps(self.network.heatmaps(pictures).float())
        xy = peaks.in_pixels(card)
        places = (xy * (PANEL / card.input_size)).cpu().numpy().astype(np.float32)
        confidence = peaks.confidence.cpu().numpy().astype(np.float32)
        if card.one_look is not None:
            confidence = card.one_look.share_right(confidence)
        is_sure = confidence >= card.threshold
        seen = np.where(is_sure, Visibility.SEEN, Visibility.HIDDEN).astype(np.uint8)
        found = zip(places, confidence, seen, np.zeros_like(seen), strict=True)
        return [Pose(*one) for one in found], xy

    def _silhouettes(self, xy: Tensor) -> list[Silhouette]:
        if self.area is None:
            return []
        card = self.network.card
        points = NetworkPoints.of(shipped_skeleton(card.skeleton), xy.device)
        area = self.area(points.infant(xy) * (2 / card.input_size) - 1)[:, 0].cpu().numpy() > 0
        scale = PANEL / area.shape[-1]
        return [Silhouette.from_mask(mask, Affine.scaling(scale, scale)) for mask in area]

    def _masks(self) -> NDArray[np.float32]:
        """The masks (B, PANEL, PANEL): 1 infant, 0 background, NaN where neither is charged."""
        maps, band = self._maps(AREA_SIZE), MaskBand()
        found = warp(self.frames.infant, maps, AREA_SIZE)[:, 0].cpu().numpy()
        sure = np.where(found >= band.infant, 1.0, np.where(found <= band.background, 0.0, np.nan))
        times = PANEL // AREA_SIZE
        return sure.astype(np.float32).repeat(times, axis=1).repeat(times, axis=2)

    def _plain(self, size: int) -> Picture:
        """The frames as the network sees them without augmentation, (B, size, size, 3)."""
        pictures = warp(self.frames.pictures, self._maps(size), size)
        return pictures.round().to(torch.uint8).permute(0, 2, 3, 1).contiguous().cpu().numpy()

    def _maps(self, size: int) -> Tensor:
        return plain_maps(self.frames.seeds, CANVAS, size)

    def _posed(self, picture: Picture, pose: Pose) -> Picture:
        skeleton = shipped_skeleton(self.network.card.skeleton)
        drawn = picture.copy()
        PosePainter.for_pictures(skeleton, PANEL, PANEL).paint(drawn, pose)
        return drawn


def _tinted(picture: Picture, mask: NDArray[np.float32]) -> Picture:
    drawn = picture.astype(np.float32)
    for where, colour, share in (
        (mask == 1, SILHOUETTE, _INFANT_TINT),
        (np.isnan(mask), HALO, _FREE_TINT),
    ):
        drawn[where] += share * (np.array(colour, np.float32) - drawn[where])
    return drawn.round().astype(np.uint8)


def _framed(panel: Picture) -> Picture:
    return np.pad(panel, ((0, GAP), (0, GAP), (0, 0)))
