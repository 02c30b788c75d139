"""How far a network agrees with itself over the fixed views, and with the base's jury."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from core.pose.skeleton import shipped_skeleton
from core.training.choice.predictions import Predictions

AGREEING: Final = 0.05  # of the side: the error up to which PCK counts a keypoint as right
SURE: Final = 0.025  # half of it: the jury's own spread up to which its word counts
_FARTHEST = 0.1  # of the side; a keypoint farther off is simply elsewhere


@dataclass(frozen=True, eq=False)
class Jury:
    """The base's mean over its views, frozen: places (N, 16, 2), is_sure (N, 16) bool."""

    places: Tensor
    is_sure: Tensor

    @staticmethod
    def of(base: Predictions) -> "Jury":
        """The base's own views as a jury."""
        return Jury(means(base), spreads(base) < SURE)


def means(found: Predictions) -> Tensor:
    """The mean place of each keypoint over the views that show it, (N, 16, 2)."""
    shown = found.is_shown.unsqueeze(-1)
    return torch.where(shown, found.places, 0.0).sum(0) / shown.sum(0)


def spreads(found: Predictions) -> Tensor:
    """Root mean square distance of the views from their mean, (N, 16) in shares of the side."""
    squares = (found.places - means(found)).square().sum(-1)
    return (torch.where(found.is_shown, squares, 0.0).sum(0) / found.is_shown.sum(0)).sqrt()


def agreeing_share(found: Predictions) -> float:
    """Share of the limbs' keypoints whose views lie within 5 % of the side of their mean."""
    return _share(_limbs(spreads(found), found) < AGREEING)


def capped_spread(found: Predictions) -> float:
    """Mean spread of the limbs' keypoints, each counted as a tenth of the side at most."""
    return float(_limbs(spreads(found), found).clamp_max(_FARTHEST).mean())


def share_with_jury(found: Predictions, jury: Jury) -> float:
    """Share of the limbs' keypoints that the plain view has within 5 % of where the jury has it."""
    return _share(_limbs(_distances(found, jury), found) < AGREEING)


def kept_share(found: Predictions, jury: Jury) -> float | None:
    """The same among those of which the jury is sure; None where it is sure of nothing."""
    is_sure = _limbs(jury.is_sure, found)
    is_near = _limbs(_distances(found, jury), found) < AGREEING
    return _share(is_near[is_sure]) if is_sure.any() else None


def mean_confidence(found: Predictions) -> float:
    """Mean height of the plain view's peaks at the limbs' keypoints, 0 to 1."""
    return float(_limbs(found.confidence[0], found).mean())


def _distances(found: Predictions, jury: Jury) -> Tensor:
    return (found.plain - jury.places).norm(dim=-1)


def _limbs(values: Tensor, found: Predictions) -> Tensor:
    """The columns of (N, 16) that PCK averages over, as far as the network can give them."""
    limbs = torch.from_numpy(shipped_skeleton().limb_indices.copy())
    return values[:, limbs[found.is_known[limbs]]]


def _share(is_so: Tensor) -> float:
    return float(is_so.double().mean())
