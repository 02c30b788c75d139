"""A few frames of the target for pictures, the same in every run."""

import hashlib

import torch

from core.training.batch import Batch, BatchSource
from core.training.data.canvas_set import CanvasSet
from core.training.loop.order import Order

_MOST = 6


def shown_frames(canvases: CanvasSet, device: torch.device) -> Batch:
    """The first six by a hash of their names; all where there are fewer."""
    by_hash = sorted(range(len(canvases)), key=lambda number: _hash(canvases.names[number]))
    chosen = canvases.subset(by_hash[:_MOST])
    return BatchSource(chosen, Order(0, len(chosen)), device).batch(0, len(chosen))


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
