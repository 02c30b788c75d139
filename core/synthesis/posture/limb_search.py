"""Find angles of two limbs, left and right, that do what is wanted: rest, touch, keep clear.

Random search: many variations of the wanted angles are posed at once, the best one is varied
again, less and less. Contacts end within millimetres, and what cannot be had is missed gracefully.
"""

from dataclasses import dataclass

import numpy as np

from core.synthesis.posture.figure import Array, Placed
from core.synthesis.posture.joint_limits import clipped
from core.synthesis.posture.limbs import Limbs, PlacedLimbs

CANDIDATES = 32  # of each limb in each round
ROUNDS = (1.0, 0.4, 0.13, 0.04)  # how far each round looks, of the wish's slack
_AIMED_ROUNDS = 2  # in which candidates are first bent so that they meet their target
GIVE = 0.006  # flesh and mattress give way by this share of a limb's length

# What a candidate pays, per limb length (or square of deviation in slacks).
COST_SUNK, COST_FLOATING, COST_MISSED, COST_INSIDE = 90.0, 40.0, 25.0, 80.0
COST_TILTED, COST_DEVIATION = 3.0, 0.3


@dataclass(frozen=True, eq=False)
class LimbWishes:
    """What two limbs of n joints should do.

    angles, slack (2, n, 3) degrees: the pose wanted, and how gladly it gives way; rests (2, n):
    how much each segment wants to touch the support; targets (2, 3) world metres: where the tips
    go, or NaN; flat (2,): how much the sole wants to lie on the support.
    """

    angles: Array
    slack: Array
    rests: Array
    targets: Array
    flat: Array


@dataclass(frozen=True, eq=False)
class Obstacles:
    """Capsules in the world that limbs keep out of: start, end (M, 3), radius (M,)."""

    start: Array
    end: Array
    radius: Array

    def depth(self, balls: Array, radius: Array) -> Array:
        """How deep balls (..., 3) of a radius (...) lie inside, summed over obstacles, (...)."""
        along = self.end - self.start
        square = np.maximum((along * along).sum(-1), 1e-12)
        forward = balls @ along.T - (self.start * along).sum(-1)
        share = np.clip(forward / square, 0, 1)
        from_start = (balls * balls).sum(-1, keepdims=True) - 2 * balls @ self.start.T
        from_start += (self.start * self.start).sum(-1)
        apart = np.sqrt(np.maximum(from_start + share * (share * square - 2 * forward), 0))
        return np.maximum(radius[..., None] + self.radius - apart, 0).sum(-1)


@dataclass(frozen=True, eq=False)
class LimbSearch:
    """Two limbs on a placed body, what they should do and what is in their way."""

    limbs: Limbs
    body: Placed
    wishes: LimbWishes
    obstacles: Obstacles
    floor: float = 0.0

    def run(self, rng: np.random.Generator) -> tuple[Array, Array]:
        """The best angles found (2, n, 3), and what they cost (2,)."""
        best, paid = self.wishes.angles, np.zeros(2)
        for number, reach in enumerate(ROUNDS):
            noise = rng.standard_normal((2, CANDIDATES, *best.shape[1:]))
            noise[:, 0] = 0.0
            tried = best[:, None] + reach * self.wishes.slack[:, None] * noise
            tried = clipped(tried, *self.limbs.bounds)
            if number < _AIMED_ROUNDS:
                tried = self._aimed(self._levelled(tried))
            costs = self.cost(tried)
            at = costs.argmin(axis=1)
            best, paid = tried[[0, 1], at], costs[[0, 1], at]
        return best, paid

    def cost(self, angles: Array) -> Array:
        """What candidates (2, K, n, 3) pay, (2, K)."""
        placed, length = self.limbs.placed(self.body, angles), self.limbs.length
        heights = (placed.heights() - self.floor) / length
        cost = COST_SUNK * np.maximum(-heights - GIVE, 0).sum(-1)
        cost += COST_FLOATING * (self.wishes.rests[:, None] * np.maximum(heights, 0)).sum(-1)
        inside = self.obstacles.depth(placed.beads(), self.limbs.bead_radius[:, None])
        cost += COST_INSIDE / length * inside.sum(-1)
        cost += COST_MISSED / length * self._missed(placed)
        cost += COST_TILTED * self.wishes.flat[:, None] * (1 - placed.turns[..., -1, 2, 2])
        return cost + self._deviation(angles)

    def _levelled(self, angles: Array) -> Array:
        is_flat = self.wishes.flat > 0
        if not is_flat.any():
            return angles
        aimed = self._aimed(angles)
        level = clipped(self.limbs.levelled(self.body, aimed), *self.limbs.bounds)
        return np.where(is_flat[:, None, None, None], level, angles)

    def _aimed(self, angles: Array) -> Array:
        has_target = np.isfinite(self.wishes.targets[:, 0])
        if not has_target.any():
            return angles
        targets = np.nan_to_num(self.wishes.targets)
        aimed = clipped(self.limbs.aimed(self.body, angles, targets), *self.limbs.bounds)
        return np.where(has_target[:, None, None, None], aimed, angles)

    def _missed(self, placed: PlacedLimbs) -> Array:
        away = placed.tips() - self.wishes.targets[:, None]
        return np.nan_to_num(np.sqrt((away * away).sum(-1)))

    def _deviation(self, angles: Array) -> Array:
        off = (angles - self.wishes.angles[:, None]) / np.maximum(self.wishes.slack[:, None], 1.0)
        return COST_DEVIATION * (off * off).mean(axis=(-1, -2))
