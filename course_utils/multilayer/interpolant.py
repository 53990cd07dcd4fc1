"""The ReLU network that passes through given points and is straight between them."""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.multilayer.one_hidden import OneHidden, one_hidden


def relu_interpolant(x: ArrayLike, y: ArrayLike) -> OneHidden:
    """Weights of a one-hidden-layer ReLU network through (x₁, y₁), …, (x_K, y_K).

    Unit k switches on at x_k and from there adds a slope, so its output weight is the *change* of
    slope at x_k; the bias of the output is the first value. No training is needed.

    Parameters
    ----------
    x, y
        Points (K,), K ≥ 2, with x increasing.

    Returns
    -------
    OneHidden
        K − 1 units. Left of x₁ it stays at y₁; right of x_K the last slope goes on.

    Raises
    ------
    ValueError
        Where the shapes differ, or x does not increase.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or not (np.diff(x) > 0).all():
        raise ValueError(f"x and y should be (K,) with K ≥ 2 and x increasing, got {x} and {y}")
    slopes = np.diff(y) / np.diff(x)  # (K - 1,)
    changes = np.diff(slopes, prepend=0.0)  # (K - 1,)
    return one_hidden(np.ones(len(x) - 1), -x[:-1], changes, y[0])
