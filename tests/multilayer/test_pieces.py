"""Steps, boxes, triangles: the exact functions, and errors that fall as theory says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.multilayer.interpolant import relu_interpolant
from course_utils.multilayer.pieces import box, staircase, step, sup_error, triangle, triangles

x = np.linspace(-3, 3, 601)


def wave(t):
    return np.sin(2 * np.pi * t) + t


def test_step_and_box():
    np.testing.assert_array_equal(step(0.5, 2)(x), np.where(x >= 0.5, 2, 0))
    np.testing.assert_array_equal(box(-1, 1, 3)(x), np.where((x >= -1) & (x < 1), 3, 0))


def test_the_lectures_box_of_two_logistic_units():
    net = box(0, 1, steepness=1000)
    assert net.W1.ravel().tolist() == [1000, 1000]
    assert (net.b1.tolist(), net.w2.tolist(), net.b2) == ([0, -1000], [1, -1], 0)
    away = np.minimum(np.abs(x), np.abs(x - 1)) > 0.009
    np.testing.assert_allclose(net(x)[away], box(0, 1)(x)[away], atol=1e-3)
    assert net(np.array([0.0]))[0] == pytest.approx(0.5)


@pytest.mark.parametrize("k", [10, 100, 1000])
def test_a_steep_unit_leaves_an_error_of_one_half_at_the_step(k):
    # Nearer and nearer in the mean, but never in the sup norm.
    gap = np.abs(step(0, steepness=k)(x) - step(0)(x))
    assert gap.max() == pytest.approx(0.5)
    fine = np.linspace(-1, 1, 200_000)
    mean = np.abs(step(0, steepness=k)(fine) - step(0)(fine)).mean()
    assert mean == pytest.approx(np.log(2) / k, rel=1e-2)


def test_the_lectures_triangle():
    net = triangle()
    assert (net.W1.ravel().tolist(), net.b1.tolist(), net.w2.tolist()) == (
        [1, 1, 1], [1, 0, -1], [1, -2, 1],
    )  # fmt: skip
    np.testing.assert_allclose(net(x), np.maximum(0, 1 - np.abs(x)), atol=1e-14)


@given(st.floats(-2, 2), st.floats(0.1, 2), st.floats(-3, 3))
def test_any_triangle(centre, half_width, height):
    expected = height * np.maximum(0, 1 - np.abs(x - centre) / half_width)
    np.testing.assert_allclose(triangle(centre, half_width, height)(x), expected, atol=1e-11)


def test_staircase_takes_the_middle_values():
    net = staircase(wave, 0, 1, 5)
    assert net.width == 4
    middles = (np.arange(5) + 0.5) / 5
    np.testing.assert_allclose(net(middles), wave(middles), rtol=1e-12)
    np.testing.assert_allclose(net(middles + 0.09), wave(middles), rtol=1e-12)


def test_triangles_are_the_interpolant():
    knots = np.linspace(0, 1, 8)
    net, t = triangles(wave, 0, 1, 7), np.linspace(0, 1, 500)
    np.testing.assert_allclose(net(t), np.interp(t, knots, wave(knots)), atol=1e-12)
    assert net.width == 3 * 8
    np.testing.assert_allclose(relu_interpolant(knots, wave(knots))(t), net(t), atol=1e-12)


def test_errors_fall_as_one_over_n_and_one_over_n_squared():
    steps, hats = (
        [sup_error(wave, build(wave, 0, 1, n), 0, 1) for n in (50, 100, 200)]
        for build in (staircase, triangles)
    )
    # Half a piece times the steepest slope; an eighth of a piece squared times the second derivative
    bounds = [(2 * np.pi + 1) / 2 / n for n in (50, 100, 200)]
    assert all(0.9 * bound < error <= bound for error, bound in zip(steps, bounds, strict=True))
    bounds = [(2 * np.pi) ** 2 / 8 / n**2 for n in (50, 100, 200)]
    assert all(0.9 * bound < error <= bound for error, bound in zip(hats, bounds, strict=True))


@given(
    st.lists(st.floats(0.1, 2), min_size=1, max_size=8),
    st.integers(0, 2**32 - 1),
)
def test_interpolant_against_numpy(gaps, seed):
    knots = -2 + np.cumsum([0, *gaps])
    values = np.random.default_rng(seed).normal(size=len(knots))
    net = relu_interpolant(knots, values)
    t = np.linspace(knots[0], knots[-1], 200)
    np.testing.assert_allclose(net(t), np.interp(t, knots, values), atol=1e-9)
    np.testing.assert_allclose(net(knots[:1] - 1), values[:1])


def test_sup_error():
    assert sup_error(np.square, np.zeros_like, -1, 2) == 4
    assert sup_error(np.zeros_like, np.square, -1, 2) == 4


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="left must be less"):
        box(1, 0)
    with pytest.raises(ValueError, match="left must be less"):
        sup_error(np.sin, np.cos, 1, 1)
    with pytest.raises(ValueError, match="half_width must be positive"):
        triangle(0, 0)
    with pytest.raises(ValueError, match="steepness must be positive"):
        step(0, steepness=0)
    with pytest.raises(ValueError, match="count must be at least 2"):
        sup_error(np.sin, np.cos, 0, 1, 1)
    for build in (staircase, triangles):
        with pytest.raises(ValueError, match="two pieces"):
            build(np.sin, 0, 1, 1)
    for knots, values in [([0, 0], [1, 2]), ([1, 0], [1, 2]), ([0], [1]), ([0, 1], [1, 2, 3])]:
        with pytest.raises(ValueError, match="x increasing"):
            relu_interpolant(knots, values)
