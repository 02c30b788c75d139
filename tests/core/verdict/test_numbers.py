import numpy as np
import pytest

from core.verdict.measures import BONES, VIEWS, Kind, Measure
from core.verdict.numbers import clusters, gain_range, numbered


def number_of(before: list[float], after: list[float], kind: Kind = VIEWS):
    recording = np.zeros(len(before), np.intp)
    return numbered(Measure(kind, np.array(before), np.array(after)), recording, seed=3)


def test_means_over_moments_of_which_both_models_say_something() -> None:
    nan = float("nan")
    found = number_of([10, 20, nan, 30, 40, 50], [20, 20, 99, nan, 40, 60])

    assert found is not None
    assert (found.before, found.after) == (30.0, 35.0)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low < 5 < found.high <= 10


def test_is_silent_where_no_moment_says_anything() -> None:
    assert number_of([float("nan")] * 5, [1.0] * 5) is None


def test_has_no_interval_of_three_moments() -> None:
    found = number_of([1, 2, 3], [2, 3, 4])

    assert found is not None
    assert found.low is None
    assert gain_range(found) is None


def test_a_fall_is_a_gain_where_lower_is_better() -> None:
    found = number_of([5.0] * 8, [3.0, 4.0] * 4, BONES)

    assert found is not None
    assert found.gain == pytest.approx(1.5)
    low, high = gain_range(found) or (0.0, 0.0)
    assert 1.0 <= low < 1.5 < high <= 2.0


def test_its_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    held = 0
    for seed in range(200):
        difference = rng.normal(1.0, 5.0, 40)
        measure = Measure(VIEWS, np.zeros(40), difference)
        found = numbered(measure, np.arange(40) // 20, seed)
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low < 1.0 < found.high
    assert 0.88 < held / 200 < 0.99


def test_moments_within_half_a_second_are_one() -> None:
    recording = np.array([1, 1, 1, 1, 0, 0, 2], np.intp)
    seconds = np.array([0.6, 0.0, 0.4, 0.7, 0.0, 9.0, 0.0])
    found = clusters(recording, seconds)
    assert found[1] == found[2]
    assert found[0] == found[3]
    assert len(np.unique(found)) == 5


@pytest.mark.parametrize("row", [2, 4])
def test_frames_in_a_row_are_little_more_than_one_of_them(row: int) -> None:
    """Two equal models, whose differences come in rows: chance must not be called a gain."""
    rng = np.random.default_rng(1)
    recording, near = np.zeros(8 * row, np.intp), np.repeat(np.arange(8), row)
    called = np.zeros(2)
    for seed in range(300):
        difference = np.repeat(rng.normal(0.0, 5.0, 8), row)
        measure = Measure(VIEWS, np.zeros(8 * row), difference)
        for number, cluster in enumerate((None, near)):
            found = numbered(measure, recording, seed, cluster)
            assert found is not None
            assert found.low is not None
            called[number] += found.low > 0
    alone, together = called / 300
    assert together < 0.09
    assert alone > together + 0.04


DIFFERENCES = [20.0, -15.0, 18.0, -20.0, 12.0, -10.0, 8.0, -1.0]


def interval(recording: list[int]) -> tuple[float, float]:
    measure = Measure(VIEWS, np.zeros(8), np.array(DIFFERENCES))
    known = gain_range(numbered(measure, np.array(recording), seed=3))
    assert known is not None
    return known


@pytest.mark.parametrize(
    "recording", [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 1, 2, 2, 3, 3], [0, 0, 0, 0, 0, 0, 0, 1]]
)
def test_few_frames_of_many_recordings_leave_as_much_to_chance(recording: list[int]) -> None:
    low, high = interval(recording)
    known_low, known_high = interval([0] * 8)
    assert low < 0 < high
    assert high - low > 0.6 * (known_high - known_low)
