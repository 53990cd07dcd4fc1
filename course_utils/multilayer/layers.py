"""Layers: σ(Wx + b) for many inputs at once, one after another, and without the σ.

Inputs are rows. Weights have one row per unit, shape (out, in), as in `torch.nn.Linear`; so a layer
computes X Wᵀ + b.
"""

import operator
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

Function = Callable[[np.ndarray], np.ndarray]


class Affine(NamedTuple):
    """Weights W (H, D) and biases b (H,) of a layer: D inputs, H units."""

    W: np.ndarray
    b: np.ndarray


def affine(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Excitations of a layer, Wx + b for every input x.

    Parameters
    ----------
    X
        Inputs, one per row, shape (N, D).
    W, b
        Weights (H, D), one row per unit, and biases (H,).

    Returns
    -------
    ndarray, shape (N, H)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    X, W, b = (np.asarray(values, dtype=float) for values in (X, W, b))
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != W.shape[1] or b.shape != W.shape[:1]:
        raise ValueError(
            f"X (N, D), W (H, D), b (H,) are needed, got {X.shape}, {W.shape} and {b.shape}"
        )
    return X @ W.T + b  # (N, H)


def layer(X: ArrayLike, W: ArrayLike, b: ArrayLike, function: Function) -> np.ndarray:
    """A layer's answers, σ(Wx + b) for every input x.

    Parameters
    ----------
    X, W, b
        As in `affine`.
    function
        σ, entrywise on arrays: the ``value`` of an activation.

    Returns
    -------
    ndarray, shape (N, H)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    return function(affine(X, W, b))  # (N, H)


def forward(
    X: ArrayLike,
    layers: Sequence[tuple[ArrayLike, ArrayLike]],
    function: Function,
    output: Function | None = None,
) -> list[np.ndarray]:
    """What every layer of a multilayer perceptron makes of the inputs.

    Parameters
    ----------
    X
        Inputs, shape (N, D).
    layers
        (W, b) of each layer, from the input to the output.
    function
        σ of all layers but the last.
    output
        σ of the last layer; none by default, for numbers of any size.

    Returns
    -------
    list of ndarray
        The inputs, (N, D), and the answers of each layer, (N, H_k). The last entry is the output.

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    steps = [np.asarray(X, dtype=float)]
    for W, b in layers[:-1]:
        steps.append(layer(steps[-1], W, b, function))  # (N, H_k)
    for W, b in layers[-1:]:
        excitations = affine(steps[-1], W, b)  # (N, K)
        steps.append(excitations if output is None else output(excitations))
    return steps


def collapse(layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> Affine:
    """The one affine map that layers without activations amount to.

    W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂), and so on.

    Parameters
    ----------
    layers
        (W, b) of each layer, from the input to the output; at least one.

    Returns
    -------
    Affine
        W (H_last, D) and b (H_last,).

    Raises
    ------
    ValueError
        Where there is no layer, or one does not fit the layer before it.
    """
    if not layers:
        raise ValueError("no layer to collapse; give at least one pair (W, b)")
    first, *others = layers
    W, b = (np.asarray(values, dtype=float) for values in first)
    for number, (V, c) in enumerate(others, 2):
        V, c = np.asarray(V, dtype=float), np.asarray(c, dtype=float)
        if V.ndim != 2 or V.shape[1] != len(W) or c.shape != V.shape[:1]:
            raise ValueError(
                f"layer {number} should take the {len(W)} outputs of the layer before it, shapes "
                f"(H, {len(W)}) and (H,), got {V.shape} and {c.shape}"
            )
        W, b = V @ W, V @ b + c  # (H, D), (H,)
    return Affine(W, b)


def parameter_count(sizes: Sequence[int]) -> int:
    """Number of weights and biases of fully connected layers.

    Parameters
    ----------
    sizes
        Units of every layer from input to output: (784, 256, 10) has one hidden layer.

    Returns
    -------
    int
        Σ (in + 1) · out over the layers: a unit has a weight per input, and a bias.

    Raises
    ------
    ValueError
        With fewer than two sizes, or one below 1.
    TypeError
        Where a size is no whole number.
    """
    whole = [operator.index(size) for size in sizes]
    if len(whole) < 2 or min(whole) < 1:
        raise ValueError(f"sizes must be two or more positive numbers, not {tuple(sizes)}")
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(whole))
