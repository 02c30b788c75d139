from pathlib import Path

import cv2
import numpy as np
import pytest

from core.errors import BadInput
from core.training.data.footage import gather_footage
from tests.core.prediction.conftest import painted, places


def drained(work):
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def folder_of(tmp_path: Path, name: str, pictures) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(folder / f"{number:03}.png"), picture[..., ::-1])
    return folder


def infant(number: int):
    return painted(places(centre=(140 + 6 * number, 120), side=170, degrees=5 * number), 320, 240)


def test_frames_with_an_infant_are_kept_and_others_counted(tmp_path, predictor):
    wall = np.full((240, 320, 3), 90, np.uint8)
    pictures = [infant(n) for n in range(10)] + [wall, wall]
    gathered = drained(gather_footage([folder_of(tmp_path, "a", pictures)], predictor, 12))
    assert gathered.looked_at == 12
    assert gathered.without_infant == 2
    assert len(gathered.canvases) == 10
    assert np.isnan(gathered.canvases.xy).all()


def test_a_recording_that_stands_still_counts_once(tmp_path, predictor):
    moving = folder_of(tmp_path, "moving", [infant(n) for n in range(9)])
    still = folder_of(tmp_path, "still", [infant(0)] * 9)
    gathered = drained(gather_footage([moving, still], predictor, 18))
    assert gathered.near_duplicates == 8
    assert gathered.canvases.groups.count("still") == 1


def test_too_few_frames_are_said_in_a_sentence(tmp_path, predictor):
    folder = folder_of(tmp_path, "few", [infant(n) for n in range(3)])
    with pytest.raises(BadInput, match="only 3 different frames show an infant"):
        drained(gather_footage([folder], predictor, 10))
