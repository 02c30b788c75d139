import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.synthesis.body.stature import anny_age, draw_physique


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_people_are_of_the_age_that_was_asked_for(seed, is_infant):
    person = draw_physique(is_infant, np.random.default_rng(seed))
    assert person.is_infant == is_infant
    assert person.months <= 18 or person.months >= 216
    values = (person.gender, person.height, person.weight, person.muscle, person.proportions)
    assert all(0 <= value <= 1 for value in values)


@given(st.floats(0, 700), st.floats(0, 700))
def test_older_people_have_a_higher_age_value(one, other):
    younger, older = sorted((one, other))
    assert anny_age(younger) <= anny_age(older)


def test_the_same_seed_draws_the_same_person():
    assert draw_physique(True, np.random.default_rng(3)) == draw_physique(
        True, np.random.default_rng(3)
    )
