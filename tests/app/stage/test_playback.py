"""True speed by presentation times, with a clock that the test turns."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.session.session import Session
from app.stage.playback import Playback
from core.video.frame import VideoInfo

UNEVEN = np.array([0.0, 0.1, 0.15, 0.4, 0.45, 0.5, 1.5, 1.6])


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playback(opened: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Playback:
    """A playback of the clip with uneven times, whose own timer does nothing."""
    info = opened.info
    assert info is not None
    uneven = VideoInfo(info.path, info.width, info.height, UNEVEN, True, info.codec)
    monkeypatch.setattr(opened._video, "info", uneven)
    made = Playback(opened, clock=clock)
    monkeypatch.setattr(made._timer, "start", lambda _ms: None)
    return made


def frame_after(playback: Playback, clock: Clock, session: Session, seconds: float) -> int:
    clock.now += seconds
    playback.tick()
    return session.frame


def test_each_frame_stands_until_the_time_of_the_next(playback, clock, opened):
    playback.play()
    clock.now += 1e-6
    seen = [frame_after(playback, clock, opened, 0.05) for _ in range(12)]
    assert seen == [0, 1, 2, 2, 2, 2, 2, 3, 4, 5, 5, 5]


def test_a_late_tick_leaves_frames_out(playback, clock, opened):
    playback.play()
    assert frame_after(playback, clock, opened, 0.47) == 4
    assert frame_after(playback, clock, opened, 1.2) == 7


@pytest.mark.parametrize(("speed", "seconds"), [(0.25, 1.6), (2.0, 0.2)])
def test_speed_stretches_time(playback, clock, opened, speed: float, seconds: float):
    playback.set_speed(speed)
    playback.play()
    assert frame_after(playback, clock, opened, seconds + 1e-6) == 3


def test_changing_the_speed_while_playing_goes_on_from_here(playback, clock, opened):
    playback.play()
    assert frame_after(playback, clock, opened, 0.41) == 3
    playback.set_speed(0.5)
    assert opened.frame == 3
    assert frame_after(playback, clock, opened, 0.09) == 3
    assert frame_after(playback, clock, opened, 0.02) == 4


def test_it_stops_at_the_end_and_starts_again_from_the_front(playback, clock, opened, qtbot: QtBot):
    playback.play()
    with qtbot.waitSignal(playback.playing_changed) as changed:
        frame_after(playback, clock, opened, 5.0)
    assert changed.args == [False]
    assert (opened.frame, playback.playing) == (7, False)
    playback.play()
    assert (opened.frame, playback.playing) == (0, True)


def test_a_jump_while_playing_plays_on_from_there(playback, clock, opened):
    playback.play()
    opened.go_to(5)
    assert frame_after(playback, clock, opened, 0.9) == 5
    assert frame_after(playback, clock, opened, 0.11) == 6


def test_another_recording_stops_it(playback, opened):
    playback.play()
    opened.select_recording(None)
    assert not playback.playing
    playback.play()
    assert not playback.playing


def test_toggle_and_steps_of_speed(playback):
    playback.toggle()
    assert playback.playing
    playback.toggle()
    assert not playback.playing
    speeds = []
    for direction in (1, 1, 1, -1, -1, -1, -1, -1):
        playback.step_speed(direction)
        speeds.append(playback.speed)
    assert speeds == [1.5, 2.0, 2.0, 1.5, 1.0, 0.5, 0.25, 0.25]


def test_with_the_real_clock_it_reaches_the_end(opened: Session, qtbot: QtBot):
    playback = Playback(opened)
    playback.set_speed(2.0)
    frames: list[int] = []
    opened.frame_changed.connect(frames.append)
    with qtbot.waitSignal(playback.playing_changed, check_params_cb=lambda on: not on):
        playback.play()
    assert opened.frame == 39
    assert frames == sorted(frames)
