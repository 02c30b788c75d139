"""How numbers change in the course of a training."""

import math


def warm_cosine(step: int, steps: int, warm_up: float) -> float:
    """The factor of a learning rate: up to 1 in the first share of the steps, then to a hundredth.

    Down it goes along half a cosine.
    """
    done = step / steps
    if done < warm_up:
        return (step + 1) / (warm_up * steps + 1)
    share = (done - warm_up) / max(1 - warm_up, 1e-9)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share))


def growing_decay(decay: float, step: int) -> float:
    """Of a moving average that soon forgets the beginning: from 0.1 up to `decay`."""
    return min(decay, (1 + step) / (10 + step))
