"""What an adaptation tells, in the words of a job."""

from pathlib import Path

import pytest

from core.jobs.adapt_words import Teller
from core.jobs.events import Warned
from core.jobs.folder import JobFolder
from core.training.loop.events import BatchHalved, FramesChosen


@pytest.fixture
def teller(tmp_path: Path) -> Teller:
    return Teller(JobFolder(tmp_path))


def test_a_recording_of_little_use_is_warned_of_with_its_counts(teller: Teller) -> None:
    (told,) = teller.told(FramesChosen(Path("ward/crib.mp4"), 4, 20, 10, 6))
    assert isinstance(told, Warned)
    assert told.text.startswith("crib.mp4: only 4 of 20 frames")
    assert "10 show no infant and 6 hardly differ" in told.text


def test_a_few_dropped_frames_are_not_worth_a_word(teller: Teller) -> None:
    assert list(teller.told(FramesChosen(Path("crib.mp4"), 15, 20, 3, 2))) == []


def test_short_memory_is_warned_of(teller: Teller) -> None:
    (told,) = teller.told(BatchHalved(8))
    assert isinstance(told, Warned)
    assert "8 pictures a step" in told.text
