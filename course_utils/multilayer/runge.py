"""Runge's function, and the polynomials that pass through points of it.

Runge (1901), *Über empirische Funktionen und die Interpolation zwischen äquidistanten Ordinaten*:
with equally spaced points, more points make it worse.
"""

from collections.abc import Callable

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.typing import ArrayLike


def runge(x: ArrayLike) -> np.ndarray:
    """1 / (1 + 25 x²), smooth on all of [−1, 1]."""
    return 1 / (1 + 25 * np.square(np.asarray(x, dtype=float)))


def equispaced(count: int) -> np.ndarray:
    """``count`` equally spaced points of [−1, 1], both ends included; (count,)."""
    return np.linspace(-1, 1, count)


def chebyshev_points(count: int) -> np.ndarray:
    """Roots of the Chebyshev polynomial of degree ``count``, increasing; (count,).

    They crowd towards the ends of [−1, 1], where the equally spaced ones go wrong.
    """
    return -np.cos(np.pi * (np.arange(count) + 0.5) / count)


def interpolating_polynomial(f: Callable[[np.ndarray], np.ndarray], points: ArrayLike) -> Chebyshev:
    """The polynomial of degree K − 1 that agrees with f on K different points of [−1, 1].

    Parameters
    ----------
    f
        Function of arrays.
    points
        Shape (K,). Up to about 40 equally spaced ones; then rounding errors show.

    Returns
    -------
    numpy.polynomial.Chebyshev
        Callable on arrays. The basis of Chebyshev polynomials is well conditioned, that of the
        powers of x is not.

    Raises
    ------
    ValueError
        Where a point is double, or outside [−1, 1].
    """
    points = np.asarray(points, dtype=float)
    if len(np.unique(points)) < points.size or (np.abs(points) > 1).any():
        raise ValueError(f"the points should be different and in [−1, 1], got {points}")
    return Chebyshev.fit(points, f(points), len(points) - 1, domain=[-1, 1])
