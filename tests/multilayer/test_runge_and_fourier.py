"""Polynomials against SciPy's barycentric formula, Fourier sums against known coefficients."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.interpolate import BarycentricInterpolator

from course_utils.multilayer.fourier import WILBRAHAM_GIBBS, fourier_sum, square_wave
from course_utils.multilayer.pieces import sup_error
from course_utils.multilayer.runge import (
    chebyshev_points,
    equispaced,
    interpolating_polynomial,
    runge,
)  # fmt: skip

x = np.linspace(-1, 1, 2001)


@pytest.mark.parametrize("points", [equispaced, chebyshev_points])
@pytest.mark.parametrize("count", [2, 11, 21, 31])
def test_polynomial_is_scipys(points, count):
    knots = points(count)
    ours, theirs = (
        interpolating_polynomial(runge, knots),
        BarycentricInterpolator(knots, runge(knots)),
    )
    expected = theirs(x)
    np.testing.assert_allclose(ours(x), expected, atol=1e-9 * np.abs(expected).max())
    np.testing.assert_allclose(ours(knots), runge(knots), atol=1e-10)


def test_chebyshev_points_are_the_roots():
    roots = np.polynomial.Chebyshev.basis(7).roots()
    np.testing.assert_allclose(chebyshev_points(7), roots, atol=1e-14)


def test_runges_phenomenon():
    worse, better = (
        [sup_error(runge, interpolating_polynomial(runge, p(n)), -1, 1) for n in (11, 21, 31)]
        for p in (equispaced, chebyshev_points)
    )
    assert 1.9 < worse[0] < 30 * worse[0] < worse[1] < 30 * worse[1] < worse[2]
    assert better[0] > 5 * better[1] > 25 * better[2]


def test_points_are_checked():
    for bad in ([0, 0], [0, 1.5]):
        with pytest.raises(ValueError, match="different and in"):
            interpolating_polynomial(runge, bad)


def test_fourier_sum_of_the_square_wave():
    k = np.arange(1, 20, 2)
    expected = (4 / np.pi / k) @ np.sin(np.pi * np.outer(k, x))
    np.testing.assert_allclose(fourier_sum(square_wave, 19)(x), expected, atol=1e-4)


def test_fourier_coefficients_against_integrals():
    def part(f, g):
        return quad(lambda t: f(t) * g(t), -1, 1, limit=200)[0]

    total = fourier_sum(runge, 3)(x)
    expected = np.full_like(x, part(runge, lambda t: 0.5))
    for k in (1, 2, 3):
        expected += part(runge, lambda t, k=k: np.cos(np.pi * k * t)) * np.cos(np.pi * k * x)
    np.testing.assert_allclose(total, expected, atol=1e-6)


def test_a_sum_of_waves_is_its_own_fourier_sum():
    def f(t):
        return 0.5 + np.cos(2 * np.pi * t) - 3 * np.sin(5 * np.pi * t)

    np.testing.assert_allclose(fourier_sum(f, 5)(x), f(x), atol=1e-12)
    np.testing.assert_allclose(fourier_sum(f, 0)(x), 0.5, atol=1e-12)
    assert fourier_sum(f, 3)(np.zeros((2, 3))).shape == (2, 3)
    assert fourier_sum(f, 3)(0.25).shape == ()


def test_the_overshoot_stays():
    fine = np.linspace(0, 0.1, 5_001)
    peaks = [fourier_sum(square_wave, n)(fine).max() for n in (21, 101, 301)]
    np.testing.assert_allclose(peaks, WILBRAHAM_GIBBS, rtol=2e-3)
    integral = quad(lambda t: np.sinc(t / np.pi), 0, np.pi)[0]
    assert pytest.approx(2 / np.pi * integral) == WILBRAHAM_GIBBS
    # 9 % of the jump, which is 2
    assert pytest.approx(0.0895, abs=1e-4) == (WILBRAHAM_GIBBS - 1) / 2


@pytest.mark.parametrize("terms", [-1, 10**6])
def test_terms_are_checked(terms):
    with pytest.raises(ValueError, match="terms should lie"):
        fourier_sum(runge, terms)
