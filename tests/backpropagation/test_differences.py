"""Differences against exact derivatives, and the theory of their error against what is measured."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from course_utils.backpropagation import differences as d

NONZERO = st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3)


def test_by_hand():
    """x³ at 2 with h = ½: 15.625, 8 and 3.375 are the values."""
    assert d.forward_difference(lambda x: x**3, 2.0, 0.5) == (15.625 - 8) / 0.5
    assert d.central_difference(lambda x: x**3, 2.0, 0.5) == 15.625 - 3.375
    assert d.complex_step(lambda x: x**3, 2.0) == 12


@given(st.floats(-2, 2), st.floats(1e-4, 0.3))
def test_truncation_errors_are_what_taylors_series_leaves(x, h):
    """x⁴: the forward difference is 4x³ + 6x²h + 4xh² + h³, the central one 4x³ + 4xh²."""

    def f(x):
        return x**4

    forward = 4 * x**3 + 6 * x**2 * h + 4 * x * h**2 + h**3
    np.testing.assert_allclose(d.forward_difference(f, x, h), forward, rtol=1e-6, atol=1e-9)
    central = 4 * x**3 + 4 * x * h**2
    np.testing.assert_allclose(d.central_difference(f, x, h), central, rtol=1e-6, atol=1e-9)


def test_arrays_of_points_and_steps():
    x, h = np.linspace(0.5, 1, 3)[:, None], np.array([1e-3, 1e-5])  # (3, 1), (2,)
    for scheme in (d.forward_difference, d.central_difference):
        found = scheme(np.exp, x, h)
        assert found.shape == (3, 2)
        np.testing.assert_allclose(found, np.exp(x) * np.ones(2), rtol=1e-3)


@given(NONZERO, NONZERO)
def test_best_steps_are_the_minima_of_the_bounds(value, other):
    for error, best in [
        (d.forward_error, d.best_forward_step),
        (d.central_error, d.best_central_step),
    ]:
        h = best(value, other)
        found = minimize_scalar(
            lambda t, error=error: np.log(error(np.exp(t), value, other)),
            bounds=(np.log(h) - 5, np.log(h) + 5),
            method="bounded",
            options={"xatol": 1e-8},
        )
        assert np.exp(found.x) == pytest.approx(h, rel=1e-4)


@pytest.mark.parametrize("x", [0.3, 1.0, 2.0])
def test_the_u_curve_has_its_bottom_where_theory_says(x):
    """exp(sin 2x): measured errors over 61 steps against the theory of both schemes."""

    def f(x):
        return np.exp(np.sin(2 * x))

    symbol = sympy.Symbol("x")
    formula = sympy.exp(sympy.sin(2 * symbol))
    value, first, second, third = (
        float(sympy.diff(formula, symbol, n).subs(symbol, x)) for n in range(4)
    )
    assert d.complex_step(f, x) == pytest.approx(first, rel=1e-15)
    h = np.logspace(-14, -1, 61)
    for scheme, bound, best in [
        (
            d.forward_difference,
            d.forward_error(h, value, second),
            d.best_forward_step(value, second),
        ),
        (d.central_difference, d.central_error(h, value, third), d.best_central_step(value, third)),
    ]:
        measured = np.abs(scheme(f, x, h) - first)
        assert (measured < 4 * bound + 1e-15 + h**3 * 100).all(), "sin and exp round once each"
        assert measured[h < best / 300].max() > 50 * bound.min(), "rounding, left"
        assert measured[h > best * 300].min() > 50 * bound.min(), "truncation, right"
        assert np.abs(scheme(f, x, best) - first) < 4 * bound.min()
    assert d.central_error(h, value, third).min() < d.forward_error(h, value, second).min() / 100


def test_steps_that_are_lost_or_unneeded_are_refused():
    with pytest.raises(ValueError, match="a step of 1e-17 is lost at x = 1"):
        d.central_difference(np.exp, 1.0, 1e-17)
    with pytest.raises(ValueError, match="f″ = 0"):
        d.best_forward_step(1.0, 0.0)
    with pytest.raises(ValueError, match="f‴ = 0"):
        d.best_central_step(1.0, 0.0)
