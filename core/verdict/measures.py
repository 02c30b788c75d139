"""What held-out frames tell of two models without labels, one number for each frame and model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.prediction.consensus import consensus
from core.training.adaptation import Judges
from core.training.choice.anatomy import LIMB_BONES
from core.training.choice.judging import mean_plausibility, silhouette_overlap
from core.verdict.watched import SeenByOne, Watched
from core.verdict.watching import RIGHT

Values = NDArray[np.float64]

_VOTE: Final = 0.03  # width of a look's vote, in sides of the square; that of the product
_TIGHT: Final = 0.025  # spread of looks below which their common place is trusted
GROUPS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
_FARTHEST: Final = 0.1  # a point farther off is simply elsewhere


@dataclass(frozen=True)
class Kind:
    """One kind of evidence: its key, what it says in words for users, and which way is good."""

    name: str
    words: str
    higher_is_better: bool = True
    unit: str = "%"


AGREEMENT = Kind(
    "agreement", "Single looks that meet the old model's joint opinion of seven others"
)
KEPT = Kind("kept", "Points left where the old model was sure")
VIEWS = Kind("views", "Points on which the model agrees with itself when the picture is turned")
JITTER = Kind("jitter", "Trembling from frame to frame, of the infant's size", False)
BONES = Kind("bones", "How much bones change their length within a recording", False)
PRIOR = Kind("plausibility", "Plausibility of the poses for an infant")
SILHOUETTE = Kind("silhouette", "Overlap of the pose with the infant's outline")
KINDS = (AGREEMENT, KEPT, VIEWS, JITTER, BONES, PRIOR, SILHOUETTE)


@dataclass(frozen=True, eq=False)
class Measure:
    """One kind of evidence by N moments, (N,) each; NaN where a moment says nothing."""

    kind: Kind
    before: Values
    after: Values

    def part(self, chosen: NDArray[np.bool_]) -> "Measure":
        """Some of the moments."""
        return Measure(self.kind, self.before[chosen], self.after[chosen])


def measured(watched: Watched, judges: Judges) -> list[Measure]:
    """All kinds of evidence without labels that can be had."""
    before, after = (own_values(one, watched, judges) for one in (watched.before, watched.after))
    own = [Measure(kind, before[kind], after[kind]) for kind in before]
    return [*against_base(watched), *own]


def against_base(watched: Watched) -> list[Measure]:
    """How far both models say what the old one's other views say, everywhere and where sure."""
    jury, is_sure = _jury(watched.before)
    return [
        _by_both(AGREEMENT, watched, lambda one: _near(one, jury, np.ones_like(is_sure))),
        _by_both(KEPT, watched, lambda one: _near(one, jury, is_sure)),
    ]


def own_values(seen: SeenByOne, watched: Watched, judges: Judges) -> dict[Kind, Values]:
    """What can be told of one model alone, in per cent, (N,) each."""
    found = {VIEWS: _own_agreement(seen), JITTER: _jitter(seen), BONES: _bones(seen, watched)}
    if judges.prior is not None:
        found[PRIOR] = _plausibility(seen, judges)
    if judges.area is not None:
        found[SILHOUETTE] = _overlap(seen, watched, judges)
    return {kind: 100 * values for kind, values in found.items()}


def view_groups(watched: Watched) -> list[Measure]:
    """How far a model agrees with itself at each kind of keypoint."""
    skeleton = shipped_skeleton()
    found: list[Measure] = []
    for group in GROUPS:
        at = skeleton.indices(f"left_{group}", f"right_{group}")
        kind = Kind(group, f"{group.capitalize()}s")
        found.append(_by_both(kind, watched, lambda one, at=at: _own_agreement(one, at)))
    return found


def _by_both(kind: Kind, watched: Watched, measure: Callable[[SeenByOne], Values]) -> Measure:
    return Measure(kind, 100 * measure(watched.before), 100 * measure(watched.after))


