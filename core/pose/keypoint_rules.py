"""From the keypoints that a network or a data set has to the 16 of SHIFT, by name.

Limb keypoints keep their place. Pelvis and neck are midpoints of hips and shoulders, the thorax
lies 0.4 of the way from neck to pelvis, the head is the midpoint of the ears. As a label the head
is missing without both ears; a prediction takes the best point of the face instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import Skeleton, shipped_skeleton

THORAX_FROM_NECK = 0.4
_EAR_IS_THERE = 0.3  # a MoveNet ear below this is a guess behind the head
_FACE = ("left_ear", "right_ear", "left_eye", "right_eye", "nose")


@dataclass(frozen=True, eq=False)
class Keypoints:
    """N sets of K named keypoints: xy (N, K, 2), confidence (N, K), 0 where a point is missing."""

    names: tuple[str, ...]
    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]

    def has(self, *names: str) -> bool:
        """Whether all these names are among the keypoints."""
        return set(names) <= set(self.names)

    def part(self, name: str) -> "_Point":
        """One keypoint of all N sets."""
        at = self.names.index(name)
        return _Point(self.xy[:, at], self.confidence[:, at])


@dataclass(frozen=True, eq=False)
class _Point:
    """One keypoint in N sets: xy (N, 2), confidence (N,)."""

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]

    def towards(self, other: "_Point", share: float) -> "_Point":
        """The point this share of the way to `other`; only as sure as the worse end."""
        return _Point(
            (self.xy + share * (other.xy - self.xy)).astype(np.float32),
            np.minimum(self.confidence, other.confidence),
        )

    def where(self, is_chosen: NDArray[np.bool_], other: "_Point") -> "_Point":
        """This point in the chosen sets, `other` elsewhere."""
        return _Point(
            np.where(is_chosen[:, None], self.xy, other.xy),
            np.where(is_chosen, self.confidence, other.confidence),
        )


def predicted_infant(points: Keypoints, skeleton: Skeleton | None = None) -> Keypoints:
    """The 16 keypoints of a network; a head without two sure ears is the best point of the face."""
    head = _predicted_head(points) if points.has(*_FACE) else None
    return _assembled(points, head, skeleton or shipped_skeleton())


def labelled_infant(points: Keypoints, skeleton: Skeleton | None = None) -> Keypoints:
    """The 16 keypoints of labels (confidence 1 or 0); what a set does not have stays missing."""
    ears = ("left_ear", "right_ear")
    head = points.part(ears[0]).towards(points.part(ears[1]), 0.5) if points.has(*ears) else None
    return _assembled(points, head, skeleton or shipped_skeleton())


def _assembled(points: Keypoints, head: _Point | None, skeleton: Skeleton) -> Keypoints:
    found = {name: points.part(name) for name in skeleton.keypoints if points.has(name)}
    for name, first, second, share in (
        ("pelvis", "left_hip", "right_hip", 0.5),
        ("neck", "left_shoulder", "right_shoulder", 0.5),
        ("thorax", "neck", "pelvis", THORAX_FROM_NECK),
    ):
        if name not in found and first in found and second in found:
            found[name] = found[first].towards(found[second], share)
    if head is not None:
        found.setdefault("head", head)
    return _stacked(skeleton.keypoints, found, len(points.xy))


def _stacked(names: Sequence[str], found: dict[str, _Point], count: int) -> Keypoints:
    missing = _Point(np.full((count, 2), np.nan, np.float32), np.zeros(count, np.float32))
    parts = [found.get(name, missing) for name in names]
    confidence = np.stack([part.confidence for part in parts], axis=1).astype(np.float32)
    xy = np.stack([part.xy for part in parts], axis=1).astype(np.float32)
    xy[confidence <= 0] = np.nan
    return Keypoints(tuple(names), xy, confidence)


def _predicted_head(points: Keypoints) -> _Point:
    left, right = points.part("left_ear"), points.part("right_ear")
    both = np.minimum(left.confidence, right.confidence) >= _EAR_IS_THERE
    return left.towards(right, 0.5).where(both, _surest(points, _FACE))


def _surest(points: Keypoints, names: Sequence[str]) -> _Point:
    at = [points.names.index(name) for name in names]
    best = points.confidence[:, at].argmax(axis=1)
    rows = np.arange(len(best))
    return _Point(points.xy[:, at][rows, best], points.confidence[:, at][rows, best])
