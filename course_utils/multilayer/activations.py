"""Activation functions and their derivatives, each entrywise on the excitation z.

Where a derivative jumps, the value at the jump is a convention; here it is PyTorch's. Sources:
Glorot, Bordes & Bengio (2011) for ReLU, Maas, Hannun & Ng (2013) for leaky ReLU, Goodfellow et al.
(2013) for maxout, Clevert, Unterthiner & Hochreiter (2016) for ELU, Hendrycks & Gimpel (2016) for
GELU, Ramachandran, Zoph & Le (2017) for swish.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from course_utils.delta_rule import LINEAR, LOGISTIC, TANH, Activation
from course_utils.neuron import heaviside

__all__ = [
    "ACTIVATIONS", "GELU", "IDENTITY", "RELU", "STEP", "TANH", "Activation", "elu", "leaky_relu",
    "logistic", "maxout", "maxout_slopes", "swish",
]  # fmt: skip

IDENTITY = LINEAR

#: 1 where z ≥ 0. The derivative is 0 wherever there is one: a gradient learns nothing from it.
STEP = Activation(lambda z: heaviside(z).astype(float), lambda z: np.zeros(np.shape(z)))

RELU = Activation(lambda z: np.maximum(z, 0.0), lambda z: np.where(np.asarray(z) > 0, 1.0, 0.0))

#: z Φ(z), Φ the distribution function of the standard normal law.
GELU = Activation(
    lambda z: np.asarray(z) * ndtr(z),
    lambda z: ndtr(z) + np.asarray(z) * np.exp(-np.square(z) / 2) / np.sqrt(2 * np.pi),
)


def logistic(beta: float = 1.0) -> Activation:
    """1 / (1 + exp(−βz)); β is the steepness, and the slope at 0 is β/4.

    Raises
    ------
    ValueError
        Where β is not positive.
    """
    if not beta > 0:
        raise ValueError(f"beta must be positive, not {beta}")
    return Activation(
        lambda z: LOGISTIC.value(beta * np.asarray(z)),
        lambda z: beta * LOGISTIC.derivative(beta * np.asarray(z)),
    )


def leaky_relu(slope: float = 0.1) -> Activation:
    """z where z > 0, else ``slope`` · z. Krawiec's lecture takes 0.1, PyTorch 0.01."""
    return Activation(
        lambda z: np.where(np.asarray(z) > 0, z, slope * np.asarray(z)),
        lambda z: np.where(np.asarray(z) > 0, 1.0, slope),
    )


def elu(alpha: float = 1.0) -> Activation:
    """z where z > 0, else α (exp(z) − 1): bends towards −α instead of stopping at 0."""
    return Activation(
        # The minimum keeps the branch that is not taken from overflowing.
        lambda z: np.where(np.asarray(z) > 0, z, alpha * np.expm1(np.minimum(z, 0.0))),
        lambda z: np.where(np.asarray(z) > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0))),
    )


def swish(beta: float = 1.0) -> Activation:
    """z · logistic(βz); with β = 1 also called SiLU. Not monotone: it dips below 0.

    Raises
    ------
    ValueError
        Where β is not positive.
    """
    gate = logistic(beta)
    return Activation(
        lambda z: np.asarray(z) * gate.value(z),
        lambda z: gate.value(z) + np.asarray(z) * gate.derivative(z),
    )


#: The functions of one number by the names the chapter gives them.
ACTIVATIONS: dict[str, Activation] = {
    "step": STEP,
    "identity": IDENTITY,
    "logistic": logistic(),
    "tanh": TANH,
    "ReLU": RELU,
    "leaky ReLU": leaky_relu(),
    "ELU": elu(),
    "swish": swish(),
    "GELU": GELU,
}


def maxout(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Layer whose units answer the largest of K affine functions of their input.

    ReLU and the absolute value are maxout units with K = 2. The weights belong to the activation,
    which therefore is no function of one number.

    Parameters
    ----------
    X
        Inputs, shape (N, D).
    W, b
        Weights (H, K, D) and biases (H, K) of H units.

    Returns
    -------
    ndarray, shape (N, H)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    return _maxout_pieces(X, W, b).max(axis=2)  # (N, H)


def maxout_slopes(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Derivative of each maxout unit by its input: the weights of the piece that won.

    Parameters
    ----------
    X, W, b
        As in `maxout`.

    Returns
    -------
    ndarray, shape (N, H, D)
        At a tie, the weights of the first of the largest.

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    winner = _maxout_pieces(X, W, b).argmax(axis=2)  # (N, H)
    W = np.asarray(W, dtype=float)
    return W[np.arange(len(W)), winner]  # (N, H, D)


def _maxout_pieces(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    X, W, b = (np.asarray(values, dtype=float) for values in (X, W, b))
    if X.ndim != 2 or W.ndim != 3 or W.shape[2] != X.shape[1] or b.shape != W.shape[:2]:
        raise ValueError(
            f"X (N, D), W (H, K, D), b (H, K) are needed, got {X.shape}, {W.shape} and {b.shape}"
        )
    return np.einsum("nd,hkd->nhk", X, W) + b  # (N, H, K)
