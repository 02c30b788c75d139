from dataclasses import dataclass, field

import numpy as np
import pytest

from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.jobs.events import Warned
from core.jobs.recording_predictor import predicted_chunks, roi_within
from core.video.frame import Frame, VideoInfo
from tests.core.jobs.fake_predictor import FakePredictor


@dataclass
class BrokenSource:
    """Sixteen frames by its index, of which `whole` can be decoded."""

    whole: int
    raises: bool = True
    damaged: tuple[int, ...] = ()
    info: VideoInfo = field(init=False)

    def __post_init__(self):
        self.info = VideoInfo("cut.mp4", 64, 48, np.arange(16) / 25, False, "h264")

    def frames(self, start=0, stop=None):
        for index in range(start, self.whole):
            picture = np.full((48, 64, 3), 100 + index, np.uint8)
            yield Frame(index, index / 25, picture, intact=index not in self.damaged)
        if self.raises:
            raise BadVideo("cut.mp4: damaged")


@dataclass
class Stills:
    """A folder of images of several sizes, of which some cannot be read."""

    unread: tuple[int, ...] = ()
    small: tuple[int, ...] = ()
    count: int = 16
    info: VideoInfo = field(init=False)

    def __post_init__(self):
        times, names = np.arange(self.count) * 1.0, tuple(f"{n}.png" for n in range(self.count))
        self.info = VideoInfo("stills", 64, 48, times, False, "images", (), names)

    def frames(self, start=0, stop=None):
        for index in range(start, self.count):
            size = (16, 16, 3) if index in self.small else (48, 64, 3)
            picture = np.zeros(size, np.uint8)
            yield Frame(index, float(index), picture, intact=index not in self.unread)


def predicted(source, predictor=None, roi=None, start=0):
    items = list(predicted_chunks(source, predictor or FakePredictor(), roi=roi, start=start))
    warnings = [item.text for item in items if isinstance(item, Warned)]
    return [item for item in items if not isinstance(item, Warned)], warnings


@pytest.mark.parametrize("raises", [True, False])
def test_a_recording_that_breaks_off_is_predicted_up_to_there(raises):
    chunks, warnings = predicted(BrokenSource(8, raises))
    assert chunks[-1].stop == 8
    (warning,) = warnings
    assert "8 of 16" in warning


@pytest.mark.parametrize("raises", [True, False])
def test_a_recording_without_a_frame_is_bad(raises):
    with pytest.raises(BadVideo, match=r"cut\.mp4"):
        predicted(BrokenSource(0, raises))


def test_a_whole_recording_gives_no_warning():
    chunks, warnings = predicted(BrokenSource(16, raises=False))
    assert chunks[-1].stop == 16
    assert warnings == []


def test_damaged_frames_are_counted():
    chunks, warnings = predicted(BrokenSource(16, raises=False, damaged=(3, 9)))
    assert chunks[-1].stop == 16
    (warning,) = warnings
    assert warning.startswith("2 frames are damaged")


def test_images_that_cannot_be_read_are_named_and_the_rest_is_predicted():
    chunks, warnings = predicted(Stills(unread=(3, 10)))
    assert chunks[-1].stop == 16
    assert warnings == ["No pose, as the image cannot be read: 3.png, 10.png."]


def test_of_very_many_images_the_first_are_named():
    _, warnings = predicted(Stills(unread=tuple(range(12))))
    assert warnings == [
        "No pose, as the image cannot be read: 0.png, 1.png, 2.png, 3.png, 4.png and 7 more."
    ]


def test_images_outside_the_roi_are_named_and_the_rest_is_predicted():
    chunks, warnings = predicted(Stills(unread=(2,), small=(2, 5)), roi=Box(20, 20, 20, 20))
    assert chunks[-1].stop == 16
    assert warnings == [
        "No pose, as the image cannot be read: 2.png.",
        "No pose, as the image lies outside the ROI: 5.png.",
    ]
    assert predicted(Stills(small=(5,)), roi=Box(10, 10, 20, 20))[1] == []
    assert predicted(Stills(small=(5,)))[1] == []


def test_a_folder_of_which_no_image_can_be_read_is_bad():
    with pytest.raises(BadVideo, match="stills: not a single frame"):
        predicted(Stills(unread=tuple(range(16))))
    assert predicted(Stills(unread=tuple(range(4, 16))), start=4)[0][-1].stop == 16


def test_when_the_memory_is_short_fewer_frames_are_looked_at_together():
    chunks, warnings = predicted(BrokenSource(16, raises=False), FakePredictor(batch=8, fits=2))
    assert chunks[-1].stop == 16
    assert len(warnings) == 2
    assert "memory" in warnings[0]


def test_when_not_even_one_frame_fits_the_error_is_told():
    with pytest.raises(MemoryError):
        predicted(BrokenSource(16, raises=False), FakePredictor(fits=0))


def test_the_part_of_a_roi_inside_the_picture_counts():
    info = BrokenSource(16).info
    assert roi_within(info, None) is None
    assert roi_within(info, Box(10, 10, 20, 20)) == Box(10, 10, 20, 20)
    assert roi_within(info, Box(-10, 40, 20, 20)) == Box(0, 40, 10, 8)


@pytest.mark.parametrize("roi", [Box(64, 0, 5, 5), Box(0, 48, 5, 5), Box(-9, -9, 9, 9)])
def test_a_roi_outside_the_picture_is_refused(roi):
    with pytest.raises(BadInput, match=r"cut\.mp4: the ROI lies outside .* 64 x 48"):
        roi_within(BrokenSource(16).info, roi)
