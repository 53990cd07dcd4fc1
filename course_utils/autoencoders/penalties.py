"""Penalties on the code: sparse (its size) and contractive (its derivative), with NumPy alone."""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def sparse_penalty(H: Any, lam: float) -> float:
    """Mean over the examples of Σᵢ λ|hᵢ|.

    Parameters
    ----------
    H
        Codes, shape (N, K).
    lam
        Weight λ ≥ 0.

    Raises
    ------
    ValueError
        Where H is no table or λ is negative.
    """
    return float(_weight(lam) * np.abs(table(H, "H")).sum(axis=1).mean())


def sparse_subgradient(H: Any, lam: float) -> np.ndarray:
    """Of `sparse_penalty` by H; at hᵢ = 0, where any slope from −λ to λ would do, 0 is chosen.

    Parameters
    ----------
    H, lam
        As in `sparse_penalty`.

    Returns
    -------
    ndarray, shape (N, K)

    Raises
    ------
    ValueError
        Where H is no table or λ is negative.
    """
    H = table(H, "H")
    return _weight(lam) * np.sign(H) / len(H)


def sigmoid_layer(X: Any, W: Any, b: Any) -> np.ndarray:
    """Codes h = 1/(1 + exp(−(Wx + b))).

    Parameters
    ----------
    X, W, b
        Examples (N, D), weights (K, D), biases (K,).

    Returns
    -------
    ndarray, shape (N, K)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    W = table(W, "W")
    X, b = table(X, "X", W.shape[1]), np.asarray(b, dtype=float)
    if b.shape != (len(W),):
        raise ValueError(f"b should have shape ({len(W)},), got {b.shape}")
    return 0.5 * (1 + np.tanh((X @ W.T + b) / 2))  # the logistic function, without overflow


def sigmoid_jacobian(X: Any, W: Any, b: Any) -> np.ndarray:
    """Derivatives ∂hᵢ/∂xⱼ of a layer of sigmoids.

    Parameters
    ----------
    X, W, b
        As in `sigmoid_layer`.

    Returns
    -------
    ndarray, shape (N, K, D)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    H = sigmoid_layer(X, W, b)  # (N, K)
    return (H * (1 - H))[:, :, None] * np.asarray(W, dtype=float)  # (N, K, D)


def contractive_penalty(X: Any, W: Any, b: Any) -> float:
    """Mean over the examples of ‖∂h/∂x‖²_F, the sum of all squared first derivatives.

    For sigmoids it is Σᵢ (hᵢ(1 − hᵢ))² ‖wᵢ‖² (Rifai, Vincent, Muller, Glorot and Bengio, 2011,
    "Contractive auto-encoders"), so the Jacobian itself is never formed.

    Parameters
    ----------
    X, W, b
        As in `sigmoid_layer`.

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    H = sigmoid_layer(X, W, b)  # (N, K)
    lengths = (np.asarray(W, dtype=float) ** 2).sum(axis=1)  # (K,), squared
    return float(((H * (1 - H)) ** 2 @ lengths).mean())


def _weight(lam: float) -> float:
    if not lam >= 0:
        raise ValueError(f"the weight of a penalty should be at least 0, got {lam!r}")
    return float(lam)
