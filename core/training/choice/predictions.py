"""What a network says of each canvas in every fixed view, brought back into the plain one."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.networks.load import PoseNetwork
from core.pose.skeleton import shipped_skeleton
from core.prediction.heatmap_decoding import decode_heatmaps
from core.training.choice.fixed_views import FIXED_VIEWS, FixedView, view_all
from core.training.data.canvas_set import CanvasSet
from core.training.objectives.network_points import NetworkPoints
from core.training.views.affine_maps import map_points
from core.training.views.view_maps import map_keypoints
from core.training.views.warp import warp

_AT_ONCE = 8  # canvases; a fixed number, so that sums are rounded alike whatever the training does


@dataclass(frozen=True, eq=False)
class Predictions:
    """V fixed views of N canvases, the plain one first.

    places (V, N, 16, 2) float32 in shares of the plain view's side, 0 to 1 inside; confidence
    (V, N, 16) in [0, 1]; is_shown (V, N, 16): whether the view reaches to where the plain view
    has the keypoint; is_known (16,): which of the keypoints the network can give.
    """

    places: Tensor
    confidence: Tensor
    is_shown: Tensor
    is_known: Tensor

    @property
    def plain(self) -> Tensor:
        """What the product would say, (N, 16, 2)."""
        return self.places[0]


def predict(network: PoseNetwork, canvases: CanvasSet) -> Predictions:
    """Look at all canvases in all fixed views, in evaluation mode; on the CPU afterwards.

    No random number is drawn and the module is left as it was, batch statistics included.
    """
    network = PoseNetwork(network.card, network.module)  # in full precision, however it is trained
    device = next(network.module.parameters()).device
    points = NetworkPoints.of(shipped_skeleton(network.card.skeleton), device)
    with torch.no_grad(), evaluating(network.module):
        parts = [
            _predict_some(network, points, _pictures(canvases, start).to(device))
            for start in range(0, len(canvases), _AT_ONCE)
        ]
    places, confidence, is_shown = (torch.cat(one, dim=1).cpu() for one in zip(*parts, strict=True))
    return Predictions(places, confidence, is_shown, points.is_known.cpu())


@contextmanager
def evaluating(module: nn.Module) -> Generator[None]:
    """Evaluation mode for a while; every part gets its own mode back."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, mode in modes:
            part.training = mode


def _predict_some(
    network: PoseNetwork, points: NetworkPoints, pictures: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Places, confidence and what is shown, of a few canvases."""
    size = network.card.input_size
    found = [_look(network, points, pictures, view) for view in FIXED_VIEWS]
    places = torch.stack([one for one, _ in found])
    like = pictures[:, 0, 0, 0]
    in_views = torch.stack(
        [
            map_points(places[0], view_all(view, like, pictures.shape[-1], size).from_plain)
            for view in FIXED_VIEWS
        ]
    )
    is_shown = ((in_views >= 0) & (in_views < size)).all(-1)
    is_shown[0] = True  # its own peak may lie half a cell outside
    return places / size, torch.stack([one for _, one in found]), is_shown


def _look(
    network: PoseNetwork, points: NetworkPoints, pictures: Tensor, view: FixedView
) -> tuple[Tensor, Tensor]:
    """Places in pixels of the plain view (B, 16, 2), and confidence (B, 16)."""
    views = view_all(view, pictures[:, 0, 0, 0], pictures.shape[-1], network.card.input_size)
    shown = warp(pictures, views.maps, views.size).div_(255)
    peaks = decode_heatmaps(torch.nan_to_num(network.heatmaps(shown)))
    places = map_keypoints(
        peaks.in_pixels(network.card), views.to_plain, views.is_mirrored, points.mirror
    )
    sure = peaks.confidence[:, points.mirror] if view.is_mirrored else peaks.confidence
    return points.infant(places), points.infant_confidence(sure)


def _pictures(canvases: CanvasSet, start: int) -> Tensor:
    """Some canvases as (B, 3, C, C) uint8."""
    images = np.array(canvases.images[start : start + _AT_ONCE])
    return torch.from_numpy(images).permute(0, 3, 1, 2)
