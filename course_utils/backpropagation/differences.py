"""Derivatives from differences of values, and how wrong they are at which step.

Two errors pull against each other. The difference quotient is not the derivative (truncation, grows
with h); and values of f are rounded to a relative 2⁻⁵³, which division by a small h blows up. So
the error against h is U-shaped, and the best step is where both are alike in size. Source:
W. H. Press et al., "Numerical Recipes", 3rd edition, 2007, section 5.7.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

#: The distance ε = 2⁻⁵² from 1 to the next float64. Rounding is wrong by ε/2 at most, relatively.
EPSILON = float(np.finfo(float).eps)


def forward_difference(f: Callable, x: ArrayLike, h: ArrayLike) -> np.ndarray:
    """(f(x + h) − f(x)) / h for a function of one number, (…) where x and h broadcast to (…).

    Wrong by about ``h |f″| / 2``, plus rounding. Divides by the step really made, (x + h) − x,
    which is h but for rounding. Raises ValueError where that step is 0.
    """
    x, ahead, _ = _points(x, h)
    return np.asarray((f(ahead) - f(x)) / (ahead - x))


def central_difference(f: Callable, x: ArrayLike, h: ArrayLike) -> np.ndarray:
    """(f(x + h) − f(x − h)) / 2h, likewise; wrong by about ``h² |f‴| / 6``, plus rounding."""
    _, ahead, behind = _points(x, h)
    return np.asarray((f(ahead) - f(behind)) / (ahead - behind))


def complex_step(f: Callable, x: ArrayLike, h: float = 1e-20) -> np.ndarray:
    """Im f(x + ih) / h: no subtraction, so h may be tiny and the error has no U.

    The function must be analytic and accept complex numbers (no abs, no max). Source: W. Squire
    and G. Trapp, "Using complex variables to estimate derivatives of real functions", 1998.
    """
    return np.imag(f(np.asarray(x) + 1j * h)) / h


def forward_error(h: ArrayLike, value: float, second: float) -> np.ndarray:
    """Bound ``h |f″| / 2 + ε |f| / h`` on the error of the forward difference, shape of h.

    ``value`` and ``second`` are f and f″ at x. It supposes values of f that are rounded once.
    """
    h = np.asarray(h, dtype=float)
    return h * abs(second) / 2 + EPSILON * abs(value) / h


def central_error(h: ArrayLike, value: float, third: float) -> np.ndarray:
    """Bound ``h² |f‴| / 6 + ε |f| / 2h`` on the error of the central difference, shape of h."""
    h = np.asarray(h, dtype=float)
    return h**2 * abs(third) / 6 + EPSILON * abs(value) / (2 * h)


def best_forward_step(value: float, second: float) -> float:
    """Where `forward_error` is least: ``h = √(2 ε |f / f″|)``, about 2e-8 for numbers near 1.

    Raises ValueError where f″ = 0: there is nothing to balance, a longer step is always better.
    """
    if second == 0:
        raise ValueError("f″ = 0 here: the longer the step, the better")
    return float(np.sqrt(2 * EPSILON * abs(value / second)))


def best_central_step(value: float, third: float) -> float:
    """Where `central_error` is least: ``h = (3 ε |f / f‴| / 2)^⅓``, about 7e-6 for numbers near 1.

    Raises ValueError where f‴ = 0.
    """
    if third == 0:
        raise ValueError("f‴ = 0 here: the longer the step, the better")
    return float(np.cbrt(1.5 * EPSILON * abs(value / third)))


def _points(x: ArrayLike, h: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points x, x + h and x − h. ValueError where h is lost in rounding."""
    x = np.asarray(x, dtype=float)
    ahead, behind = x + h, x - h
    if not ((ahead != x) & (behind != x)).all():
        raise ValueError(
            f"a step of {np.min(np.abs(h)):g} is lost at x = {x.flat[0]:g}: x + h is x again"
        )
    return x, ahead, behind
