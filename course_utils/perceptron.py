"""Rosenblatt's learning rule in both conventions, and training until no mistake is left.

Rosenblatt (1958), *The perceptron*; Novikoff (1962), *On convergence proofs on perceptrons*.
Inputs carry x₀ = 1 first where a bias is wanted (`course_utils.neuron.with_bias`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_utils.margin import check_examples, check_weights
from course_utils.neuron import heaviside


def update_zero_one(w: ArrayLike, x: ArrayLike, y: int, *, rate: float = 1.0) -> np.ndarray:
    """Rosenblatt's rule for labels 0 and 1: w + α (y − σ(wᵀx)) x.

    Parameters
    ----------
    w, x
        Weights and one input, shape (D,).
    y
        Label, 0 or 1.
    rate
        Learning rate α > 0.

    Returns
    -------
    ndarray, shape (D,)
        New weights; ``w`` itself is left alone.

    Raises
    ------
    ValueError
        Where ``y`` is neither 0 nor 1.
    """
    if y not in (0, 1):
        raise ValueError(f"this convention has labels 0 and 1, got {y}")
    w, x = np.asarray(w, dtype=float), np.asarray(x, dtype=float)
    return w + rate * (y - heaviside(w @ x)) * x  # (D,)


def update_plus_minus(w: ArrayLike, x: ArrayLike, y: int, *, step: float = 1.0) -> np.ndarray:
    """Rosenblatt's rule for labels −1 and +1: on a mistake, w + ρ y x.

    A mistake is y wᵀx ≤ 0: an input on the boundary counts, or w = 0 would never learn.

    Parameters
    ----------
    w, x
        Weights and one input, shape (D,).
    y
        Label, −1 or +1.
    step
        Step size ρ > 0.

    Returns
    -------
    ndarray, shape (D,)
        New weights; ``w`` itself is left alone.

    Raises
    ------
    ValueError
        Where ``y`` is neither −1 nor +1.
    """
    if y not in (-1, 1):
        raise ValueError(f"this convention has labels −1 and +1, got {y}")
    w, x = np.array(w, dtype=float), np.asarray(x, dtype=float)
    if y * (w @ x) <= 0:
        w = w + step * y * x  # (D,)
    return w


@dataclass(frozen=True)
class History:
    """What happened in training.

    Attributes
    ----------
    weights
        Starting weights, then those after each of the M mistakes, shape (M + 1, D).
    examples
        Index of the example of each mistake, shape (M,).
    epochs
        Epoch of each mistake, from 0, shape (M,).
    mistakes_per_epoch
        Shape (E,), E the number of passes made; the last entry is 0 if training converged.
    """

    weights: np.ndarray
    examples: np.ndarray
    epochs: np.ndarray
    mistakes_per_epoch: np.ndarray

    @property
    def w(self) -> np.ndarray:
        """Final weights, shape (D,)."""
        return self.weights[-1]

    @property
    def mistakes(self) -> int:
        """Number of mistakes made, M."""
        return len(self.examples)

    @property
    def converged(self) -> bool:
        """Whether the last pass was without a mistake."""
        return bool(self.mistakes_per_epoch[-1] == 0)


def train(
    X: ArrayLike,
    y: ArrayLike,
    *,
    w: ArrayLike | None = None,
    step: float = 1.0,
    max_epochs: int = 1000,
    rng: np.random.Generator | None = None,
) -> History:
    """Pass over the examples until a whole pass goes by without a mistake.

    Parameters
    ----------
    X, y
        Inputs (N, D) and labels ±1 (N,).
    w
        Starting weights, shape (D,); zeros if not given.
    step
        Step size ρ.
    max_epochs
        Stop after so many passes at the latest: without it, inseparable examples run for ever.
    rng
        Draws a new order for every pass; without it the order is that of ``X``.

    Returns
    -------
    History

    Raises
    ------
    ValueError
        Where shapes or labels do not fit, or ``max_epochs`` < 1.
    """
    X, y = check_examples(X, y)
    if max_epochs < 1:
        raise ValueError(f"max_epochs should be at least 1, got {max_epochs}")
    w = np.zeros(X.shape[1]) if w is None else check_weights(w, X).copy()
    weights, examples, epochs, per_epoch = [w], [], [], []
    for epoch in range(max_epochs):
        before = len(examples)
        for i in range(len(X)) if rng is None else rng.permutation(len(X)):
            if y[i] * (w @ X[i]) <= 0:
                w = update_plus_minus(w, X[i], y[i], step=step)
                weights.append(w)
                examples.append(int(i))
                epochs.append(epoch)
        per_epoch.append(len(examples) - before)
        if per_epoch[-1] == 0:
            break
    return History(
        np.array(weights),
        np.array(examples, dtype=int),
        np.array(epochs, dtype=int),
        np.array(per_epoch),
    )
