"""A set at a glance: up to 64 of its pictures on one sheet, and once more with their labels."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.atomic_file import replacing
from core.pose.palette import HALO, RGB, SIDE_COLOURS, SILHOUETTE
from core.pose.pose_track import Visibility
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.shards.reader import ShardSet
from core.shards.sample import SampleLabels, SyntheticSample

SHEET, LABELS_SHEET = "contact_sheet.png", "contact_sheet_labels.png"
CELLS: Final = 64

_COLUMNS: Final = 8
_LARGEST_CELL: Final = 256  # pixels
_COVERED: Final[RGB] = (250, 220, 80)  # outline of the full silhouette, where something lies over
_RADIUS: Final = 3  # of a keypoint, pixels of the sheet
_SHIFT: Final = 4  # OpenCV draws at sixteenths of a pixel

Picture = NDArray[np.uint8]


def write_contact_sheets(samples: ShardSet, folder: Path, *, with_skeletons: bool) -> None:
    """Write both sheets of a set; raises NoSpace, or BadInput if a sample is damaged."""
    plain: list[Picture] = []
    labelled: list[Picture] = []
    for number in _shown(samples):
        sample = samples[number]
        cell = _cell(sample)
        labelled.append(_with_labels(cell.copy(), sample))
        plain.append(_with_skeleton(cell, sample.labels) if with_skeletons else cell)
    for name, cells in ((SHEET, plain), (LABELS_SHEET, labelled)):
        with replacing(folder / name) as part:
            Image.fromarray(_grid(cells)).save(part)


def _shown(samples: ShardSet) -> Iterable[int]:
    """The first stills; of clips, frames spread over all of them."""
    shown = min(len(samples), CELLS)
    if not samples.labels(0).clip:
        return range(shown)
    return (number * len(samples) // shown for number in range(shown))


def _cell(sample: SyntheticSample) -> Picture:
    size = _cell_size(sample.labels)
    return np.asarray(cv2.resize(sample.image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _cell_size(labels: SampleLabels) -> tuple[int, int]:
    scale = _scale(labels)
    return max(round(labels.width * scale), 1), max(round(labels.height * scale), 1)


def _scale(labels: SampleLabels) -> float:
    return min(_LARGEST_CELL / max(labels.width, labels.height), 1.0)


def _grid(cells: list[Picture]) -> Picture:
    """Cells row by row, all of one size."""
    height, width = cells[0].shape[:2]
    columns = min(_COLUMNS, len(cells))
    sheet = np.zeros((-(-len(cells) // columns) * height, columns * width, 3), np.uint8)
    for number, cell in enumerate(cells):
        y, x = number // columns * height, number % columns * width
        sheet[y : y + height, x : x + width] = cell
    return sheet


def _with_labels(cell: Picture, sample: SyntheticSample) -> Picture:
    for mask, colour in ((sample.full, _COVERED), (sample.visible, SILHOUETTE)):
        if mask is not None:
            _outline(cell, mask, colour)
    for name, xy, seen in _points(sample.labels):
        colour = SIDE_COLOURS[_skeleton().side(name)]
        thickness = -1 if seen == Visibility.SEEN else 1
        _circle(cell, xy, _RADIUS + 1, HALO, thickness)
        _circle(cell, xy, _RADIUS, colour, thickness)
    return cell


def _with_skeleton(cell: Picture, labels: SampleLabels) -> Picture:
    places = {name: xy for name, xy, _ in _points(labels)}
    for start, end in _skeleton().bones:
        if start in places and end in places:
            ends = _fixed(places[start]), _fixed(places[end])
            cv2.line(cell, *ends, _bone_colour(start, end), 1, cv2.LINE_AA, _SHIFT)
    return cell


def _bone_colour(start: str, end: str) -> RGB:
    side = _skeleton().side(start)
    return SIDE_COLOURS[_skeleton().side(end) if side == "middle" else side]


def _points(labels: SampleLabels) -> list[tuple[str, NDArray[np.float64], int]]:
    """Name, place on the cell and visibility of the keypoints inside the picture."""
    places = np.array(labels.xy) * _scale(labels)
    named = zip(_skeleton().keypoints, places, labels.visibility, strict=True)
    return [point for point in named if point[2] != Visibility.ABSENT]


def _outline(cell: Picture, mask: NDArray[np.bool_], colour: RGB) -> None:
    size = cell.shape[1], cell.shape[0]
    small = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    rings, _ = cv2.findContours(small, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(cell, rings, -1, colour, 1)


def _circle(
    cell: Picture, xy: NDArray[np.float64], radius: int, colour: RGB, thickness: int
) -> None:
    cv2.circle(cell, _fixed(xy), radius << _SHIFT, colour, thickness, cv2.LINE_AA, _SHIFT)


def _fixed(xy: NDArray[np.float64]) -> tuple[int, int]:
    """Coordinates -> OpenCV's fixed-point pixel indices."""
    x, y = np.round((xy - 0.5) * (1 << _SHIFT))
    return int(x), int(y)


@cache
def _skeleton() -> Skeleton:
    return shipped_skeleton()
