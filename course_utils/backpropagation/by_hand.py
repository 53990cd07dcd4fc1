"""Gradients derived by hand: a ReLU perceptron, and a net of two layers, with squared error.

The loss is the mean over the N examples of the squared distance: 1/N, no ½, summed (not averaged)
over outputs. ReLU has the slope 0 at 0. Sources: D. E. Rumelhart, G. E. Hinton and R. J. Williams,
"Learning representations by back-propagating errors", 1986; the lectures of S. Lefort and
J. Salmon (perceptron) and of K. Krawiec (δ of a hidden unit).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Parameters(NamedTuple):
    """Weights and biases of D inputs, H hidden ReLU units, M linear outputs; or their adjoints."""

    W1: np.ndarray  # (H, D)
    b1: np.ndarray  # (H,)
    W2: np.ndarray  # (M, H)
    b2: np.ndarray  # (M,)


class Pass(NamedTuple):
    """What the forward pass computes, one row for each example."""

    E1: np.ndarray  # (N, H), excitations of the hidden units
    H: np.ndarray  # (N, H), their outputs max(0, E1)
    Y: np.ndarray  # (N, M), outputs of the net


def perceptron_loss(w: ArrayLike, b: float, X: ArrayLike, t: ArrayLike) -> float:
    """Mean of (t − max(0, X w + b))², for w (D,), X (N, D) and t (N,)."""
    w, X, t = _arrays(w, X, t)
    return float(np.mean((t - np.maximum(0, X @ w + b)) ** 2))


def perceptron_gradient(
    w: ArrayLike, b: float, X: ArrayLike, t: ArrayLike
) -> tuple[np.ndarray, float]:
    """Gradient of `perceptron_loss` by w, (D,), and by b: −2/N Σ (t − y) [e > 0] x."""
    w, X, t = _arrays(w, X, t)
    e = X @ w + b  # (N,)
    delta = -2 * (t - np.maximum(0, e)) * (e > 0) / len(t)  # (N,)
    return delta @ X, float(delta.sum())  # (D,), ()


def forward(p: Parameters, X: ArrayLike) -> Pass:
    """Forward pass for X (N, D). ValueError where shapes do not fit."""
    W1, b1, W2, b2, X = _arrays(*p, X)
    if X.ndim != 2 or X.shape[1:] != W1.shape[1:] or W2.shape != (*b2.shape, *b1.shape):
        raise ValueError(
            f"X {X.shape}, W1 {W1.shape}, b1 {b1.shape}, W2 {W2.shape}, b2 {b2.shape} do not fit: "
            f"they must be (N, D), (H, D), (H,), (M, H), (M,)"
        )
    E1 = X @ W1.T + b1  # (N, H)
    H = np.maximum(0, E1)  # (N, H)
    return Pass(E1, H, H @ W2.T + b2)


def loss(p: Parameters, X: ArrayLike, T: ArrayLike) -> float:
    """(1/N) Σₙ ‖yₙ − tₙ‖² for inputs X (N, D) and targets T (N, M)."""
    Y = forward(p, X).Y
    return float((_errors(Y, T) ** 2).sum() / len(Y))


def deltas(p: Parameters, X: ArrayLike, T: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Adjoints δ of the excitations: hidden (N, H), then outputs (N, M).

    δ = ∂L/∂e for each unit and example. An output has δ = 2 (y − t) / N. A hidden unit hears from
    each output it feeds: its δ is the sum of their δ, weighted by the connections, times its slope.
    """
    E1, _, Y = forward(p, X)
    output = 2 * _errors(Y, T) / len(Y)  # (N, M)
    hidden = (output @ np.asarray(p.W2)) * (E1 > 0)  # (N, H)
    return hidden, output


def hidden_delta(weights: ArrayLike, successors: ArrayLike, slope: float) -> float:
    """δ of one hidden unit: f′(e) Σⱼ w(i→j) δⱼ, from its M outgoing weights and M successors' δ."""
    weights, successors = _arrays(weights, successors)
    if weights.shape != successors.shape:
        raise ValueError(f"{weights.shape} weights lead to {successors.shape} successors")
    return float(slope * (weights * successors).sum())


def gradient(p: Parameters, X: ArrayLike, T: ArrayLike) -> Parameters:
    """Gradient of `loss` by all parameters, in their shapes: W̄ = δᵀ (what went in), b̄ = Σ δ."""
    hidden, output = deltas(p, X, T)
    H = forward(p, X).H
    return Parameters(
        W1=hidden.T @ np.asarray(X, dtype=float),  # (H, N) @ (N, D) = (H, D)
        b1=hidden.sum(axis=0),  # (H,)
        W2=output.T @ H,  # (M, N) @ (N, H) = (M, H)
        b2=output.sum(axis=0),  # (M,)
    )


def _errors(Y: np.ndarray, T: ArrayLike) -> np.ndarray:
    T = np.asarray(T, dtype=float)
    if T.shape != Y.shape:
        raise ValueError(f"the targets have the shape {T.shape}, the outputs {Y.shape}")
    return Y - T


def _arrays(*values: ArrayLike) -> list[np.ndarray]:
    return [np.asarray(value, dtype=float) for value in values]
