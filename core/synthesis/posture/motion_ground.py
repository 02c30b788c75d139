"""Keep a moving figure on its support and out of itself, frame by frame."""

import numpy as np

from core.synthesis.posture.collision import depths
from core.synthesis.posture.figure import Array, Placed
from core.synthesis.posture.joint_angles import FLEXION, Angles
from core.synthesis.posture.limbs import Limbs

TOUCHES = 0.003  # metres that a limb may sink in
UP = np.array([85.0, 12.0])  # bend and spread of a shoulder or hip whose limb points at the ceiling
UNBENT = 40.0  # most bend of elbow or knee then
LIFTS = np.linspace(0.0, 1.0, 14) ** 1.5  # shares of the way up that are tried
SMOOTHING = 0.1  # seconds
CALMING, MOST_ROUNDS = 0.7, 10  # how much a movement that collides shrinks, and how often


def lifted(body: Placed, angles: Angles, limbs: Limbs, fps: float) -> Angles:
    """Angles (T, 19, 3) with limbs raised where they would sink in; `body` is placed with them."""
    own = np.moveaxis(angles[:, limbs.chains], 0, 1)  # (2, T, n, 3)
    lowest = np.empty((len(LIFTS), *own.shape[:2]))
    for number, lift in enumerate(LIFTS):
        tried = _towards_up(own, limbs, np.full(own.shape[:2], lift))
        lowest[number] = limbs.placed(body, tried).heights().min(axis=-1) + TOUCHES
    needed = np.stack([over(side, fps) for side in _first_clear(lowest)])
    raised = angles.copy()
    raised[:, limbs.chains] = np.moveaxis(_towards_up(own, limbs, needed), 1, 0)
    return raised


def calmed(body: Placed, angles: Angles, still: Angles, fps: float) -> Angles:
    """Angles (T, 19, 3) drawn to `still` ones around the times when limbs would collide."""
    share = np.ones(len(angles))
    tried = angles
    for _ in range(MOST_ROUNDS):
        pressed = depths(body.figure.placed(tried, body.turns[:, 0], body.joints[:, 0]))
        hit = pressed.max(axis=-1) > 0
        if not hit.any():
            break
        share[hit] *= CALMING
        kept = 1 - over(1 - share, fps)
        tried = still + kept[:, None, None] * (angles - still)
    return tried


def over(course: Array, fps: float) -> Array:
    """A smooth course (T,) that lies nowhere far below the given one."""
    reach = max(1, round(2 * SMOOTHING * fps))
    padded = np.pad(course, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return smooth(windows.max(axis=-1), fps)


def smooth(course: Array, fps: float) -> Array:
    """The course (T,) under a Gaussian window of SMOOTHING seconds."""
    reach = max(1, round(3 * SMOOTHING * fps))
    window = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (SMOOTHING * fps)) ** 2)
    padded = np.pad(course, reach, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid").astype(np.float64)


def _towards_up(own: Array, limbs: Limbs, share: Array) -> Array:
    """Limbs (2, T, n, 3) swung by a share (2, T) of the way to pointing up, hardly bent."""
    swung = own.copy()
    swing, bend = own[:, :, limbs.swinging, :2], own[:, :, limbs.swinging + 1, FLEXION]
    swung[:, :, limbs.swinging, :2] += share[..., None] * (UP - swing)
    swung[:, :, limbs.swinging + 1, FLEXION] += share * np.minimum(UNBENT - bend, 0.0)
    return swung


def _first_clear(lowest: Array) -> Array:
    """The least lift at which heights (lifts, ...) reach 0, between two trials; (...)."""
    at = np.maximum(lowest > 0, np.arange(len(lowest))[:, None, None] == len(lowest) - 1)
    at = at.argmax(axis=0)
    before = np.maximum(at - 1, 0)
    low = np.take_along_axis(lowest, before[None], axis=0)[0]
    high = np.take_along_axis(lowest, at[None], axis=0)[0]
    share = np.clip(-low / np.maximum(high - low, 1e-9), 0, 1)
    return np.where(at == 0, 0.0, LIFTS[before] + share * (LIFTS[at] - LIFTS[before]))
