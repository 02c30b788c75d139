"""The parts of one adaptation step on the same pictures, the authors' way and ours."""

from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from benchmarks import authors_loop
from core.models.architecture import FEEDING, PoseArchitecture
from core.models.heatmap_grid import HeatmapGrid
from core.networks.architectures import build_module
from core.networks.deeplab import DeepLabPerson
from core.networks.kp2seg import AREA_SIZE, AuthorsKp2Seg, Kp2Seg
from core.networks.pose_prior import AuthorsPosePrior, PosePrior
from core.pose.skeleton import shipped_skeleton
from core.training.objectives.gaussian_targets import (
    Targets,
    draw_gaussians,
    draw_targets,
    to_pixels,
)
from core.training.objectives.heatmap_losses import consistency_loss, supervision_loss
from core.training.objectives.mean_teacher import MeanTeacher
from core.training.objectives.network_points import NetworkPoints
from core.training.objectives.pose_losses import (
    MaskBand,
    SeenInfant,
    prior_loss,
    visibility_loss,
)
from core.training.objectives.pseudo_labels import (
    confidence_mask,
    confidence_threshold,
    find_pseudo_labels,
    rectify,
)
from core.training.objectives.soft_argmax import soft_argmax
from core.training.views.occlusion import hide_keypoints
from core.training.views.view_maps import Views, draw_maps, map_keypoints, plain_maps
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import PAPER_COLOURS, PAPER_VIEW, OcclusionRule
from core.training.views.warp import map_back, warp

CANVAS, SIZE = 320, 256
_MAPS = (0.3, 0.95)  # heights of the peaks
_SIGMA = 2.0


@dataclass(frozen=True, eq=False)
class Setting:
    """What both ways start from: networks, canvases (B, 3, C, C) uint8, places, heat-maps."""

    architecture: PoseArchitecture
    student: nn.Module
    teacher: nn.Module
    canvases: Tensor
    places: Tensor  # (B, 16, 2), pixels of canvases
    heatmaps: Tensor  # (B, 16, 64, 64), as a network gives them for a view
    seeds: Tensor

    @staticmethod
    def drawn(architecture: PoseArchitecture, batch: int, device: str) -> "Setting":
        skeleton = FEEDING[architecture].skeleton
        student, teacher = (build_module(architecture, skeleton).to(device) for _ in range(2))
        low, high = _MAPS
        heights = low + (high - low) * torch.rand(batch, 16, 1, 1)
        heatmaps = heights * draw_gaussians(torch.rand(batch, 16, 2) * 48 + 8, 64, _SIGMA)
        return Setting(
            architecture,
            student.train(),
            teacher.train().requires_grad_(False),
            torch.randint(0, 256, (batch, 3, CANVAS, CANVAS), dtype=torch.uint8, device=device),
            (torch.rand(batch, 16, 2) * SIZE + 32).to(device),
            (heatmaps + 0.02 * torch.rand_like(heatmaps)).to(device),
            torch.arange(batch, device=device),
        )

    @property
    def batch(self) -> int:
        return len(self.canvases)

    def pictures(self) -> Tensor:
        """Views of noise; a network's cost does not depend on what they show."""
        return torch.rand(self.batch, 3, SIZE, SIZE, device=self.canvases.device)

    def student_pass(self) -> Tensor:
        """Source and target batches, one after the other as with the authors."""
        self.student.zero_grad()
        for _ in range(2):
            self.student(self.pictures()).square().mean().backward()
        return self.canvases

    @torch.no_grad()
    def teacher_pass(self) -> Tensor:
        return self.teacher(self.pictures())


class AuthorsStep:
    """Everything one sample after the other, see `authors_loop`."""

    def __init__(self, setting: Setting) -> None:
        device = setting.canvases.device
        self._setting = setting
        self._rng = np.random.default_rng(0)
        self._warps = [authors_loop.Warp.drawn(self._rng) for _ in range(setting.batch)]
        self._prior = AuthorsPosePrior().to(device).requires_grad_(False)
        self._generator = AuthorsKp2Seg().to(device).requires_grad_(False)
        self._bones = torch.rand(setting.batch, 13, 2, device=device)
        self._points = torch.rand(setting.batch, 16, 2, device=device) * 64
        self._classes = self.generator()
        self._deeplab = DeepLabPerson().to(device).requires_grad_(False)
        self._person = torch.rand(setting.batch, SIZE, SIZE, device=device).round() * 15
        self._pictures = setting.pictures()
        frames = setting.canvases[:, :, 32:288, 32:288].permute(0, 2, 3, 1).cpu().numpy()
        self._frames = [Image.fromarray(frame) for frame in frames]
        self._pseudo = self.pseudo_labels()
        self._mask = authors_loop.confidence_mask(setting.heatmaps)

    def views(self) -> None:
        """The source's view, then the target's two; five targets are drawn for each target."""
        places = self._setting.places.cpu().numpy() - 32.0
        for frame, warped, points in zip(self._frames, self._warps, places, strict=True):
            authors_loop.view(authors_loop.cropped(frame), warped, points, targets=1)
            crop = authors_loop.cropped(frame)
            authors_loop.view(crop, warped, points, targets=3)
            authors_loop.view(crop, warped, points, targets=2)

    def pseudo_labels(self) -> Tensor:
        plain = authors_loop.map_back(self._setting.heatmaps, self._warps)
        authors_loop.confidence_mask(plain)
        return authors_loop.rectify(plain)

    def occlusion(self) -> Tensor:
        heatmaps, warps = self._setting.heatmaps, self._warps
        return authors_loop.hide_keypoints(self._pictures, heatmaps, warps, self._rng)

    def supervision(self) -> Tensor:
        heatmaps = _leaf(self._setting.heatmaps)
        weights = torch.ones_like(heatmaps[..., :1, :1])
        return _back((0.5 * weights * (heatmaps - self._pseudo) ** 2).mean())

    def consistency(self) -> Tensor:
        plain = authors_loop.map_back(_leaf(self._setting.heatmaps), self._warps)
        loss = authors_loop.consistency(plain, self._pseudo, self._mask)
        loss.item()
        return _back(loss)

    def bones(self) -> Tensor:
        bones = authors_loop.bones(_leaf(self._setting.heatmaps))
        torch.isnan(bones).any().item()
        return _back(bones.sum())

    def prior(self) -> Tensor:
        return _back(self._prior(_leaf(self._bones)).mean())

    def silhouette(self) -> Tensor:
        """It has no gradient (D1), so nothing goes back."""
        heatmaps = self._setting.heatmaps
        loss = authors_loop.silhouette_term(heatmaps, self._classes, self._person)
        loss.item()
        return loss

    @torch.no_grad()
    def generator(self) -> Tensor:
        return self._generator(self._points)

    def follow(self) -> None:
        authors_loop.follow(self._setting.teacher, self._setting.student)

    def accuracy(self) -> float:
        return authors_loop.accuracy(self._setting.heatmaps, self._pseudo)

    @torch.no_grad()
    def deeplab(self) -> Tensor:
        return self._deeplab(self._pictures)


