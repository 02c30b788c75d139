"""Numbers of a verdict say the same thing in words, whichever way is the better one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapting.plain_numbers import (
    amount,
    before_after,
    gain_range,
    gain_words,
    leaning,
    plain_value,
    range_words,
)
from tests.app.adapting.drawn import number

values = st.floats(-1e5, 1e5)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.000312, "0.000312"), (0.1424, "0.142"), (12.44, "12.4"), (1240.4, "1,240"),
        (-0.5, "-0.500"), (0.0, "0"), (3e-9, "3.0e-09"), (math.nan, "–"), (math.inf, "–"),
    ],
)  # fmt: skip
def test_plain_values(value, said):
    assert plain_value(value) == said


def test_amounts_have_their_unit():
    assert amount(71.23, "%") == "71.2 %"
    assert amount(0.4127, "") == "0.413"
    assert amount(math.nan, "px") == "–"
    assert before_after(number("a", 3.4, 2.8, unit="px")) == "3.4 px → 2.8 px"


def test_gains_in_words():
    assert gain_words(number("a", 71.2, 74.0)) == "2.8 points better"
    assert gain_words(number("a", 3.0, 2.4, unit="px", higher_is_better=False)) == "0.6 px better"
    assert gain_words(number("a", 0.412, 0.4, unit="")) == "0.012 worse"
    assert gain_words(number("a", 50.0, 50.01)) == "the same"


def test_intervals_in_words():
    assert range_words(number("a", 1, 2)) == ""
    assert range_words(number("a", 70, 74, low=1.1, high=4.6)) == "likely 1.1 to 4.6 better"
    assert range_words(number("a", 74, 70, low=-4.6, high=-1.1)) == "likely 1.1 to 4.6 worse"
    assert range_words(number("a", 70, 71, low=-0.4, high=1.2)) == "likely 0.4 worse to 1.2 better"
    assert range_words(number("a", 70, 70, low=-0.02, high=0.01)) == "likely the same"
    fallen = number("a", 5, 4, unit="px", higher_is_better=False, low=-1.9, high=-0.3)
    assert range_words(fallen) == "likely 0.3 to 1.9 better"


@given(before=values, after=values, reach=st.floats(0, 1e4), higher=st.booleans())
def test_a_number_leans_only_where_its_interval_leaves_no_doubt(before, after, reach, higher):
    change = after - before
    made = number(
        "a", before, after, higher_is_better=higher, low=change - reach, high=change + reach
    )
    known = gain_range(made)
    assert known is not None
    low, high = known
    assert low <= made.gain <= high
    assert (leaning(made) == "better") == (low > 0)
    assert (leaning(made) == "worse") == (high < 0)


def test_without_an_interval_the_gain_alone_speaks():
    assert leaning(number("a", 1, 2)) == "better"
    assert leaning(number("a", 1, 2, higher_is_better=False)) == "worse"
    assert leaning(number("a", 1, 1)) == "unclear"
