import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training.priors.plausibility import calibration, roc_auc

NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=20)


@given(NUMBERS, NUMBERS)
def test_the_area_is_the_share_of_pairs_in_order(clean, disturbed):
    pairs = [(d > c) + 0.5 * (d == c) for c in clean for d in disturbed]
    found = roc_auc(np.array(clean, float), np.array(disturbed, float))
    assert found == pytest.approx(np.mean(pairs))


def test_a_calibrated_plausibility_means_what_it_says():
    rng = np.random.default_rng(0)
    clean, disturbed = rng.normal(0.2, 0.1, 4000), rng.normal(0.5, 0.1, 40000)
    a, b = calibration(clean, disturbed)
    likely = {name: 1 / (1 + np.exp(b * v - a)) for name, v in
              (("clean", clean), ("disturbed", disturbed[::10]))}  # fmt: skip
    both = np.concatenate(list(likely.values()))
    is_clean = np.arange(len(both)) < len(clean)
    for low in (0.1, 0.3, 0.5, 0.7):
        chosen = (both >= low) & (both < low + 0.2)
        assert is_clean[chosen].mean() == pytest.approx(both[chosen].mean(), abs=0.1)
    assert a / b == pytest.approx(0.35, abs=0.02)


def test_poses_that_never_meet_still_give_a_finite_answer():
    a, b = calibration(np.zeros(30), np.ones(30))
    assert np.isfinite([a, b]).all()
    assert 0 < a < b
