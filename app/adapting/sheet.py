"""A job's contact sheet taken apart: a row for each held-out frame, square panels in it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from core.errors import BadInput

PANEL: Final = 256  # side of a panel in pixels
PITCH: Final = 260  # from one panel to the next

Row = tuple[QImage, ...]


@dataclass(frozen=True)
class Sheet:
    """What a model found after so many steps: the same frames in every sheet of a job."""

    step: int
    rows: tuple[Row, ...]


def read_picture(path: Path) -> QImage:
    """A picture of a job's folder; slow, so for a thread. Raises BadInput."""
    image = QImage(str(path))
    if image.isNull():
        raise BadInput(f"{path}: this picture is missing or cannot be read.")
    return image


def read_sheet(path: Path, step: int) -> Sheet:
    """The sheet of a step; raises BadInput."""
    return Sheet(step, panels(read_picture(path)))


def panels(sheet: QImage) -> tuple[Row, ...]:
    """Its panels, row by row; a picture of another make is one panel."""
    width, height = sheet.width(), sheet.height()
    if width % PITCH or height % PITCH:
        return ((sheet,),)
    return tuple(
        tuple(sheet.copy(QRect(x, y, PANEL, PANEL)) for x in range(0, width, PITCH))
        for y in range(0, height, PITCH)
    )
