"""What the verdict takes: a few of its units are timed, and counted up to all of them."""

import inspect

import pytest

from core.jobs import survey_verdict
from core.jobs.survey_verdict import (
    CHECKING,
    COMPARING,
    DRAWING,
    VIDEO_BATCH,
    VIDEO_FRAMES,
    VerdictTimes,
    VerdictTrial,
)
from core.models.library import DEFAULT_POSE_MODEL
from core.training.data.target_footage import Footage
from core.verdict import forgetting, pictures, watching
from tests.core.training.survey.seen import drained, ticking


def test_units_are_counted_up_to_all_of_them():
    times = VerdictTimes(begun=0.0)
    for now in (5, 7, 9, 11):
        times.hear(COMPARING, now)
    for now in (12, 13, 14, 15):
        times.hear(CHECKING, now)
    for _ in range(VIDEO_BATCH):
        times.hear(DRAWING, 20.0)
        assert not times.is_enough
    times.hear(DRAWING, 24.0)
    assert times.is_enough
    comparing, checking, drawing = 26 * 2.0, 76 * 1.0, (100 - 32) * 4 / 16
    assert times.whole(moments=30, frames=100) == 24 + comparing + checking + drawing


def test_a_short_film_ends_early():
    times = VerdictTimes(begun=0.0)
    for now, note in enumerate((COMPARING, COMPARING, CHECKING, DRAWING, DRAWING), start=1):
        times.hear(note, now)
    assert times.whole(moments=2, frames=2) == 5 + 79 * 0.0


def test_recordings_too_short_for_a_verdict_cost_nothing(tmp_path):
    trial = VerdictTrial(tmp_path / "trial", DEFAULT_POSE_MODEL, "cpu", ticking(1))
    seconds, told = drained(trial.run([Footage(tmp_path, length=10)]))
    assert (seconds, told) == (0.0, [])


def test_it_knows_the_verdict_as_it_is():
    assert (VIDEO_FRAMES, VIDEO_BATCH) == (pictures._FRAMES, pictures._AT_ONCE)
    for note, module in ((COMPARING, watching), (CHECKING, forgetting), (DRAWING, pictures)):
        assert note in inspect.getsource(module)
    assert survey_verdict._UNITS >= watching._FEWEST_OF_ONE  # else no recording is looked at


@pytest.mark.slow
def test_a_real_verdict_is_begun_and_leaves_nothing(tmp_path, demo_recording):
    trial = VerdictTrial(tmp_path / "trial", DEFAULT_POSE_MODEL, "cpu", ticking(1))
    seconds, told = drained(trial.run([Footage(demo_recording, length=200)]))
    assert len(told) == 4 + 4 + VIDEO_BATCH
    # 25 ticks; of thirty moments and eighty pictures four each were seen; the film was whole.
    assert seconds == 25 + 26 + 76
    assert not trial.folder.exists()
