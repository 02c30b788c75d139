import pytest

from core.jobs.time_left import TimeLeft


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_nothing_is_told_before_there_is_something_to_go_by(clock):
    left = TimeLeft(clock)
    assert left.after(0, 100) is None
    clock.now = 1.0
    assert left.after(10, 100) is None


def test_steady_work_is_extrapolated(clock):
    left = TimeLeft(clock)
    left.after(0, 1000)
    clock.now = 10.0
    assert left.after(100, 1000) == pytest.approx(90.0)


def test_what_an_earlier_run_did_does_not_count(clock):
    left = TimeLeft(clock)
    left.after(900, 1000)
    clock.now = 10.0
    assert left.after(910, 1000) == pytest.approx(90.0)


def test_only_the_last_minute_counts(clock):
    left = TimeLeft(clock)
    for second in range(100):  # slow
        clock.now = float(second)
        left.after(second, 10_000)
    for second in range(100, 200):  # ten times as fast
        clock.now = float(second)
        guess = left.after(100 + (second - 100) * 10, 10_000)
    assert guess == pytest.approx((10_000 - 1090) / 10, rel=0.01)


def test_standing_still_tells_nothing(clock):
    left = TimeLeft(clock)
    left.after(5, 10)
    clock.now = 30.0
    assert left.after(5, 10) is None
