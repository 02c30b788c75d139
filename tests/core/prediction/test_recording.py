"""Recordings are predicted in chunks that join without a seam, wherever a run was interrupted."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.pose.prediction_chunk import PredictionChunk
from core.prediction.predictor import Predictor
from core.prediction.recording import CHUNK_FRAMES, predict_recording
from core.video.frame import Frame, VideoInfo
from tests.core.prediction.conftest import painted, places


class PaintedRecording:
    """Frames painted when they are asked for; breaks off where it is told to."""

    def __init__(
        self,
        paint: Callable[[int], NDArray[np.uint8]],
        count: int,
        *,
        file_names: tuple[str, ...] | None = None,
        breaks_at: int | None = None,
    ) -> None:
        self._paint, self._breaks_at = paint, breaks_at
        times = np.arange(count) / 20
        self.info = VideoInfo(
            Path("painted.mp4"), 320, 240, times, False, "painted", (), file_names
        )
        self.is_read = 0

    def read(self, index: int) -> Frame:
        if index == self._breaks_at:
            raise BadVideo("painted.mp4: breaks off.")
        self.is_read += 1
        return Frame(index, float(self.info.times[index]), self._paint(index))

    def frames(self, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
        for index in range(start, self.info.frame_count if stop is None else stop):
            yield self.read(index)

    def close(self) -> None:
        pass

    def __enter__(self) -> "PaintedRecording":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def wandering(index: int) -> NDArray[np.uint8]:
    """The infant drifts, turns, and is away for some frames."""
    if 40 <= index < 52:
        return np.zeros((240, 320, 3), np.uint8)
    centre = (140 + 40 * np.sin(index / 9), 120 + 10 * np.cos(index / 5))
    return painted(places(centre=centre, side=170, degrees=3 * index), 320, 240)


def assert_same(first: list[PredictionChunk], second: list[PredictionChunk]) -> None:
    assert [chunk.start for chunk in first] == [chunk.start for chunk in second]
    for one, other in zip(first, second, strict=True):
        assert one.encode() == other.encode()


def test_a_resumed_run_is_the_same_to_the_bit(predictor: Predictor) -> None:
    recording = PaintedRecording(wandering, 70)
    whole = list(predict_recording(recording, predictor))
    for done in (1, 2):
        last = whole[done - 1]
        previous = last.track.pose(len(last.track) - 1)
        rest = list(predict_recording(recording, predictor, start=last.stop, previous=previous))
        assert_same(whole[done:], rest)


def test_chunks_follow_each_other_and_cover_every_frame(predictor: Predictor) -> None:
    chunks = list(predict_recording(PaintedRecording(wandering, 70), predictor))
    assert [chunk.start for chunk in chunks] == [0, 32, 64]
    assert [chunk.stop for chunk in chunks] == [32, 64, 70]
    assert all(len(chunk.track) <= CHUNK_FRAMES for chunk in chunks)


def test_a_recording_that_breaks_off_is_predicted_up_to_there(predictor: Predictor) -> None:
    chunks = predict_recording(PaintedRecording(wandering, 70, breaks_at=37), predictor)
    assert [next(chunks).stop, next(chunks).stop] == [32, 37]
    with pytest.raises(BadVideo, match="breaks off"):
        next(chunks)


def test_images_of_a_folder_need_not_belong_together(predictor: Predictor) -> None:
    spots = [(80, 80, 0), (240, 160, 180), (160, 120, 90)]

    def paint(index: int) -> NDArray[np.uint8]:
        x, y, degrees = spots[index]
        return painted(places(centre=(x, y), side=140, degrees=degrees), 320, 240)

    recording = PaintedRecording(paint, 3, file_names=("a.png", "b.png", "c.png"))
    (chunk,) = predict_recording(recording, predictor)
    neck = chunk.track.skeleton.index("pelvis")
    for index, (x, y, _) in enumerate(spots):
        assert np.linalg.norm(chunk.track.xy[index, neck] - (x, y)) < 20


class Stills(PaintedRecording):
    """Images of a folder; those `unread` come black, as from an `ImageFolder`."""

    def __init__(self, pictures: list[NDArray[np.uint8]], unread: tuple[int, ...] = ()) -> None:
        names = tuple(f"{number}.png" for number in range(len(pictures)))
        super().__init__(pictures.__getitem__, len(pictures), file_names=names)
        self._unread = unread

    def read(self, index: int) -> Frame:
        frame = super().read(index)
        return replace(frame, intact=index not in self._unread)


def infant(width: int = 320, height: int = 240) -> NDArray[np.uint8]:
    return painted(places(centre=(160, 120), side=170), width, height)


def test_an_image_that_cannot_be_read_has_no_infant(predictor: Predictor) -> None:
    (chunk,) = predict_recording(Stills([infant()] * 3, unread=(1,)), predictor)
    assert [chunk.track.pose(index).is_empty for index in range(3)] == [False, True, False]


def test_an_image_outside_the_region_has_no_infant(predictor: Predictor) -> None:
    wide = painted(places(centre=(480, 120), side=170), 640, 240)
    stills = Stills([wide, infant(), wide])
    (chunk,) = predict_recording(stills, predictor, roi=Box(330, 0, 310, 240))
    assert [chunk.track.pose(index).is_empty for index in range(3)] == [False, True, False]


def test_a_video_outside_the_region_is_refused(predictor: Predictor) -> None:
    recording = PaintedRecording(wandering, 3)
    with pytest.raises(BadInput, match="lies outside the frame of 320 x 240"):
        next(predict_recording(recording, predictor, roi=Box(330, 0, 310, 240)))


def test_who_stops_listening_stops_the_reading(predictor: Predictor) -> None:
    recording = PaintedRecording(wandering, 5000)
    chunks = predict_recording(recording, predictor)
    next(chunks)
    chunks.close()
    assert recording.is_read < 200
