"""One neuron: a weighted sum, a threshold, and what a few of them carve together.

The bias is folded into the weights throughout: every input gets a first coordinate x₀ = 1, and
w = (b, w₁, …, w_d). McCulloch & Pitts (1943), *A logical calculus of the ideas immanent in nervous
activity*; Rosenblatt (1958), *The perceptron*.
"""

import numpy as np
from numpy.typing import ArrayLike


def with_bias(X: ArrayLike) -> np.ndarray:
    """Fold the bias in: put x₀ = 1 before every input.

    Parameters
    ----------
    X
        Inputs, shape (N, d).

    Returns
    -------
    ndarray, shape (N, 1 + d)

    Raises
    ------
    ValueError
        Where ``X`` is no table of inputs.
    """
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError(f"X should hold one input per row, shape (N, d), not {X.shape}")
    return np.column_stack([np.ones(len(X)), X])  # (N, 1 + d)


def heaviside(z: ArrayLike) -> np.ndarray:
    """Step function: 1 where z ≥ 0, else 0.

    The value at 0 is a convention; 1 here, as in Rosenblatt's rule in the {0, 1} form.
    """
    return np.where(np.asarray(z) >= 0, 1, 0)


def mcculloch_pitts(excitatory: ArrayLike, inhibitory: ArrayLike, threshold: int) -> np.ndarray:
    """The unit of 1943: fires if enough excitatory inputs are on and no inhibitory one is.

    Parameters
    ----------
    excitatory, inhibitory
        Inputs 0 or 1, shapes (N, E) and (N, I); E or I may be 0.
    threshold
        How many excitatory inputs must be on.

    Returns
    -------
    ndarray of 0 and 1, shape (N,)

    Raises
    ------
    ValueError
        Where an input is neither 0 nor 1.
    """
    excitatory, inhibitory = np.asarray(excitatory), np.asarray(inhibitory)
    for name, values in (("excitatory", excitatory), ("inhibitory", inhibitory)):
        if not np.isin(values, (0, 1)).all():
            raise ValueError(f"{name} inputs of a McCulloch–Pitts unit are 0 or 1, got {values}")
    enough = excitatory.sum(axis=1) >= threshold  # (N,)
    vetoed = inhibitory.any(axis=1)  # (N,)
    return np.where(enough & ~vetoed, 1, 0)  # (N,)


def threshold_unit(w: ArrayLike, X: ArrayLike) -> np.ndarray:
    """Answer of one neuron: σ(wᵀx) with the step function σ.

    Parameters
    ----------
    w
        Weights with the bias first, shape (D,).
    X
        Inputs with x₀ = 1 first, shape (N, D), or one input, shape (D,).

    Returns
    -------
    ndarray of 0 and 1, shape (N,) or ()
    """
    return heaviside(np.asarray(X) @ np.asarray(w))  # (N,)


def threshold_layer(W: ArrayLike, X: ArrayLike) -> np.ndarray:
    """Answers of H neurons that look at the same input.

    Parameters
    ----------
    W
        One neuron per row, bias first, shape (H, 1 + d).
    X
        Inputs **without** x₀, shape (N, d): the layer adds it, so that layers can be stacked.

    Returns
    -------
    ndarray of 0 and 1, shape (N, H)
    """
    return heaviside(with_bias(X) @ np.asarray(W, dtype=float).T)  # (N, H)


def polygon_layer(corners: ArrayLike) -> np.ndarray:
    """Half-planes whose intersection is a convex polygon.

    Parameters
    ----------
    corners
        Corners in counter-clockwise order, shape (H, 2).

    Returns
    -------
    ndarray, shape (H, 3)
        One neuron per edge, which fires on the inner side: W of `threshold_layer`.

    Raises
    ------
    ValueError
        Where the corners do not turn left all the way round.
    """
    corners = np.asarray(corners, dtype=float)
    edges = np.roll(corners, -1, axis=0) - corners  # (H, 2)
    following = np.roll(edges, -1, axis=0)  # (H, 2)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]  # (H,)
    # All left turns could still wind round twice (a star): the angles must sum to one full turn.
    angles = np.arctan2(turns, (edges * following).sum(axis=1))  # (H,)
    if len(corners) < 3 or (turns <= 0).any() or not np.isclose(angles.sum(), 2 * np.pi):
        raise ValueError(
            f"corners should go round a convex polygon counter-clockwise, got {corners.tolist()}"
        )
    normals = np.column_stack([-edges[:, 1], edges[:, 0]])  # (H, 2), the edge turned left
    biases = -(normals * corners).sum(axis=1)  # (H,)
    return np.column_stack([biases, normals])  # (H, 3)
