"""Vector–Jacobian products: from the adjoint of a result to the adjoints of what went in.

For y = f(x) with Jacobian J, reverse mode needs x̄ = Jᵀ ȳ only, and never J itself. G is always the
adjoint of the result and has its shape. Source: M. Giles, "Collected matrix derivative results for
forward and reverse mode algorithmic differentiation", 2008.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def matmul_vjp(A: ArrayLike, B: ArrayLike, G: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Adjoints of A (n, k) and B (k, m) for C = A B, given G = C̄ (n, m): Ā = G Bᵀ, B̄ = Aᵀ G."""
    A, B, G = _arrays(A, B, G)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError(f"matrices (n, k) and (k, m) are needed, not {A.shape} and {B.shape}")
    _same_shape(G, (A.shape[0], B.shape[1]))
    return G @ B.T, A.T @ G  # (n, k), (k, m)


def sum_vjp(
    shape: Sequence[int],
    axis: int | Sequence[int] | None,
    G: ArrayLike,
    *,
    keepdims: bool = False,
) -> np.ndarray:
    """Adjoint of x for ``x.sum(axis, keepdims=keepdims)``, x of that shape: G repeated along axis.

    Every entry went into one sum with the slope 1, so it receives the adjoint of that sum.
    """
    (G,) = _arrays(G)
    shape = tuple(shape)
    axes = range(len(shape)) if axis is None else np.atleast_1d(np.asarray(axis, dtype=int))
    axes = {int(a) % len(shape) for a in axes} if shape else set()
    kept = tuple(1 if i in axes else n for i, n in enumerate(shape))
    _same_shape(G, kept if keepdims else tuple(n for i, n in enumerate(shape) if i not in axes))
    return np.broadcast_to(G.reshape(kept), shape).copy()


def broadcast_vjp(shape: Sequence[int], G: ArrayLike) -> np.ndarray:
    """Adjoint of x of that shape which NumPy stretched to the shape of G: G summed back.

    Axes that were put in front are summed away; axes of length 1 that were repeated are summed and
    kept. Raises ValueError where that shape does not stretch to that of G.
    """
    (G,) = _arrays(G)
    shape = tuple(shape)
    new = G.ndim - len(shape)
    if new < 0 or any(a not in (1, b) for a, b in zip(shape, G.shape[new:], strict=True)):
        raise ValueError(f"{shape} does not stretch to {G.shape}")
    G = G.sum(axis=tuple(range(new)))
    repeated = tuple(i for i, n in enumerate(shape) if n == 1)
    return G.sum(axis=repeated, keepdims=True)


def relu_vjp(E: ArrayLike, G: ArrayLike) -> np.ndarray:
    """Adjoint of E for max(0, E), both of one shape: G where E > 0, and 0 elsewhere."""
    E, G = _arrays(E, G)
    _same_shape(G, E.shape)
    return G * (E > 0)


def softmax(Z: ArrayLike) -> np.ndarray:
    """Rows of Z (N, C) as probabilities: exp(z) over the sum of the row, without overflow."""
    (Z,) = _arrays(Z)
    P = np.exp(Z - Z.max(axis=1, keepdims=True))  # (N, C)
    return P / P.sum(axis=1, keepdims=True)


def cross_entropy(Z: ArrayLike, y: ArrayLike) -> float:
    """Mean of −ln softmax(zₙ)[yₙ] over the N rows of Z (N, C); y (N,) holds classes 0 … C − 1."""
    Z, y = _logits(Z, y)
    highest = Z.max(axis=1)  # (N,)
    log_sums = highest + np.log(np.exp(Z - highest[:, None]).sum(axis=1))  # (N,)
    return float(np.mean(log_sums - Z[np.arange(len(y)), y]))


def cross_entropy_vjp(Z: ArrayLike, y: ArrayLike, g: float = 1.0) -> np.ndarray:
    """Adjoint of Z (N, C) for `cross_entropy`, given its adjoint g.

    It is g (softmax(Z) − one-hot(y)) / N. Each row sums to 0, since adding a number to all
    logits of a row changes nothing.
    """
    Z, y = _logits(Z, y)
    P = softmax(Z)  # (N, C)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


def _logits(Z: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    (Z,), y = _arrays(Z), np.asarray(y)
    if Z.ndim != 2 or y.shape != Z.shape[:1] or y.dtype.kind not in "iu":
        raise ValueError(f"Z (N, C) and N whole numbers are needed, not {Z.shape} and {y.shape}")
    if y.size and not (y.min() >= 0 and y.max() < Z.shape[1]):
        raise ValueError(f"classes must be from 0 to {Z.shape[1] - 1}, got {y.min()} to {y.max()}")
    return Z, y


def _same_shape(G: np.ndarray, shape: tuple[int, ...]) -> None:
    if G.shape != shape:
        raise ValueError(f"the adjoint of the result must have its shape {shape}, not {G.shape}")


def _arrays(*values: ArrayLike) -> list[np.ndarray]:
    return [np.asarray(value, dtype=float) for value in values]
