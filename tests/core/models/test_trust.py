import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.models.trust import Trust


def test_half_is_right_where_the_line_crosses_zero() -> None:
    trust = Trust(offset=-2.0, slope=8.0)
    shares = trust.share_right(np.array([0.0, 0.25, 0.5, 1.0], np.float32))
    np.testing.assert_allclose(shares, [0.1192, 0.5, 0.8808, 0.9975], atol=1e-4)
    assert shares.dtype == np.float32


def test_a_keypoint_that_is_absent_has_no_confidence_either_way() -> None:
    assert Trust(offset=-1.0, slope=5.0).raw(np.zeros(2, np.float32)).tolist() == [0.0, 0.0]


@given(raw=st.floats(0, 1), offset=st.floats(-3, 0), slope=st.floats(1, 10))
def test_the_networks_own_number_comes_back(raw: float, offset: float, slope: float) -> None:
    trust = Trust(offset=offset, slope=slope)
    there = trust.share_right(np.array([raw], np.float32))
    np.testing.assert_allclose(trust.raw(there), [raw], atol=2e-3)
