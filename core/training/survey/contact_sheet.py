"""A contact sheet of sampled frames, with the points that were found in them."""

from collections.abc import Sequence
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from core.export.pose_drawing import PosePainter
from core.pose.skeleton import Skeleton
from core.training.data.canvas import CANVAS
from core.training.data.sampled_frames import KeptFrame
from core.training.survey.looking import Looked

PANEL = 192  # side of a panel in pixels
_GAP, _ACROSS, _MOST = 4, 6, 24

Picture = NDArray[np.uint8]


def draw_sheet(found: Sequence[Looked], skeleton: Skeleton) -> Picture | None:
    """Up to 24 frames in rows of six, RGB (H, W, 3), recording by recording; None without any."""
    kept = _shown([one.sampled.kept for one in found if one.sampled.kept])
    if not kept:
        return None
    painter = PosePainter.for_pictures(skeleton, CANVAS, CANVAS)
    panels = [_panel(one, painter) for one in kept]
    empty = np.zeros_like(panels[0])
    panels += [empty] * (-len(panels) % min(_ACROSS, len(panels)))
    across = min(_ACROSS, len(panels))
    rows = [np.hstack(panels[at : at + across]) for at in range(0, len(panels), across)]
    return np.vstack(rows)[:-_GAP, :-_GAP]


def _shown(by_recording: Sequence[Sequence[KeptFrame]]) -> list[KeptFrame]:
    """As many of each recording as there is room for, spread over it."""
    each = max(ceil(_MOST / max(len(by_recording), 1)), 1)
    found: list[KeptFrame] = []
    for kept in by_recording:
        count = min(each, len(kept))
        found += [kept[int((at + 0.5) * len(kept) / count)] for at in range(count)]
    return found[:_MOST]


def _panel(one: KeptFrame, painter: PosePainter) -> Picture:
    drawn = one.canvas.image.copy()
    painter.paint(drawn, one.pose)
    small = np.asarray(cv2.resize(drawn, (PANEL, PANEL), interpolation=cv2.INTER_AREA), np.uint8)
    return np.pad(small, ((0, _GAP), (0, _GAP), (0, 0)))
