"""What frames that a person corrected tell of two models, one number for each frame and model."""

import numpy as np
from numpy.typing import NDArray

from core.pose.skeleton import shipped_skeleton
from core.verdict.measures import GROUPS, Kind, Measure, Values
from core.verdict.watched import SeenByOne, Watched
from core.verdict.watching import RIGHT

PCK = Kind("pck", "Points where you placed them, within 5 % of the square about the infant")
ERROR = Kind("error", "Mean distance from where you placed them", False, "px")


def labelled_measures(watched: Watched) -> list[Measure]:
    """Share of right points, and mean error in pixels, over the limb points with a label."""
    limbs = shipped_skeleton().limb_indices
    before, after = _errors(watched.before, watched), _errors(watched.after, watched)
    side = watched.side[:, None]
    return [
        Measure(PCK, right_share(before[:, limbs]), right_share(after[:, limbs])),
        Measure(ERROR, _mean((before * side)[:, limbs]), _mean((after * side)[:, limbs])),
    ]


def labelled_groups(watched: Watched) -> list[Measure]:
    """Share of right points for each kind of keypoint."""
    before, after = _errors(watched.before, watched), _errors(watched.after, watched)
    skeleton = shipped_skeleton()
    found: list[Measure] = []
    for group in GROUPS:
        at = skeleton.indices(f"left_{group}", f"right_{group}")
        kind = Kind(group, f"{group.capitalize()}s")
        found.append(Measure(kind, right_share(before[:, at]), right_share(after[:, at])))
    return found


def right_share(errors: Values) -> Values:
    """Per cent of errors (N, K) in shares of the square that are small; NaN ones have no label."""
    known = np.isfinite(errors)
    right = np.sum(known & (np.nan_to_num(errors) < RIGHT), axis=1)
    return np.where(known.any(axis=1), 100 * right / np.maximum(known.sum(axis=1), 1), np.nan)


def _mean(errors: Values) -> Values:
    known = np.isfinite(errors)
    total = np.where(known, errors, 0).sum(axis=1)
    return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)


def _errors(seen: SeenByOne, watched: Watched) -> NDArray[np.float64]:
    """NaN where there is no label; a broken model's place, which is no number, is a side away."""
    errors = np.linalg.norm(seen.plain - watched.labels, axis=-1)
    has_label = np.isfinite(watched.labels).all(axis=-1)
    return np.where(has_label, np.nan_to_num(errors, nan=1.0, posinf=1.0), np.nan)