def _jury(base: SeenByOne) -> tuple[Values, NDArray[np.bool_]]:
    """Where the old model's looks but the plain one agree (N, 16, 2); is it sure there, (N, 16).

    Without the plain look, which would otherwise vote for itself and for nobody else.
    """
    others = [
        consensus(views[1:].astype(np.float32), confidence[1:].astype(np.float32), _VOTE)[0]
        for views, confidence in zip(base.views, base.confidence, strict=True)
    ]
    return np.stack(others).astype(np.float64), _spread(base.views[:, 1:]) < _TIGHT


def _spread(views: Values) -> Values:
    """Root mean square distance of looks (N, V, 16, 2) from their mean, (N, 16)."""
    apart = views - views.mean(axis=1, keepdims=True)
    return np.sqrt((apart**2).sum(axis=-1).mean(axis=1))


def _near(seen: SeenByOne, jury: Values, counts: NDArray[np.bool_]) -> Values:
    """Share of the limb points that count which lie where the jury has them, (N,)."""
    is_near = np.linalg.norm(seen.plain - jury, axis=-1) < RIGHT
    return _share(_limbs(is_near), _limbs(counts))


def _own_agreement(seen: SeenByOne, points: list[int] | None = None) -> Values:
    """Share of some points, of the limb points, on which all looks agree, (N,)."""
    agrees = _spread(seen.views) < RIGHT
    return (_limbs(agrees) if points is None else agrees[:, points]).mean(axis=1)


def _jitter(seen: SeenByOne) -> Values:
    """Mean second difference of the limb points over three frames; NaN for single pictures."""
    first, middle, last = np.moveaxis(seen.run, 1, 0)
    bent = np.linalg.norm(first - 2 * middle + last, axis=-1)
    return np.minimum(_limbs(bent), _FARTHEST).mean(axis=1)


def _bones(seen: SeenByOne, watched: Watched) -> Values:
    """How far limb bones are from their median within the recording, in shares of it, (N,)."""
    skeleton = shipped_skeleton()
    ends = [
        skeleton.indices(f"{side}_{start}", f"{side}_{end}")
        for side in ("left", "right")
        for start, end in LIMB_BONES
    ]
    starts, stops = np.array(ends).T
    lengths = np.linalg.norm(seen.plain[:, starts] - seen.plain[:, stops], axis=-1)
    lengths = lengths * watched.side[:, None]  # in pixels: the camera stands still
    found = np.empty(len(lengths))
    for recording in np.unique(watched.recording):
        own = watched.recording == recording
        middle = np.maximum(np.median(lengths[own], axis=0), 1e-6)
        found[own] = np.minimum(np.abs(lengths[own] / middle - 1), 1).mean(axis=1)
    return found


def _plausibility(seen: SeenByOne, judges: Judges) -> Values:
    assert judges.prior is not None
    places, known = torch.from_numpy(seen.plain).float(), torch.ones(16, dtype=torch.bool)
    prior, device = judges.prior, torch.device("cpu")
    return np.array([mean_plausibility(one[None], known, prior, device) for one in places])


def _overlap(seen: SeenByOne, watched: Watched, judges: Judges) -> Values:
    assert judges.area is not None
    places, area, device = torch.from_numpy(seen.plain).float(), judges.area, torch.device("cpu")
    found = [
        silhouette_overlap(one[None], mask[None], area, device)
        for one, mask in zip(places, watched.infant, strict=True)
    ]
    return np.array([np.nan if one is None else one for one in found])


def _limbs(values: NDArray) -> NDArray:
    """The columns of (N, 16) that PCK averages over."""
    return values[:, shipped_skeleton().limb_indices]


def _share(is_so: NDArray[np.bool_], counts: NDArray[np.bool_]) -> Values:
    """Share of those that count (N, K), NaN where none does, (N,)."""
    total = counts.sum(axis=1)
    found = (is_so & counts).sum(axis=1) / np.maximum(total, 1)
    return np.where(total > 0, found, np.nan)
