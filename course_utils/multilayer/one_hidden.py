"""A network with one hidden layer and one output, with its weights in the open."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_utils.multilayer.activations import RELU, Activation
from course_utils.multilayer.layers import layer


class OneHidden(NamedTuple):
    """x ↦ w₂ᵀ σ(W₁x + b₁) + b₂, called on many inputs at once.

    Parameters
    ----------
    W1, b1
        Weights (H, D) and biases (H,) of the hidden units.
    w2, b2
        Weights (H,) and bias, a number, of the output.
    activation
        σ of the hidden units.
    """

    W1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: float
    activation: Activation = RELU

    @property
    def width(self) -> int:
        """Number of hidden units H."""
        return len(self.w2)

    def hidden(self, X: ArrayLike) -> np.ndarray:
        """Answers of the hidden units: (N, D) → (N, H). With D = 1, (N,) will do."""
        X = np.asarray(X, dtype=float)
        if X.ndim == 1 and self.W1.shape[1] == 1:
            X = X[:, None]  # (N, 1)
        return layer(X, self.W1, self.b1, self.activation.value)  # (N, H)

    def __call__(self, X: ArrayLike) -> np.ndarray:
        """Outputs: (N, D) → (N,). With D = 1, inputs of shape (N,) will do."""
        return self.hidden(X) @ self.w2 + self.b2  # (N,)


def one_hidden(
    W1: ArrayLike, b1: ArrayLike, w2: ArrayLike, b2: float, activation: Activation = RELU
) -> OneHidden:
    """A `OneHidden` of numbers in any form, after a look at their shapes.

    Parameters
    ----------
    W1, b1, w2, b2, activation
        The fields of `OneHidden`. For inputs that are single numbers, W1 may be (H,).

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    W1, b1, w2 = (np.asarray(values, dtype=float) for values in (W1, b1, w2))
    W1 = W1[:, None] if W1.ndim == 1 else W1  # (H, D)
    if W1.ndim != 2 or not b1.shape == w2.shape == W1.shape[:1]:
        raise ValueError(
            f"W1 (H, D), b1 (H,), w2 (H,) are needed, got {W1.shape}, {b1.shape} and {w2.shape}"
        )
    return OneHidden(W1, b1, w2, float(b2), activation)


def rescale(net: OneHidden, d: ArrayLike) -> OneHidden:
    """Another network that computes the same: unit k made d_k times larger, its weight smaller.

    Right for activations with σ(d z) = d σ(z) where d > 0, such as ReLU and leaky ReLU. With
    D = diag(d): W₁ → D W₁, b₁ → D b₁, w₂ → D⁻¹ w₂.

    Parameters
    ----------
    net
        H hidden units.
    d
        Positive factors, shape (H,).

    Raises
    ------
    ValueError
        Where there is not one positive factor per unit, or the activation is not homogeneous.
    """
    d = np.asarray(d, dtype=float)
    if d.shape != net.w2.shape or not (d > 0).all():
        raise ValueError(f"{net.width} positive factors are needed, got {d}")
    z = np.array([-3.0, -0.5, 0.5, 3.0])
    if not np.allclose(net.activation.value(2 * z), 2 * net.activation.value(z)):
        raise ValueError("rescaling changes what the network computes: σ(2z) is not 2 σ(z) here")
    return net._replace(W1=d[:, None] * net.W1, b1=d * net.b1, w2=net.w2 / d)


def permute(net: OneHidden, order: Sequence[int]) -> OneHidden:
    """Another network that computes the same: the hidden units in another order.

    Raises
    ------
    ValueError
        Where ``order`` does not name every unit once.
    """
    if sorted(order) != list(range(net.width)):
        raise ValueError(f"the order should name units 0 to {net.width - 1} once, got {order}")
    index = np.asarray(order, dtype=int)
    return net._replace(W1=net.W1[index], b1=net.b1[index], w2=net.w2[index])


def add(nets: Sequence[OneHidden]) -> OneHidden:
    """The network whose output is the sum of the outputs: all hidden units side by side.

    Raises
    ------
    ValueError
        Where there is none, or their inputs or activations differ.
    """
    if not nets:
        raise ValueError("no network to add")
    if len({net.W1.shape[1] for net in nets}) > 1:
        raise ValueError(f"inputs of {[net.W1.shape[1] for net in nets]} numbers cannot be shared")
    if any(net.activation is not nets[0].activation for net in nets):
        raise ValueError("the networks need the same activation to share one hidden layer")
    return OneHidden(
        np.vstack([net.W1 for net in nets]),
        np.concatenate([net.b1 for net in nets]),
        np.concatenate([net.w2 for net in nets]),
        float(sum(net.b2 for net in nets)),
        nets[0].activation,
    )
