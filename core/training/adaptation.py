"""One step of SHIFT, top to bottom: what the student should have seen (METHOD 1.2, 3.4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from core.models.heatmap_grid import HeatmapGrid
from core.networks.load import PoseNetwork
from core.pose.skeleton import shipped_skeleton
from core.training.adapt_recipe import AdaptRecipe
from core.training.batch import Batch
from core.training.data.canvas import CANVAS
from core.training.full_precision import full_precision
from core.training.objectives.gaussian_targets import (
    draw_targets,
    target_sigma,
    to_pixels,
)
from core.training.objectives.heatmap_losses import consistency_loss, label_loss
from core.training.objectives.loss_terms import LossTerms
from core.training.objectives.network_points import NetworkPoints
from core.training.objectives.pose_losses import MaskBand, SeenInfant, prior_loss, visibility_loss
from core.training.objectives.pseudo_labels import (
    Gather,
    PseudoLabels,
    confidence_mask,
    confidence_threshold,
    find_pseudo_labels,
    rectify,
)
from core.training.objectives.soft_argmax import soft_argmax
from core.training.views.affine_maps import map_points
from core.training.views.hashed_draws import fork
from core.training.views.occlusion import hide_keypoints
from core.training.views.style.style_transfer import StyleChange, style_transfer
from core.training.views.view_maps import Views, draw_maps, map_keypoints, plain_maps, swap_sides
from core.training.views.view_pictures import Appearance, show
from core.training.views.view_ranges import ColourRanges, ViewRanges
from core.training.views.warp import MappedBack, map_back, warp


@dataclass(frozen=True, eq=False)
class Judges:
    """The frozen networks besides the teacher; None where one is not at hand.

    prior: bone vectors (B, 13, 2) -> distance (B,) from poses of infants. area: the 16 keypoints
    (B, 16, 2) in [-1, 1] of the plain view -> logits (B, 1, h, h) of the silhouette they fill.
    style: what style.kind "adain" needs.
    """

    prior: Callable[[Tensor], Tensor] | None = None
    area: Callable[[Tensor], Tensor] | None = None
    style: StyleChange | None = None


class Adaptation:
    """The student's losses in one step; knows nothing of optimisers."""

    def __init__(
        self,
        student: PoseNetwork,
        teacher: PoseNetwork,
        recipe: AdaptRecipe,
        judges: Judges,
        gather: Gather | None = None,
    ) -> None:
        """Student and teacher are of one architecture, on one device.

        Raises ValueError where the recipe wants a style whose network is not at hand.
        """
        card = student.card
        device = next(student.module.parameters()).device
        self._student, self._teacher = student, teacher
        self._recipe, self._judges, self._gather = recipe, judges, gather
        self._size = card.input_size
        self._grid = HeatmapGrid.of(card)
        self._sigma = target_sigma(card.architecture)
        self._points = NetworkPoints.of(shipped_skeleton(card.skeleton), device)
        self._weights = recipe.weights.of_mode(recipe.mode)
        self._style = style_transfer(recipe.style, judges.style)

    def losses(self, source: Batch | None, target: Batch) -> LossTerms:
        """Every term that has a weight."""
        weights, style = self._weights, self._recipe.style
        supervised = None
        if source and weights.is_active("source"):
            supervised = self._supervised(self._styled(source, target, style.source))
        if not any(weights.is_active(t) for t in ("consistency", "prior", "visibility", "target")):
            return LossTerms(source=supervised)
        views = self._views(self._recipe.student_view, target, "student")
        pseudo = self._pseudo_labels(self._styled(target, source, style.teacher))
        pictures = self._student_pictures(target, views, pseudo)
        heatmaps = self._student.heatmaps(pictures).float()
        with full_precision(heatmaps):
            is_sure, is_labelled = self._is_sure(pseudo), self._is_labelled(target)
            trust = is_sure * (1 - is_labelled)
            pose = self._pose(heatmaps, views, pseudo, trust + is_labelled)
            return LossTerms(
                source=supervised,
                consistency=self._consistency(heatmaps, views, pseudo, trust),
                prior=self._prior(pose),
                visibility=self._visibility(pose, target),
                target=self._corrected(heatmaps, target, views),
            )

    def total(self, terms: LossTerms) -> Tensor:
        """The weighted sum that the student descends."""
        return terms.total(self._weights)

    def _styled(self, batch: Batch, others: Batch | None, share: float) -> Batch:
        """The canvases, a share of them in the style of the others; all else stays where it is.

        Canvases rather than views, which have black corners that are nobody's style.
        """
        if self._style is None or not share:
            return batch
        assert others is not None  # the recipe wants the source's term wherever it wants a style
        return replace(
            batch, pictures=self._style(batch.pictures, others.pictures, share, batch.seeds)
        )

    def _supervised(self, batch: Batch) -> Tensor:
        recipe = self._recipe
        views = self._views(recipe.source_view, batch, "source")
        pictures = self._show(batch, views, recipe.source_colours, "source")
        places, weights = self._labels(batch, views)
        if recipe.source_occlusion:
            seeds = fork(batch.seeds, "hide labelled")
            pictures = hide_keypoints(pictures, places, weights, recipe.source_occlusion, seeds)
        return self._against_labels(self._student.heatmaps(pictures), places, weights)

    @torch.no_grad()
    def _pseudo_labels(self, batch: Batch) -> PseudoLabels:
        """Peaks of the mean of the teacher's maps, each cell's over the views that reach it."""
        taught = [self._taught(batch, number) for number in range(self._recipe.teacher_views)]
        with full_precision(taught[0].heatmaps):
            reached = torch.stack([view.valid for view in taught]).sum(0).clamp_min(1)
            shown = torch.stack([view.heatmaps * view.valid for view in taught]).sum(0)
            return find_pseudo_labels(shown / reached, self._recipe.pseudo_labels.rectifying)

    def _taught(self, batch: Batch, number: int) -> MappedBack:
        """The teacher's maps of one of its views, in the plain view."""
        recipe, purpose = self._recipe, f"teacher {number}"
        views = self._views(recipe.teacher_view, batch, purpose)
        pictures = self._show(batch, views, recipe.teacher_colours, purpose)
        heatmaps = self._teacher.heatmaps(pictures).float()
        with full_precision(heatmaps):
            return map_back(heatmaps, views, self._grid, self._points.mirror)

    def _student_pictures(self, batch: Batch, views: Views, pseudo: PseudoLabels) -> Tensor:
        """The student's views, a sure keypoint hidden in some of them."""
        pictures = self._show(batch, views, self._recipe.student_colours, "student")
        places = map_points(to_pixels(pseudo.cells, self._grid), views.from_plain)
        return hide_keypoints(
            pictures, places, pseudo.confidence, self._recipe.occlusion, fork(batch.seeds, "hide")
        )

    def _is_sure(self, pseudo: PseudoLabels) -> Tensor:
        """1.0 for pseudo-labels (B, K) that the teacher is sure of."""
        rule = self._recipe.pseudo_labels
        least = confidence_threshold(pseudo.confidence, rule.rejected, rule.grouping, self._gather)
        return confidence_mask(pseudo.confidence, least, rule.least)

    def _is_labelled(self, batch: Batch) -> Tensor:
        """1.0 for keypoints (B, K) that a person has labelled, which is surer than any teacher."""
        if not self._weights.is_active("target"):
            return torch.zeros((), device=batch.xy.device)
        return self._points.labels(torch.nan_to_num(batch.xy), batch.labelled)[1]

    def _consistency(
        self, heatmaps: Tensor, views: Views, pseudo: PseudoLabels, trust: Tensor
    ) -> Tensor | None:
        if not self._weights.is_active("consistency"):
            return None
        plain = map_back(heatmaps, views, self._grid, self._points.mirror)
        labels = rectify(pseudo, self._grid.size, self._sigma)
        return consistency_loss(plain.heatmaps, labels, trust, plain.valid)

    def _pose(self, heatmaps: Tensor, views: Views, pseudo: PseudoLabels, known: Tensor) -> Tensor:
        """The 16 keypoints (B, 16, 2) in pixels of the plain view for prior and visibility.

        The student's own, with gradients, are those that nothing else teaches; where it has a
        pseudo-label or a label, `known` (B, K) over 0, and where its view does not reach, the
        teacher's place stands in. The recipe may ask for the student's own everywhere.
        """
        places = to_pixels(self._places(heatmaps), self._grid)
        mirror = self._points.mirror
        plain = map_keypoints(places, views.to_plain, views.is_mirrored, mirror)
        taught = to_pixels(pseudo.cells, self._grid)
        shown = map_points(taught, views.from_plain)
        is_shown = ((shown >= 0) & (shown < self._size)).all(-1)
        is_own = is_shown & (known == 0) if self._recipe.judged == "doubted" else is_shown
        return self._points.infant(torch.where(is_own.unsqueeze(-1), plain, taught))

    def _places(self, heatmaps: Tensor) -> Tensor:
        """Peaks (B, K, 2) in cells; gradients are as large for faint ones as for clear ones.

        In maps that are a network's plain outputs the faintest would have by far the largest; a
        sigmoid behind them evens that out.
        """
        places = soft_argmax(heatmaps)
        if self._student.gives_logits:
            return places
        peak = heatmaps.detach().amax(dim=(2, 3)).clamp(0, 1).unsqueeze(-1)
        return places.detach() + peak * (places - places.detach())

    def _prior(self, pose: Tensor) -> Tensor | None:
        if not self._weights.is_active("prior"):
            return None
        assert self._judges.prior is not None  # the recipe was checked against the judges
        known = self._points.is_known.expand(len(pose), -1)
        return prior_loss(pose, self._judges.prior, known=known)

    def _visibility(self, pose: Tensor, batch: Batch) -> Tensor | None:
        if not self._weights.is_active("visibility"):
            return None
        assert self._judges.area is not None
        area = self._judges.area(pose * (2 / self._size) - 1)
        maps = plain_maps(batch.seeds, CANVAS, area.shape[-1])
        seen = SeenInfant(warp(batch.infant, maps, area.shape[-1]))
        return visibility_loss(area, seen, MaskBand())

    def _corrected(self, heatmaps: Tensor, batch: Batch, views: Views) -> Tensor | None:
        if not self._weights.is_active("target"):
            return None
        return self._against_labels(heatmaps, *self._labels(batch, views))

    def _labels(self, batch: Batch, views: Views) -> tuple[Tensor, Tensor]:
        """Places (B, K, 2) in the views' pixels of the network's keypoints, and weights (B, K)."""
        mirror = self._points.infant_mirror
        xy = torch.nan_to_num(batch.xy)
        places = map_keypoints(xy, views.maps, views.is_mirrored, mirror)
        weights = swap_sides(batch.labelled, views.is_mirrored, mirror)
        return self._points.labels(places, weights)

    def _against_labels(self, heatmaps: Tensor, places: Tensor, weights: Tensor) -> Tensor:
        with full_precision(heatmaps):
            targets = draw_targets(places, weights, self._grid, self._sigma)
            return label_loss(heatmaps, targets, self._recipe.label_loss)

    def _views(self, ranges: ViewRanges, batch: Batch, purpose: str) -> Views:
        return draw_maps(ranges, fork(batch.seeds, purpose), CANVAS, self._size)

    def _show(self, batch: Batch, views: Views, colours: ColourRanges, purpose: str) -> Tensor:
        return show(batch.pictures, views, Appearance(colours), fork(batch.seeds, purpose))
