"""The perceptron as gradient descent: the perceptron's hinge loss, its subgradient, and SGD.

The loss is mean(−y wᵀx)₊, which counts how far the wrong ones are on the wrong side. Its cousin
with a margin, mean(1 − y wᵀx)₊, is the hinge loss of support vector machines.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.margin import check_examples, check_weights


def loss(w: ArrayLike, X: ArrayLike, y: ArrayLike, *, shift: float = 0.0) -> float:
    """Hinge loss (1/N) Σ max(0, shift − yᵢ wᵀxᵢ).

    Parameters
    ----------
    w
        Weights, shape (D,).
    X, y
        Inputs (N, D) and labels ±1 (N,).
    shift
        0 for the perceptron's loss, 1 for the support vector machine's.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Where shapes or labels do not fit.
    """
    X, y = check_examples(X, y)
    return float(np.maximum(0, shift - y * (X @ check_weights(w, X))).mean())


def subgradient(w: ArrayLike, X: ArrayLike, y: ArrayLike, *, shift: float = 0.0) -> np.ndarray:
    """A subgradient of `loss`: −(1/N) Σ yᵢ xᵢ over the examples with yᵢ wᵀxᵢ ≤ shift.

    At the kink every value between 0 and −yx is a subgradient; −yx is taken, as Rosenblatt's rule
    does. At w = 0 that choice matters: it is what lets the perceptron leave its trivial minimum.

    Parameters
    ----------
    w, X, y, shift
        As in `loss`.

    Returns
    -------
    ndarray, shape (D,)

    Raises
    ------
    ValueError
        Where shapes or labels do not fit.
    """
    X, y = check_examples(X, y)
    wrong = y * (X @ check_weights(w, X)) <= shift  # (N,)
    return -(wrong * y) @ X / len(X)  # (D,)


def descend(
    X: ArrayLike,
    y: ArrayLike,
    *,
    w: ArrayLike,
    steps: ArrayLike,
    shift: float = 0.0,
) -> np.ndarray:
    """Subgradient descent on all examples at once.

    Parameters
    ----------
    X, y, shift
        As in `loss`.
    w
        Starting weights, shape (D,).
    steps
        Step size of each of the T iterations, shape (T,).

    Returns
    -------
    ndarray, shape (T + 1, D)
        Starting weights and those after each iteration.
    """
    weights = [np.array(w, dtype=float)]
    for step in np.asarray(steps, dtype=float):
        weights.append(weights[-1] - step * subgradient(weights[-1], X, y, shift=shift))
    return np.array(weights)  # (T + 1, D)


def sgd(
    X: ArrayLike,
    y: ArrayLike,
    *,
    step: float = 1.0,
    epochs: int = 10,
    rng: np.random.Generator | None = None,
) -> np.ndarray:
    """Stochastic subgradient descent, one example at a time, on the perceptron's loss from w = 0.

    Parameters
    ----------
    X, y
        Inputs (N, D) and labels ±1 (N,).
    step
        Fixed step size.
    epochs
        Passes over the examples.
    rng
        Draws a new order for every pass; without it the order is that of ``X``.

    Returns
    -------
    ndarray, shape (D,)
        Final weights.
    """
    X, y = check_examples(X, y)
    w = np.zeros(X.shape[1])
    for _ in range(epochs):
        for i in range(len(X)) if rng is None else rng.permutation(len(X)):
            w = w - step * subgradient(w, X[i : i + 1], y[i : i + 1])  # (D,)
    return w
