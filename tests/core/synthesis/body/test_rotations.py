import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.synthesis.body import rotations as turn

axes = arrays(np.float64, 3, elements=st.floats(-1, 1)).filter(lambda v: np.linalg.norm(v) > 0.1)
angles = st.floats(-179.5, 179.5)


@given(axes, angles)
def test_turning_about_an_axis_is_a_rotation_that_leaves_the_axis(axis, degrees):
    rotation = turn.about(axis, degrees)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-9)
    np.testing.assert_allclose(rotation @ axis, axis, atol=1e-9)
    np.testing.assert_allclose(np.linalg.det(rotation), 1, atol=1e-9)


def test_positive_angles_turn_x_towards_y_about_z():
    np.testing.assert_allclose(turn.about([0, 0, 1], 90) @ [1, 0, 0], [0, 1, 0], atol=1e-12)


@given(axes, angles)
def test_quaternions_and_matrices_say_the_same(axis, degrees):
    rotation = turn.about(axis, degrees)
    np.testing.assert_allclose(turn.matrix(turn.quaternion(rotation)), rotation, atol=1e-9)


@given(axes, axes)
def test_between_turns_one_direction_into_the_other(start, end):
    turned = turn.between(start, end) @ (start / np.linalg.norm(start))
    np.testing.assert_allclose(turned, end / np.linalg.norm(end), atol=1e-6)


def test_between_opposite_directions_is_a_half_turn():
    np.testing.assert_allclose(turn.between([0, 0, 1], [0, 0, -1]) @ [0, 0, 1], [0, 0, -1])


@given(axes, angles)
def test_half_a_rotation_done_twice_is_the_whole(axis, degrees):
    half = turn.matrix(turn.halved(turn.quaternion(turn.about(axis, degrees))))
    np.testing.assert_allclose(half @ half, turn.about(axis, degrees), atol=1e-7)


@given(axes, st.floats(-120, 120))
def test_swing_and_twist_make_up_the_whole_and_twist_is_about_z(axis, degrees):
    q = turn.quaternion(turn.about(axis, degrees))
    swing, twist = turn.swing_and_twist(q)
    np.testing.assert_allclose(turn.matrix(turn.product(swing, twist)), turn.matrix(q), atol=1e-9)
    np.testing.assert_allclose(twist[1:3], 0, atol=1e-12)


@given(axes, angles, axes, angles)
def test_products_act_like_matrices(axis, degrees, other, more):
    first, second = turn.about(axis, degrees), turn.about(other, more)
    q = turn.product(turn.quaternion(first), turn.quaternion(second))
    np.testing.assert_allclose(turn.matrix(q), first @ second, atol=1e-7)
