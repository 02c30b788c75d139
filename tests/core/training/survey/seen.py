"""Recordings for a survey: folders of painted infants."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from core.training.data.target_footage import Footage
from core.training.survey.looking import Asked
from core.video.fingerprint import fingerprint
from tests.core.training.data.corrected_study import infant

WALL = np.full((240, 320, 3), 90, np.uint8)


def asked(folder: Path, pictures, **about) -> Asked:
    """A recording of these pictures."""
    folder.mkdir()
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(folder / f"{number:03}.png"), picture[..., ::-1])
    return Asked(Footage(folder, **about), fingerprint(folder))


def kicking(folder: Path, count: int, **about) -> Asked:
    return asked(folder, [infant(number) for number in range(count)], **about)


def ticking(seconds: float):
    """A clock that goes on by so much whenever somebody looks."""

    def ticks() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += seconds

    return ticks().__next__


def drained(work):
    told = []
    while True:
        try:
            told.append(next(work))
        except StopIteration as finished:
            return finished.value, told
