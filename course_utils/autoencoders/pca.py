"""Principal components by the singular value decomposition: the best linear autoencoder."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.autoencoders.tables import same_shape, table


@dataclass(frozen=True)
class PCA:
    """Mean (D,), directions as the orthonormal columns of V (D, k), variances along them (k,)."""

    mean: np.ndarray
    V: np.ndarray
    variances: np.ndarray

    def encode(self, X: Any) -> np.ndarray:
        """Codes h = Vᵀ(x − mean): (N, D) → (N, k)."""
        return (table(X, "X", len(self.mean)) - self.mean) @ self.V

    def decode(self, H: Any) -> np.ndarray:
        """Reconstructions mean + Vh: (N, k) → (N, D)."""
        return table(H, "H", self.V.shape[1]) @ self.V.T + self.mean

    def reconstruct(self, X: Any) -> np.ndarray:
        """The points of the subspace that lie nearest: (N, D) → (N, D)."""
        return self.decode(self.encode(X))


def principal_components(X: Any, k: int) -> PCA:
    """The k directions along which the data vary most.

    Of all affine subspaces of dimension k, the one through the mean along these directions has the
    smallest sum of squared distances (Pearson, 1901; Eckart and Young, 1936).

    Parameters
    ----------
    X
        Examples in rows, shape (N, D).
    k
        Number of directions, from 1 to min(N, D).

    Returns
    -------
    PCA
        Directions by falling variance; the variances are means over N. The sign of a direction is
        not determined: the entry of largest size is made positive.

    Raises
    ------
    ValueError
        Where X is no table of finite numbers or has no k directions.
    """
    X = table(X, "X")
    if isinstance(k, bool) or not 1 <= k <= min(X.shape):
        raise ValueError(f"k should be a whole number from 1 to {min(X.shape)}, got {k!r}")
    mean = X.mean(axis=0)  # (D,)
    _, singular, Vt = np.linalg.svd(X - mean, full_matrices=False)  # (r,), (r, D)
    V = Vt[:k].T  # (D, k)
    largest = V[np.abs(V).argmax(axis=0), np.arange(k)]  # (k,)
    return PCA(mean, V * np.sign(largest), singular[:k] ** 2 / len(X))


def reconstruction_error(X: Any, Y: Any) -> float:
    """Mean over the examples of the squared distance ‖x − y‖².

    Parameters
    ----------
    X, Y
        Examples and reconstructions, shape (N, D) each.

    Raises
    ------
    ValueError
        Where the shapes differ.
    """
    X, Y = same_shape(X, Y)
    return float(((X - Y) ** 2).sum(axis=1).mean())
