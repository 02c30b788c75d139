"""Draw keypoints as soft dots and soft strokes, so that gradients reach every keypoint."""

from typing import Final

import torch
from torch import Tensor

_STROKES: Final = (  # numbers of `infant16`: limbs, then the frame of the trunk, then the neck
    (0, 1), (1, 2), (5, 4), (4, 3), (10, 11), (11, 12), (15, 14), (14, 13),
    (2, 12), (3, 13), (2, 3), (12, 13), (6, 8), (8, 9),
)  # fmt: skip
_KEYPOINTS = 16
FIGURE_CHANNELS: Final = _KEYPOINTS + len(_STROKES)
_REACH = 0.3  # of the body's size: the width of the softness
_SMALLEST_BODY = 0.02  # of half a view; less is no body, and would make gradients explode


def draw_figure(points: Tensor, known: Tensor, size: int) -> Tensor:
    """Channels that fall off with the distance from each keypoint and from each stroke.

        exp(-d^2 / (2 (reach * s)^2)),  s = root mean square distance of the points from their mean

    The width follows the body's size, because a limb's thickness does.

    Args:
        points: (B, 16, 2), -1 to 1 from border to border.
        known: (B, 16), 1 or 0; what touches an unknown keypoint is not drawn.
        size: side of the drawing.

    Returns:
        (B, 30, size, size): the 16 keypoints, then the strokes between two of them.
    """
    sizes = body_sizes(points, known).view(-1, 1, 1, 1)
    pixels = _pixel_centres(size, points)
    starts = torch.stack([points[:, a] for a, _ in _STROKES], dim=1)
    ends = torch.stack([points[:, b] for _, b in _STROKES], dim=1)
    squares = torch.cat([_to_points(pixels, points), _to_strokes(pixels, starts, ends)], dim=1)
    is_drawn = torch.stack([known[:, a] * known[:, b] for a, b in _STROKES], dim=1)
    weights = torch.cat([known, is_drawn], dim=1)[:, :, None, None]
    return weights * torch.exp(squares / (-2 * (_REACH * sizes) ** 2))


def body_sizes(points: Tensor, known: Tensor) -> Tensor:
    """How far the known keypoints lie around their mean, (B,)."""
    weights = (known / known.sum(dim=1, keepdim=True).clamp_min(1)).unsqueeze(-1)
    middle = (weights * points).sum(dim=1, keepdim=True)
    squares = (weights * (points - middle).square()).sum(dim=(1, 2))
    return (squares + _SMALLEST_BODY**2).sqrt()


def _pixel_centres(size: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Columns x (1, 1, 1, size) and rows y (1, 1, size, 1)."""
    steps = (torch.arange(size, device=like.device, dtype=like.dtype) + 0.5) * (2 / size) - 1
    return steps.view(1, 1, 1, size), steps.view(1, 1, size, 1)


def _to_points(pixels: tuple[Tensor, Tensor], points: Tensor) -> Tensor:
    """Squared distances (B, K, size, size)."""
    x, y = points[..., None, None].unbind(2)
    return (pixels[0] - x).square() + (pixels[1] - y).square()


def _to_strokes(pixels: tuple[Tensor, Tensor], starts: Tensor, ends: Tensor) -> Tensor:
    """Squared distances from the nearest place on a stroke, (B, S, size, size)."""
    x, y = starts[..., None, None].unbind(2)
    along_x, along_y = (ends - starts)[..., None, None].unbind(2)
    dx, dy = pixels[0] - x, pixels[1] - y
    length = (along_x.square() + along_y.square()).clamp_min(1e-8)
    share = ((dx * along_x + dy * along_y) / length).clamp(0, 1)
    return (dx - share * along_x).square() + (dy - share * along_y).square()
