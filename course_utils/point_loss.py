"""Losses for predicting a number, and the constant that minimises the mean of each.

Squared loss asks for the mean, absolute loss for a median, the zero-one loss of a narrow window
for the mode, pinball loss for a quantile. Source of the last: Koenker and Bassett, *Regression
quantiles* (1978). All losses are ``loss(prediction, y)`` and broadcast like NumPy.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
PointLoss = Callable[[ArrayLike, ArrayLike], Floats]


def squared_loss(prediction: ArrayLike, y: ArrayLike) -> Floats:
    """(prediction − y)², minimised in the mean by the mean of y."""
    return np.square(np.subtract(prediction, y, dtype=float))


def absolute_loss(prediction: ArrayLike, y: ArrayLike) -> Floats:
    """``|prediction − y|``, minimised in the mean by any median of y."""
    return np.abs(np.subtract(prediction, y, dtype=float))


def window_loss(prediction: ArrayLike, y: ArrayLike, half_width: float) -> Floats:
    """0 where the prediction is within ``half_width`` of y, else 1.

    Its mean is minimised by the centre of the window that holds most of y; as the window narrows
    this becomes the mode. (With no window at all, every prediction of a continuous y is wrong.)

    Raises
    ------
    ValueError
        Where ``half_width`` is not positive.
    """
    if not half_width > 0:
        raise ValueError(f"half_width must be positive, got {half_width}")
    return (absolute_loss(prediction, y) > half_width).astype(float)


def pinball_loss(prediction: ArrayLike, y: ArrayLike, tau: float) -> Floats:
    """``tau`` per unit too low, ``1 − tau`` per unit too high; minimised by the tau-quantile.

    Raises
    ------
    ValueError
        Where ``tau`` is not strictly between 0 and 1.
    """
    if not 0 < tau < 1:
        raise ValueError(f"tau must lie strictly between 0 and 1, got {tau}")
    shortfall = np.subtract(y, prediction, dtype=float)
    return np.where(shortfall >= 0, tau * shortfall, (tau - 1) * shortfall)


def mean_loss(
    loss: PointLoss, predictions: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None
) -> Floats:
    """Mean loss of each candidate prediction over a sample, or over a discrete distribution.

    Parameters
    ----------
    loss
        ``loss(prediction, y)``, such as `absolute_loss`.
    predictions : (M,)
        Candidate constants.
    y : (N,)
        Sample, or the values that y may take.
    weights : (N,), optional
        Probability of each value; the sample mean where it is left out.

    Returns
    -------
    (M,)

    Raises
    ------
    ValueError
        Where ``y`` is empty, or the weights do not fit ``y`` or are no distribution.
    """
    candidates = np.atleast_1d(np.asarray(predictions, dtype=float))  # (M,)
    values = np.asarray(y, dtype=float)  # (N,)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"y must be a non-empty (N,) array, got shape {values.shape}")
    p = np.full(values.size, 1 / values.size) if weights is None else np.asarray(weights, float)
    if p.shape != values.shape or (p < 0).any() or not np.isclose(p.sum(), 1):
        raise ValueError(f"weights must be {values.size} probabilities that sum to 1, got {p}")
    return loss(candidates[:, None], values[None, :]) @ p  # (M, N) @ (N,) -> (M,)


def weighted_median(values: ArrayLike, weights: ArrayLike) -> float:
    """Smallest value with at least half of the probability at or below it.

    Raises
    ------
    ValueError
        As in `weighted_quantile`.
    """
    return weighted_quantile(values, weights, 0.5)


def weighted_quantile(values: ArrayLike, weights: ArrayLike, tau: float) -> float:
    """Smallest value with at least ``tau`` of the probability at or below it.

    Parameters
    ----------
    values, weights : (K,)
        What y may be, in any order, and with which probability.
    tau : float
        Strictly between 0 and 1.

    Raises
    ------
    ValueError
        Where the shapes differ, the weights are no distribution, or tau is out of range.
    """
    y, p = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if y.ndim != 1 or y.shape != p.shape or (p < 0).any() or not np.isclose(p.sum(), 1):
        raise ValueError(
            f"values and weights must both be (K,), weights probabilities that sum to 1; "
            f"got shapes {y.shape} and {p.shape}, sum {p.sum():g}"
        )
    if not 0 < tau < 1:
        raise ValueError(f"tau must lie strictly between 0 and 1, got {tau}")
    order = np.argsort(y)
    cumulative = np.cumsum(p[order])
    # Rounding may leave a cumulative sum a hair below tau: 0.1 + 0.2 + 0.2 < 0.5.
    first = int(np.argmax(cumulative >= tau - 1e-12))
    return float(y[order][first])