class OurStep:
    """The whole batch at once."""

    def __init__(self, setting: Setting) -> None:
        device = setting.canvases.device
        self._setting = setting
        self._grid = HeatmapGrid(64, 4.0, 0.0)
        self._points = NetworkPoints.of(shipped_skeleton(), device)
        self._views = draw_maps(PAPER_VIEW, setting.seeds, CANVAS, SIZE)
        self._pictures = setting.pictures()
        self._prior = PosePrior().to(device).requires_grad_(False)
        self._area = Kp2Seg().to(device).requires_grad_(False)
        self._infant = torch.rand(setting.batch, 1, CANVAS, CANVAS, device=device)
        self._bones = torch.rand(setting.batch, 13, 2, device=device)
        self._places = torch.rand(setting.batch, 16, 2, device=device) * 2 - 1
        self._logits = torch.randn(setting.batch, 1, AREA_SIZE, AREA_SIZE, device=device)
        self._pseudo = self.pseudo_labels()
        self._labels = find_pseudo_labels(setting.heatmaps, "sub_pixel")
        self._mean_teacher = MeanTeacher(setting.teacher, setting.student, "own")

    def views(self) -> Tensor:
        """The source's view, then the target's two, with the source's targets."""
        mirror = self._points.infant_mirror
        self._show()
        self._show()
        places, views = self._setting.places, self._show()
        places = map_keypoints(places, views.maps, views.is_mirrored, mirror)
        return draw_targets(places, torch.ones_like(places[..., 0]), self._grid, _SIGMA).heatmaps

    def _show(self) -> Views:
        views = draw_maps(PAPER_VIEW, self._setting.seeds, CANVAS, SIZE)
        show(self._setting.canvases, views, Appearance(PAPER_COLOURS), self._setting.seeds)
        return views

    def pseudo_labels(self) -> Tensor:
        back = map_back(self._setting.heatmaps, self._views, self._grid, self._points.mirror)
        labels = find_pseudo_labels(back.heatmaps, "sub_pixel")
        confidence_mask(labels.confidence, confidence_threshold(labels.confidence, 0.5, "keypoint"))
        return rectify(labels, 64, _SIGMA)

    def occlusion(self) -> Tensor:
        cells, views = to_pixels(self._labels.cells, self._grid), self._views
        places = map_keypoints(cells, views.from_plain, views.is_mirrored, self._points.mirror)
        rule = OcclusionRule(threshold=0.5)
        confidence = self._labels.confidence
        return hide_keypoints(self._pictures, places, confidence, rule, self._setting.seeds)

    def supervision(self) -> Tensor:
        heatmaps = _leaf(self._setting.heatmaps)
        targets = Targets(self._pseudo, torch.ones_like(heatmaps[..., 0, 0]))
        return _back(supervision_loss(heatmaps, targets))

    def consistency(self) -> Tensor:
        back = map_back(_leaf(self._setting.heatmaps), self._views, self._grid, self._points.mirror)
        weights = torch.ones_like(self._labels.confidence)
        return _back(consistency_loss(back.heatmaps, self._pseudo, weights, back.valid))

    def bones(self) -> Tensor:
        return _back(prior_loss(self._infant_points(), lambda bones: bones.sum(dim=(1, 2))))

    def prior(self) -> Tensor:
        return _back(self._prior(_leaf(self._bones)).mean())

    def silhouette(self) -> Tensor:
        """From heat-maps to keypoints and from the area to the loss, both ways."""
        points, area = self._infant_points(), _leaf(self._logits)
        maps = plain_maps(self._setting.seeds, CANVAS, area.shape[-1])
        seen = SeenInfant(warp(self._infant, maps, area.shape[-1]))
        return _back(visibility_loss(area, seen, MaskBand()) + points.sum())

    def generator(self) -> Tensor:
        return _back(self._area(_leaf(self._places)).sum())

    def follow(self) -> None:
        self._mean_teacher.follow(0.999)

    def _infant_points(self) -> Tensor:
        cells = soft_argmax(_leaf(self._setting.heatmaps))
        return self._points.infant(to_pixels(cells, self._grid))


def _leaf(heatmaps: Tensor) -> Tensor:
    return heatmaps.detach().requires_grad_()


def _back(loss: Tensor) -> Tensor:
    loss.backward()
    return loss
