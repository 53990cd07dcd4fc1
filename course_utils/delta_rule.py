"""The delta rule: gradient descent on the squared error of one unit, linear or not.

Widrow & Hoff (1960), *Adaptive switching circuits*, for the linear unit. The error of unit output
ŷ = f(wᵀx) is δ = ŷ − y, and the loss is ½ mean(δ²): the ½ leaves no factor 2 in the gradient.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Activation(NamedTuple):
    """A function and its derivative, both entrywise on the excitation e = wᵀx."""

    value: Callable[[np.ndarray], np.ndarray]
    derivative: Callable[[np.ndarray], np.ndarray]


def _logistic(e: np.ndarray) -> np.ndarray:
    # tanh never overflows, where exp(−e) does.
    return 0.5 * (1 + np.tanh(0.5 * e))


LINEAR = Activation(lambda e: e, np.ones_like)
LOGISTIC = Activation(_logistic, lambda e: _logistic(e) * (1 - _logistic(e)))
TANH = Activation(np.tanh, lambda e: 1 - np.tanh(e) ** 2)


def squared_error(
    w: ArrayLike, X: ArrayLike, y: ArrayLike, activation: Activation = LINEAR
) -> float:
    """Half the mean squared error, (1/2N) Σ (f(wᵀxᵢ) − yᵢ)².

    Parameters
    ----------
    w
        Weights, shape (D,).
    X, y
        Inputs (N, D) and targets (N,), any real numbers.
    activation
        `LINEAR`, `LOGISTIC` or `TANH`.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    w, X, y = _check(w, X, y)
    return float(0.5 * ((activation.value(X @ w) - y) ** 2).mean())


def gradient(
    w: ArrayLike, X: ArrayLike, y: ArrayLike, activation: Activation = LINEAR
) -> np.ndarray:
    """Gradient of `squared_error`: (1/N) Σ δᵢ f′(eᵢ) xᵢ with eᵢ = wᵀxᵢ and δᵢ = f(eᵢ) − yᵢ.

    Parameters
    ----------
    w, X, y, activation
        As in `squared_error`.

    Returns
    -------
    ndarray, shape (D,)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    w, X, y = _check(w, X, y)
    e = X @ w  # (N,)
    delta = activation.value(e) - y  # (N,)
    return (delta * activation.derivative(e)) @ X / len(X)  # (D,)


def descend(
    X: ArrayLike,
    y: ArrayLike,
    *,
    w: ArrayLike,
    rate: float,
    steps: int,
    activation: Activation = LINEAR,
) -> np.ndarray:
    """The delta rule on all examples, ``steps`` times.

    Parameters
    ----------
    X, y, activation
        As in `squared_error`.
    w
        Starting weights, shape (D,).
    rate
        Learning rate η. For the linear unit it must stay below 2/λ, λ the largest eigenvalue of
        XᵀX/N.
    steps
        Number of iterations T.

    Returns
    -------
    ndarray, shape (T + 1, D)
        Starting weights and those after each iteration.
    """
    weights = [np.array(w, dtype=float)]
    for _ in range(steps):
        weights.append(weights[-1] - rate * gradient(weights[-1], X, y, activation))
    return np.array(weights)  # (T + 1, D)


def _check(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    w, X, y = (np.asarray(values, dtype=float) for values in (w, X, y))
    if X.ndim != 2 or y.shape != X.shape[:1] or w.shape != X.shape[1:]:
        raise ValueError(
            f"w (D,), X (N, D), y (N,) are needed, got {w.shape}, {X.shape} and {y.shape}"
        )
    return w, X, y
