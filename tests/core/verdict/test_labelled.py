import numpy as np
import pytest

from core.verdict.labelled import labelled_groups, labelled_measures, right_share
from core.verdict.numbers import numbered
from tests.core.verdict.drawn import seen, watched


def test_measures_against_the_labels_where_there_are_any() -> None:
    moments = watched(seen(spread=0, shift=0.06), seen(spread=0, shift=0.03), labelled=5)

    pck, error = labelled_measures(moments)

    assert np.isfinite(pck.before).tolist() == [True] * 5 + [False] * 7
    assert np.nanmean(pck.before) == 0
    assert np.nanmean(pck.after) == 100
    in_pixels = 200 * np.sqrt(2)
    assert np.nanmean(error.before) == pytest.approx(0.06 * in_pixels)
    assert np.nanmean(error.after) == pytest.approx(0.03 * in_pixels)
    found = numbered(error, moments.recording, 0)
    assert found is not None
    assert found.gain == pytest.approx(0.03 * in_pixels)


def test_tells_the_gain_of_each_kind_of_point() -> None:
    found = labelled_groups(watched(seen(spread=0, shift=0.06), seen(spread=0), labelled=4))

    assert [one.kind.words for one in found][:3] == ["Shoulders", "Elbows", "Wrists"]
    assert all(np.nanmean(one.after - one.before) == 100 for one in found)


def test_counts_labelled_points_alone() -> None:
    errors = np.array([[0.01, np.nan, 0.2], [np.nan, np.nan, np.nan]])

    assert right_share(errors).tolist()[0] == 50.0
    assert np.isnan(right_share(errors)[1])


def test_a_broken_model_is_wrong_wherever_there_is_a_label() -> None:
    broken = seen()
    broken.views[:] = np.nan

    pck, error = labelled_measures(watched(seen(), broken, labelled=5))

    assert np.isfinite(pck.after).tolist() == [True] * 5 + [False] * 7
    assert np.nanmax(pck.after) == 0
    assert np.nanmean(error.after) == 200
