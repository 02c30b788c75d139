from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.errors import BadInput
from core.geometry import Box
from core.study.study import Study
from core.training.data import footage as module
from core.training.data.canvas import CANVAS
from core.training.data.footage import gather_footage
from core.training.data.study_footage import find_footage
from core.training.data.target_footage import Footage
from core.training.loop.events import FramesChosen
from core.video.source import open_video
from tests.core.prediction.conftest import COCO
from tests.core.training.data import corrected_study as wards
from tests.core.training.data.corrected_study import infant

WALL = np.full((240, 320, 3), 90, np.uint8)


def drained(work):
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def folder_of(tmp_path: Path, name: str, pictures) -> Footage:
    folder = tmp_path / name
    folder.mkdir()
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(folder / f"{number:03}.png"), picture[..., ::-1])
    return Footage(folder)


def test_frames_with_an_infant_are_kept_and_others_counted(tmp_path, predictor):
    pictures = [infant(n) for n in range(10)] + [WALL, WALL]
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
    assert gathered.canvases.groups.count("1 still") == 1


def test_too_few_frames_are_said_in_a_sentence(tmp_path, predictor):
    footage = folder_of(tmp_path, "few", [infant(n) for n in range(3)])
    with pytest.raises(BadInput, match="only 3 different frames show an infant"):
        drained(gather_footage([footage], predictor, 10))


def test_it_tells_of_each_recording_what_became_of_its_frames(tmp_path, predictor):
    one = folder_of(tmp_path, "one", [infant(n) for n in range(9)] + [WALL])
    other = folder_of(tmp_path, "other", [infant(0)] * 6)
    told = [e for e in gather_footage([one, other], predictor, 40) if isinstance(e, FramesChosen)]
    assert told == [FramesChosen(one.path, 9, 10, 1, 0), FramesChosen(other.path, 1, 6, 0, 5)]


def test_only_the_wanted_stretches_are_looked_at(tmp_path, predictor):
    whole = folder_of(tmp_path, "a", [infant(n) for n in range(14)])
    part = Footage(whole.path, stretches=((1, 5), (8, 13)))
    gathered = drained(gather_footage([part], predictor, 50))
    frames = [int(name.split(":")[1]) for name in gathered.canvases.names]
    assert frames == [1, 2, 3, 4, 8, 9, 10, 11, 12]


def test_the_infant_is_looked_for_in_its_region(tmp_path, predictor):
    whole = folder_of(tmp_path, "a", [infant(n) for n in range(9)])
    elsewhere = Footage(whole.path, roi=Box(0, 0, 30, 30))
    with pytest.raises(BadInput, match="only 0 different frames"):
        drained(gather_footage([elsewhere], predictor, 9))


def test_a_recording_of_known_length_is_opened_once(tmp_path, predictor, monkeypatch):
    opened = []

    def counting(path):
        opened.append(path.name)
        return open_video(path)

    monkeypatch.setattr(module, "open_video", counting)
    one = folder_of(tmp_path, "one", [infant(n) for n in range(9)])
    drained(gather_footage([one], predictor, 9))
    assert opened == ["one"]
    both = [Footage(one.path, length=9), Footage(one.path, length=9)]
    drained(gather_footage(both, predictor, 9))
    assert opened == ["one"] * 3


# Corrected frames -------------------------------------------------------------------------------


@pytest.fixture
def ward(tmp_path):
    """Ten predicted frames; two well corrected, one by two points alone, one before a wall."""
    path = tmp_path / "ward.shift"
    with Study.create(path) as study:
        recording = wards.add(study, wards.write_pictures(tmp_path / "kick", 10))
        wards.predict(study, recording)
        for frame in (2, 5):
            names = ("left_wrist", "right_ankle")
            wards.correct(study, recording, frame, **wards.right(frame, *names))
        folder_of(tmp_path, "new", [infant(3), WALL, infant(4)])
        new = wards.add(study, tmp_path / "new")
        for frame, shown in ((0, 3), (1, 3)):
            wards.correct(study, new, frame, **wards.right(shown, "left_wrist", "left_knee"))
    return path


def test_corrected_frames_come_with_their_labels_and_once(ward, predictor):
    gathered = drained(gather_footage(find_footage([ward]).footage, predictor, 20))
    canvases = gathered.canvases
    assert len(set(canvases.names)) == len(canvases)
    labelled = [
        name for name, is_one in zip(canvases.names, canvases.is_labelled, strict=True) if is_one
    ]
    assert labelled == ["kick:2", "kick:5", "new:0"]
    assert gathered.corrected == 3
    assert gathered.without_infant == 1, "nothing tells where the infant before the wall is"
    assert (np.isfinite(canvases.xy).all(axis=2).sum(axis=1)[canvases.is_labelled] == 2).all()


@pytest.mark.parametrize("framing", ["found", "whole"])
def test_labels_lie_on_what_they_name(ward, predictor, framing):
    """The painted discs tell by their red whose they are."""
    footage = find_footage([ward]).footage
    canvases = drained(gather_footage(footage, predictor, 20, framing)).canvases
    for number in np.flatnonzero(canvases.is_labelled):
        for name in ("left_wrist", "right_ankle", "left_knee"):
            place = canvases.xy[number, wards.SKELETON.index(name)]
            if np.isfinite(place).all():
                assert ((place > 0) & (place < CANVAS)).all()
                column, row = place.astype(int)
                red = 14 * (COCO.index(name) + 1)
                assert abs(int(canvases.images[number, row, column, 0]) - red) <= 6


def test_two_recordings_of_one_name_stay_apart(tmp_path, predictor):
    for ward in ("a", "b"):
        (tmp_path / ward).mkdir()
    both = [folder_of(tmp_path / ward, "IMG_0001", [infant(n) for n in range(9)]) for ward in "ab"]
    gathered = drained(gather_footage(both, predictor, 18))
    assert len(set(gathered.canvases.groups)) == 2


def test_what_lies_outside_the_region_is_not_learnt_from(tmp_path, predictor):
    """A carer beside the infant does not exist for the product, so not for a training either."""
    pictures = []
    for number in range(9):
        picture = infant(number).copy()
        picture[:, -30:] = 255
        pictures.append(picture)
    height, width = pictures[0].shape[:2]
    whole = folder_of(tmp_path, "ward", pictures)
    region = Box(0, 0, width - 30, height)
    found = drained(gather_footage([replace(whole, roi=region)], predictor, 9)).canvases
    assert (found.images == 255).all(axis=-1).mean() < 0.001
    everything = drained(gather_footage([whole], predictor, 9)).canvases
    assert (everything.images == 255).all(axis=-1).mean() > 0.01
    np.testing.assert_allclose(found.xy.shape, everything.xy.shape)


def test_an_image_that_lies_outside_the_region_is_one_without_an_infant(tmp_path, predictor):
    pictures = [infant(n) for n in range(9)]
    height, width = pictures[0].shape[:2]
    small = pictures[0][: height // 2, : width // 2]
    folder = folder_of(tmp_path, "ward", [*pictures, small])
    region = Box(width // 2, height // 2, width - width // 2, height - height // 2)
    gathered = drained(gather_footage([replace(folder, roi=region)], predictor, 10))
    assert gathered.looked_at == 10
    assert gathered.without_infant >= 1
